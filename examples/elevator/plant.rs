//! The building: what the motor and the doors do, and what the sensors tell of it.

use super::controller::{Controller, Order};
use super::requests::Direction;

/// How long a step of the simulation is.
pub const STEP_MS: u64 = 100;
/// From one floor to the next.
const STOREY_MM: usize = 3000;
const FAST_MM: usize = 100;
const SLOW_MM: usize = 25;
/// How far the doors move in a step, of 100 in all.
const DOOR: i32 = 5;
const DOOR_SLOWLY: i32 = 2;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Motor {
    #[default]
    Stopped,
    Runs(Direction, usize),
}

/// What a sensor tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Reached(usize),
    Left,
    Opened,
    Closed,
}

impl Signal {
    /// Tells the controller.
    pub fn give(self, controller: &mut Controller) {
        match self {
            Signal::Reached(floor) => controller.reached(floor),
            Signal::Left => controller.left(),
            Signal::Opened => controller.opened(),
            Signal::Closed => controller.closed(),
        }
    }
}

/// The machinery of an elevator.
#[derive(Debug)]
pub struct Plant {
    top_mm: usize,
    height_mm: usize,
    motor: Motor,
    /// From 0, closed, to 100.
    door: i32,
    door_moves: Option<i32>,
    /// Whether the motor turns without moving the car.
    pub jammed: bool,
}

impl Plant {
    pub fn new(floors: usize) -> Self {
        Self {
            top_mm: floors.saturating_sub(1) * STOREY_MM,
            height_mm: 0,
            motor: Motor::Stopped,
            door: 0,
            door_moves: None,
            jammed: false,
        }
    }

    /// How high the car is, in floors.
    pub fn height(&self) -> f64 {
        self.height_mm as f64 / STOREY_MM as f64
    }

    pub fn obey(&mut self, order: Order) {
        match order {
            Order::Run(direction) => self.motor = Motor::Runs(direction, FAST_MM),
            Order::RunSlowly(direction) => self.motor = Motor::Runs(direction, SLOW_MM),
            Order::Stop => self.motor = Motor::Stopped,
            Order::Open => self.door_moves = Some(DOOR),
            Order::Close => self.door_moves = Some(-DOOR),
            Order::Nudge => self.door_moves = Some(-DOOR_SLOWLY),
            Order::Buzz => {}
        }
    }

    /// Lets a step of time pass. Nothing is unsafe as long as the answer is not an error.
    pub fn step(&mut self) -> Result<Vec<Signal>, &'static str> {
        let mut signals = Vec::new();
        if let Motor::Runs(direction, distance) = self.motor
            && !self.jammed
        {
            if self.door > 0 {
                return Err("the car moves while the doors are open");
            }
            self.run(direction, distance, &mut signals)?;
        }
        if let Some(distance) = self.door_moves {
            if distance > 0 && !self.height_mm.is_multiple_of(STOREY_MM) {
                return Err("the doors open between two floors");
            }
            self.door = (self.door + distance).clamp(0, 100);
            let end = match self.door {
                0 => Some(Signal::Closed),
                100 => Some(Signal::Opened),
                _ => None,
            };
            if let Some(end) = end {
                self.door_moves = None;
                signals.push(end);
            }
        }
        Ok(signals)
    }

    fn run(
        &mut self,
        direction: Direction,
        distance: usize,
        signals: &mut Vec<Signal>,
    ) -> Result<(), &'static str> {
        let from = self.height_mm;
        // A landing is not passed within a step: the car is level with it for once.
        let to = match direction {
            Direction::Up => (from + distance).min((from / STOREY_MM + 1) * STOREY_MM),
            Direction::Down => {
                let below = from.div_ceil(STOREY_MM).saturating_sub(1) * STOREY_MM;
                from.saturating_sub(distance).max(below)
            }
        };
        if to == from || to > self.top_mm {
            return Err("the car runs against the end of the shaft");
        }
        self.height_mm = to;
        if from.is_multiple_of(STOREY_MM) {
            signals.push(Signal::Left);
        }
        if to.is_multiple_of(STOREY_MM) {
            signals.push(Signal::Reached(to / STOREY_MM));
        }
        Ok(())
    }
}
