//! The machine: what the edges of a bouncing contact mean.

use frame_runtime::frame_system;

/// What somebody did with the button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    Click,
    /// Reported while the button is still down.
    Hold,
}

/// A contact has settled when it has been quiet for so many milliseconds.
pub const QUIET: u32 = 5;
/// From here on it is no click any more.
pub const LONG: u32 = 60;

frame_system! {
    @@[events(pool)]
    @@[event_enum]
    @@[no_alloc]
    pub @@system Button {
        interface:
            edge(down: bool, at: u32)
            tick(at: u32): Option<Gesture>
        machine:
            $Up {
                edge(down: bool, at: u32) {
                    if down {
                        -> $Closing(at)
                    }
                }
            }

            // The contact bounces: each edge starts the wait again.
            $Closing(since: u32) {
                edge(_down: bool, at: u32) { -> $Closing(at) }
                tick(at: u32): Option<Gesture> {
                    if at - since >= QUIET {
                        -> $Down(since)
                    }
                }
            }

            $Down(since: u32) {
                $.reported: bool = false

                edge(down: bool, at: u32) {
                    if !down {
                        -> $Opening(at, $.reported)
                    }
                }
                tick(at: u32): Option<Gesture> {
                    if at - since >= LONG && !$.reported {
                        $.reported = true;
                        return Some(Gesture::Hold);
                    }
                    None
                }
            }

            $Opening(since: u32, reported: bool) {
                edge(_down: bool, at: u32) { -> $Opening(at, reported) }
                tick(at: u32): Option<Gesture> {
                    if at - since >= QUIET {
                        if !reported {
                            @@:(Some(Gesture::Click))
                        }
                        -> $Up
                    }
                }
            }
    }
}
