//! The device: a thread that moves the pin and the clock, and raises the interrupts. And the
//! main loop, which serves it.

use std::sync::atomic::Ordering::SeqCst;
use std::thread::{self, JoinHandle};

use heapless::spsc::Consumer;
use nix::sys::pthread::{pthread_kill, pthread_self};

use super::button::{Button, ButtonEvent, Gesture};
use super::signals::{CLOCK, EDGE, PIN, SERVED, TICK};

/// When the pin changes, in milliseconds: a click, a double click, and a long press, each with
/// contacts that bounce.
pub const PRESSES: [u32; 18] =
    [10, 11, 13, 40, 42, 43, 100, 125, 140, 141, 142, 160, 161, 163, 200, 201, 202, 320];

/// Plays the edges to the calling thread.
pub fn play(edges: &'static [u32]) -> JoinHandle<()> {
    let main = pthread_self();
    let raise = move |signal| {
        let before = SERVED.load(SeqCst);
        pthread_kill(main, signal).expect("the main loop runs");
        // A signal that is raised again before it is served counts once.
        while SERVED.load(SeqCst) == before {
            thread::yield_now();
        }
    };
    thread::spawn(move || {
        let end = edges.last().map_or(0, |last| last + 20);
        for at in 0..end {
            CLOCK.store(at, SeqCst);
            if edges.contains(&at) {
                PIN.fetch_not(SeqCst);
                raise(EDGE);
            }
            raise(TICK);
        }
    })
}

/// The main loop, until the device is done: hands every event to the machine.
pub fn serve(
    button: &mut Button,
    events: &mut Consumer<'static, ButtonEvent>,
    device: &JoinHandle<()>,
    mut report: impl FnMut(u32, Gesture),
) -> u32 {
    let mut handled = 0;
    loop {
        let done = device.is_finished();
        while let Some(event) = events.dequeue() {
            let reply = button.dispatch(event);
            handled += 1;
            if let Ok(Some(gesture)) = Option::<Gesture>::try_from(reply) {
                report(CLOCK.load(SeqCst), gesture);
            }
        }
        if done {
            return handled;
        }
        thread::yield_now(); // here a controller would wait for an interrupt
    }
}
