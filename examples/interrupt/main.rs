//! A push button whose contacts bounce, read by interrupts, for which signals stand in.
//!
//! How an interrupt gives events to a machine that the main loop owns, without a lock and
//! without an allocation:
//!
//! 1. `@@[event_enum]` makes an event of the machine a value, a [`ButtonEvent`].
//! 2. The handler of the interrupt puts the value into a queue with one producer and one
//!    consumer, a `heapless::spsc::Queue` in a `static`. It never waits: when the queue is
//!    full, the event is lost, and counted.
//! 3. The main loop takes the values out and has the machine `dispatch` them. No interrupt
//!    touches the machine, so every dispatch runs to completion.
//!
//! `@@[events(pool)]` keeps an event in the machine itself while it is dispatched, and
//! `@@[no_alloc]` has the compiler refuse what would allocate.
//!
//! cargo run --example interrupt

#![deny(unsafe_code)]

pub mod button;
#[cfg(unix)]
pub mod device;
#[cfg(unix)]
pub mod signals;

#[cfg(unix)]
fn main() {
    use button::Button;

    let mut events = signals::install();
    let device = device::play(&device::PRESSES);
    let mut button = Button::new();
    let handled = device::serve(&mut button, &mut events, &device, |at, gesture| {
        println!("{at:4} ms: {gesture:?}");
    });
    println!("{handled} events handled, {} lost", signals::lost());
}

#[cfg(not(unix))]
fn main() {
    println!("Signals are Unix's.");
}
