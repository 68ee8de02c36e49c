//! Who wants to go where.

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

impl Direction {
    pub fn opposite(self) -> Self {
        match self {
            Direction::Up => Direction::Down,
            Direction::Down => Direction::Up,
        }
    }
}

/// The buttons that are lit at a floor.
#[derive(Clone, Copy, Debug, Default)]
struct Floor {
    up: bool,
    down: bool,
    car: bool,
}

impl Floor {
    fn any(self) -> bool {
        self.up || self.down || self.car
    }
}

/// The buttons that are lit.
#[derive(Clone, Debug)]
pub struct Requests {
    floors: Vec<Floor>,
}

impl Requests {
    pub fn new(floors: usize) -> Self {
        Self { floors: vec![Floor::default(); floors] }
    }

    /// Lights a button of a landing. There is none outside the building, nor one that leads there.
    pub fn call(&mut self, floor: usize, direction: Direction) -> bool {
        let top = self.floors.len().saturating_sub(1);
        let button = match direction {
            Direction::Up if floor < top => self.floors.get_mut(floor).map(|floor| &mut floor.up),
            Direction::Down if floor > 0 => self.floors.get_mut(floor).map(|floor| &mut floor.down),
            _ => None,
        };
        light(button)
    }

    /// Lights a button in the car.
    pub fn select(&mut self, floor: usize) -> bool {
        light(self.floors.get_mut(floor).map(|floor| &mut floor.car))
    }

    /// Whether somebody wants to get in or out here.
    pub fn at(&self, floor: usize) -> bool {
        self.floors.get(floor).is_some_and(|floor| floor.any())
    }

    /// Whether somebody wants to get in or out beyond a floor.
    pub fn beyond(&self, floor: usize, direction: Direction) -> bool {
        let (below, above) = self.floors.split_at(floor.min(self.floors.len()));
        let beyond = match direction {
            Direction::Up => above.get(1..).unwrap_or(&[]),
            Direction::Down => below,
        };
        beyond.iter().any(|floor| floor.any())
    }

    /// Whether a car on its way should stop: for those who get out, for those who go the same way, and, where it turns
    /// round, for everybody.
    pub fn stops(&self, floor: usize, direction: Direction) -> bool {
        let Some(lit) = self.floors.get(floor) else { return true };
        let same_way = match direction {
            Direction::Up => lit.up,
            Direction::Down => lit.down,
        };
        lit.car || same_way || !self.beyond(floor, direction)
    }

    /// Puts out the buttons of a floor.
    pub fn serve(&mut self, floor: usize) {
        if let Some(floor) = self.floors.get_mut(floor) {
            *floor = Floor::default();
        }
    }

    /// Puts out all buttons.
    pub fn clear(&mut self) {
        self.floors.fill(Floor::default());
    }
}

fn light(button: Option<&mut bool>) -> bool {
    button.map(|button| *button = true).is_some()
}
