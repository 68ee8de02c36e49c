//! The controller of an elevator.
//!
//! ```text
//! $Elevator
//! ├── $Service                      with passengers; the key interrupts it, whatever it does
//! │   ├── $Automatic                buttons count
//! │   │   ├── $Idle
//! │   │   ├── $Moving
//! │   │   ├── $Homing               to the next landing
//! │   │   ├── $Choosing             where to go next
//! │   │   └── $Landing              the doors: $Opening, $Open, $Closing, $Nudging
//! │   └── $Recall                   fire: $RecallClosing, $RecallMoving, $RecallOpen, $RecallEnded
//! ├── $Inspection                   a mechanic on the roof of the car
//! └── $OutOfOrder
//! ```

use std::collections::VecDeque;
use std::time::Duration;

use frame_runtime::frame_system;

use super::requests::{Direction, Requests};

/// How long the doors stay open.
pub const DWELL: Duration = Duration::from_secs(4);
/// How long it takes at most from one landing to the next.
pub const RUN_LIMIT: Duration = Duration::from_secs(10);
/// How often the doors open again before they lose patience.
pub const REOPENINGS: u32 = 3;

/// What the controller wants the machinery to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Run(Direction),
    RunSlowly(Direction),
    Stop,
    Open,
    Close,
    /// Close slowly, with a buzzer, and do not heed the light barrier.
    Nudge,
    /// Sound the buzzer.
    Buzz,
}

