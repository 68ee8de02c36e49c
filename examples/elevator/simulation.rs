//! Lets people, a building and the controller act upon each other.

use std::fmt;
use std::time::Duration;

use super::controller::{Controller, ControllerState, Order};
use super::plant::{Plant, STEP_MS, Signal};
use super::script::{Action, Event};

/// How many floors the building has.
pub const FLOORS: usize = 6;
/// How long it goes on when a script does not tell.
const EPILOGUE: Duration = Duration::from_secs(60);

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub time: Duration,
    /// Where the car is, in floors.
    pub height: f64,
    pub cause: Cause,
    /// What the controller has ordered then.
    pub orders: Vec<Order>,
    /// The state thereafter.
    pub state: ControllerState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Somebody did something; the answer is whether a button lit up.
    Action(Action, Option<bool>),
    Signal(Signal),
    Timeout,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = match self.cause {
            Cause::Action(action, None) => format!("* {action}"),
            Cause::Action(action, Some(true)) => format!("* {action}, lit"),
            Cause::Action(action, Some(false)) => format!("* {action}, not lit"),
            Cause::Signal(Signal::Reached(floor)) => format!("reached {floor}"),
            Cause::Signal(Signal::Left) => "left".to_owned(),
            Cause::Signal(Signal::Opened) => "opened".to_owned(),
            Cause::Signal(Signal::Closed) => "closed".to_owned(),
            Cause::Timeout => "timeout".to_owned(),
        };
        let orders: Vec<String> = self.orders.iter().map(|order| format!("{order:?}")).collect();
        let line = format!(
            "{:6.1} s  {:5.2}  {cause:22} {:14} {}",
            self.time.as_secs_f64(),
            self.height,
            format!("{:?}", self.state),
            orders.join(", ")
        );
        f.write_str(line.trim_end())
    }
}

/// What has gone wrong in the building, if anything has.
pub type Accident = (Duration, &'static str);

/// Runs a script, and tells `log` what is worth telling: what people do, and whatever makes the controller do something.
pub fn run(script: &[Event], mut log: impl FnMut(Entry)) -> Result<Controller, Accident> {
    let mut controller = Controller::new(FLOORS);
    let mut plant = Plant::new(FLOORS);
    let mut script = script.iter().peekable();
    let end = script.clone().last().map_or(Duration::ZERO, |last| match last.action {
        Action::End => last.time,
        _ => last.time + EPILOGUE,
    });
    let mut now = Duration::ZERO;
    let mut note = |now, controller: &mut Controller, plant: &mut Plant, before, cause| {
        let orders: Vec<Order> = std::iter::from_fn(|| controller.next_order()).collect();
        let state = controller.state();
        orders.iter().for_each(|&order| plant.obey(order));
        if !orders.is_empty() || state != before || matches!(cause, Cause::Action(..)) {
            log(Entry { time: now, height: plant.height(), cause, orders, state });
        }
    };
    while now <= end {
        let before = controller.state();
        controller.tick(now);
        note(now, &mut controller, &mut plant, before, Cause::Timeout);
        while let Some(event) = script.next_if(|event| event.time <= now) {
            let before = controller.state();
            let lit = act(event.action, &mut controller, &mut plant);
            let cause = Cause::Action(event.action, lit);
            note(now, &mut controller, &mut plant, before, cause);
        }
        for signal in plant.step().map_err(|accident| (now, accident))? {
            let before = controller.state();
            signal.give(&mut controller);
            note(now, &mut controller, &mut plant, before, Cause::Signal(signal));
        }
        now += Duration::from_millis(STEP_MS);
    }
    Ok(controller)
}

fn act(action: Action, controller: &mut Controller, plant: &mut Plant) -> Option<bool> {
    match action {
        Action::Call(floor, direction) => return Some(controller.call(floor, direction)),
        Action::Select(floor) => return Some(controller.select(floor)),
        Action::Open => controller.open_button(),
        Action::Close => controller.close_button(),
        Action::Obstacle => controller.obstacle(),
        Action::Overload(on) => controller.overload(on),
        Action::Fire(on) => controller.fire(on),
        Action::Key(on) => controller.key(on),
        Action::Hold(direction) => controller.hold(direction),
        Action::Release => controller.release(),
        Action::Jam(on) => plant.jammed = on,
        Action::End => {}
    }
    None
}
