//! The pair as Frame systems.

use frame_runtime::frame_system;

use crate::Pair;
use crate::variable::Variable;

frame_system! {
    /// Makes the parent's compartment anew in every transition.
    pub @@system Anew<V: Variable> : Pair {
        interface:
            on()
            flip()
            note(n: u32)
            sum(): u64

        machine:
            $Off {
                on() { -> $Left }
            }
            $Left => $On {
                $>() { => $^ }
                flip() { -> $Right }
                => $^
            }
            $Right => $On {
                $.notes: u64 = 0

                $>() { => $^ }
                flip() { -> $Left }
                note(n: u32) {
                    $.notes += 1;
                    => $^
                }
                => $^
            }
            $On {
                $.variable: V = V::new()

                $>() { $.variable.enter(); }
                note(n: u32) { $.variable.note(n); }
                sum(): u64 { $.variable.sum() }
            }
    }

    /// Keeps it in transitions between its children.
    pub @@system Retained<V: Variable> : Pair {
        interface:
            on()
            flip()
            note(n: u32)
            sum(): u64

        machine:
            $Off {
                on() { -> $Left }
            }
            $Left => $On {
                $>() { => $^ }
                flip() { -> $Right }
                => $^
            }
            $Right => $On {
                $.notes: u64 = 0

                $>() { => $^ }
                flip() { -> $Left }
                note(n: u32) {
                    $.notes += 1;
                    => $^
                }
                => $^
            }
            @@[retain]
            $On {
                $.variable: V = V::new()

                $>() { $.variable.enter(); }
                note(n: u32) { $.variable.note(n); }
                sum(): u64 { $.variable.sum() }
            }
    }
}
