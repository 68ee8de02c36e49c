//! The example `interrupt`: its machine, and the way from a signal handler into it, which takes
//! no allocation.

#![deny(unsafe_code)]

#[allow(unsafe_code)]
#[path = "allocations/counting.rs"]
mod counting;
#[allow(dead_code)]
#[path = "../examples/interrupt/main.rs"]
mod interrupt;

use interrupt::button::{Button, ButtonEvent, ButtonReply, ButtonState, Gesture, LONG, QUIET};

/// The gestures that edges mean, with the time of each report.
fn gestures(edges: &[u32], end: u32) -> Vec<(u32, Gesture)> {
    let mut button = Button::new();
    let mut down = false;
    let mut gestures = Vec::new();
    for at in 0..end {
        if edges.contains(&at) {
            down = !down;
            let reply = button.dispatch(ButtonEvent::Edge { down, at });
            assert!(matches!(reply, ButtonReply::Nothing));
        }
        gestures.extend(button.tick(at).map(|gesture| (at, gesture)));
    }
    gestures
}

#[test]
fn a_click_is_reported_when_the_contact_has_settled() {
    assert_eq!(gestures(&[10, 30], 100), [(30 + QUIET, Gesture::Click)]);
    assert_eq!(gestures(&[10, 12, 13, 30, 31, 33], 100), [(33 + QUIET, Gesture::Click)]);
}

#[test]
fn a_long_press_is_reported_once_while_it_lasts() {
    assert_eq!(gestures(&[10, 300], 400), [(10 + LONG, Gesture::Hold)]);
}

#[test]
fn the_button_waits_for_quiet() {
    let mut button = Button::new();
    button.edge(true, 3);
    assert_eq!((button.tick(7), button.state()), (None, ButtonState::Closing));
    button.edge(false, 7);
    assert_eq!((button.tick(8), button.state()), (None, ButtonState::Closing));
    assert_eq!((button.tick(12), button.state()), (None, ButtonState::Down));
}

#[cfg(unix)]
#[test]
fn signals_reach_the_machine_without_allocating() {
    use interrupt::{device, signals};

    let mut events = signals::install();
    let device = device::play(&device::PRESSES);
    let mut button = Button::new();
    let mut gestures = [None; 8];
    let mut count = 0;
    let mut handled = 0;
    let allocations = counting::allocations(|| {
        handled = device::serve(&mut button, &mut events, &device, |_, gesture| {
            gestures[count] = Some(gesture);
            count += 1;
        });
    });
    device.join().unwrap();
    assert_eq!(allocations, 0);
    assert_eq!((handled + signals::lost(), signals::lost()), (340 + 18, 0));
    use Gesture::{Click, Hold};
    assert_eq!(gestures[..count], [Click, Click, Click, Hold].map(Some));
    assert_eq!(button.state(), ButtonState::Up);
}