frame_system! {
    /// Controls a car, which at first stands at floor 0 with its doors closed.
    @@[stack(1)]
    pub @@system Controller(floors: usize) {
        operations:
            /// What to do next.
            next_order(): Option<Order> { self.orders.pop_front() }

        interface:
            /// A button at a landing: does it light up?
            call(floor: usize, direction: Direction): bool = false
            /// A button in the car: does it light up?
            select(floor: usize): bool = false
            /// The button that opens the doors.
            open_button()
            /// The button that closes them.
            close_button()
            /// The light barrier of the doors is interrupted.
            obstacle()
            /// The car is, or is no longer, too full.
            overload(on: bool)
            /// Fire alarm.
            fire(on: bool)
            /// The key of the mechanic.
            key(on: bool)
            /// The mechanic holds a button.
            hold(direction: Direction)
            /// The mechanic lets it go.
            release()
            /// The car is level with a landing.
            reached(floor: usize)
            /// It no longer is.
            left()
            /// The doors are open.
            opened()
            /// The doors are closed and locked.
            closed()
            /// It is this late.
            tick(now: Duration)
            /// When the controller wants to know.
            deadline(&self): Option<Duration> = None

        machine:
            $Idle => $Automatic {
                call(floor: usize, direction: Direction): bool {
                    => $^
                    if @@:return { -> $Choosing }
                }
                select(floor: usize): bool {
                    => $^
                    if @@:return { -> $Choosing }
                }
                open_button() { -> $Opening }
                => $^
            }

            // Never stays here.
            $Choosing => $Automatic {
                $> {
                    if self.requests.at(self.floor) { -> $Opening }
                    if self.requests.beyond(self.floor, self.heading) { -> $Moving }
                    self.heading = self.heading.opposite();
                    if self.requests.beyond(self.floor, self.heading) { -> $Moving }
                    -> $Idle
                }
                => $^
            }

            $Moving => $Automatic {
                $.limit: Duration = Duration::ZERO

                $> {
                    $.limit = self.now + RUN_LIMIT;
                    self.order(Order::Run(self.heading));
                }
                <$ { self.order(Order::Stop); }
                reached(floor: usize) {
                    => $^
                    $.limit = self.now + RUN_LIMIT;
                    if self.requests.stops(floor, self.heading) { -> $Choosing }
                }
                tick(now: Duration) {
                    => $^
                    // The motor turns, but the car does not move. Better not to try again.
                    if now >= $.limit { -> $OutOfOrder }
                }
                deadline(): Option<Duration> { @@:(Some($.limit)) }
                => $^
            }

            // No way to move before the doors are locked.
            $Securing => $Automatic {
                $> { self.order(Order::Nudge); }
                closed() { -> $Homing }
                => $^
            }

            // Somewhere in the shaft, with nobody but a mechanic to know where exactly.
            $Homing => $Automatic {
                $> {
                    if self.level { -> $Choosing }
                    self.order(Order::RunSlowly(Direction::Down));
                }
                <$ { self.order(Order::Stop); }
                reached(floor: usize) {
                    => $^
                    -> $Choosing
                }
                => $^
            }

            $Opening => $Landing {
                $> {
                    self.requests.serve(self.floor);
                    self.order(Order::Open);
                }
                opened() { -> $Open }
                => $^
            }

            $Open => $Landing {
                $.until: Duration = Duration::ZERO

                $> {
                    // They are, unless the key has interrupted this.
                    self.order(Order::Open);
                    $.until = self.now + DWELL;
                }
                tick(now: Duration) {
                    => $^
                    if now >= $.until { @@:self.close_button(); }
                }
                close_button() {
                    if !self.overloaded { -> $Closing }
                    self.order(Order::Buzz);
                    $.until = self.now + DWELL;
                }
                // No need to open them again.
                overload(on: bool) { self.overloaded = on; }
                obstacle() { $.until = self.now + DWELL; }
                open_button() { $.until = self.now + DWELL; }
                deadline(): Option<Duration> { @@:(Some($.until)) }
                => $^
            }

            $Closing => $Landing {
                $> { self.order(Order::Close); }
                closed() { -> $Choosing }
                obstacle() { => $^ }
                => $^
            }

            $Nudging => $Landing {
                $> { self.order(Order::Nudge); }
                closed() { -> $Choosing }
                obstacle() {}
                => $^
            }

            // Lasts from the stop to the departure, whatever the doors do: the count begins anew at the next landing only.
            @@[retain]
            $Landing => $Automatic {
                $.reopenings: u32 = 0

                obstacle() {
                    $.reopenings += 1;
                    if $.reopenings > REOPENINGS { -> $Nudging }
                    -> $Opening
                }
                open_button() { -> $Opening }
                overload(on: bool) {
                    => $^
                    if on { -> $Opening }
                }
                call(floor: usize, direction: Direction): bool {
                    if floor == self.floor { @@:self.open_button(); } else { => $^ }
                }
                select(floor: usize): bool {
                    if floor != self.floor { => $^ }
                }
                => $^
            }

            $Automatic => $Service {
                call(floor: usize, direction: Direction): bool {
                    @@:(self.requests.call(floor, direction))
                }
                select(floor: usize): bool { @@:(self.requests.select(floor)) }
                fire(on: bool) {
                    => $^
                    if on { -> $RecallClosing }
                }
                => $^
            }

            $RecallClosing => $Recall {
                $> { self.order(Order::Nudge); }
                closed() { -> $RecallMoving }
                => $^
            }

            $RecallMoving => $Recall {
                $> {
                    if self.level && self.floor == 0 { -> $RecallOpen }
                    self.order(Order::Run(Direction::Down));
                }
                <$ { self.order(Order::Stop); }
                reached(floor: usize) {
                    => $^
                    if floor == 0 { -> $RecallOpen }
                }
                => $^
            }

            $RecallOpen => $Recall {
                $> { self.order(Order::Open); }
                => $^
            }

            // To the ground floor, and there wait for the end of the alarm. No button counts.
            $Recall => $Service {
                fire(on: bool) {
                    => $^
                    if !on { -> $RecallEnded }
                }
                => $^
            }

            // Those who are still in the building begin anew.
            $RecallEnded => $Recall {
                $> {
                    self.requests.clear();
                    self.order(Order::Nudge);
                }
                closed() { -> $Homing }
                fire(on: bool) {
                    => $^
                    if on { -> $RecallClosing }
                }
                => $^
            }

            $Service => $Elevator {
                // Where the mechanic has found it, he is to leave it.
                key(on: bool) {
                    if on { push$ -> $Inspection }
                }
                => $^
            }

            $Inspection => $Elevator {
                $.locked: bool = false
                // Whether what was going on before can no longer go on.
                $.changed: bool = false

                $> {
                    self.order(Order::Stop);
                    self.order(Order::Close);
                }
                <$ { self.order(Order::Stop); }
                closed() { $.locked = true; }
                hold(direction: Direction) {
                    if $.locked && self.may_go(direction) {
                        $.changed = true;
                        self.order(Order::RunSlowly(direction));
                    }
                }
                release() { self.order(Order::Stop); }
                reached(floor: usize) {
                    => $^
                    if floor == 0 || floor + 1 == self.floors { self.order(Order::Stop); }
                }
                fire(on: bool) {
                    => $^
                    $.changed = true;
                }
                key(on: bool) {
                    if on { return; }
                    if !$.changed && @@:system.stack.depth > 0 { -> pop$ }
                    pop$
                    if self.fire { -> $RecallClosing }
                    // The doors may still be on their way.
                    if $.locked { -> $Homing }
                    -> $Securing
                }
                => $^
            }

            // Until a mechanic has had a look.
            $OutOfOrder => $Elevator {
                $> { self.order(Order::Buzz); }
                key(on: bool) {
                    if on { -> $Inspection }
                }
                => $^
            }

            // What is noted in any state.
            $Elevator {
                reached(floor: usize) {
                    self.floor = floor;
                    self.level = true;
                }
                left() { self.level = false; }
                overload(on: bool) { self.overloaded = on; }
                fire(on: bool) { self.fire = on; }
                tick(now: Duration) { self.now = now; }
            }

        actions:
            order(order: Order) { self.orders.push_back(order); }

            /// Whether the shaft goes on in that direction.
            may_go(direction: Direction): bool {
                match direction {
                    Direction::Up => !self.level || self.floor + 1 < self.floors,
                    Direction::Down => !self.level || self.floor > 0,
                }
            }

        domain:
            floors: usize
            requests: Requests = Requests::new(floors)
            orders: VecDeque<Order>
            /// The landing that was passed last.
            pub floor: usize = 0
            /// Whether the car is level with it.
            pub level: bool = true
            heading: Direction = Direction::Up
            overloaded: bool = false
            fire: bool = false
            now: Duration
    }
}
