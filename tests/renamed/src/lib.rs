//! A package that knows the runtime crate as `machines`, and has modules of the names that
//! expanded code might take for crates.

/// Not the runtime crate.
pub mod frame_runtime {}

mod alloc {}
mod core {}
mod std {}

macro_rules! gate {
    ($Name:ident, $pass:ident, $Answer:ty) => {
        machines::frame_system! {
            /// A gate whose names come from a macro of its own.
            pub @@system $Name {
                interface:
                    /// Passes the gate.
                    $pass(toll: u32): $Answer
                    /// Lifts the gate until somebody has passed.
                    lift()
                machine:
                    /// A toll is due.
                    $Shut {
                        $pass(toll: u32): $Answer {
                            self.collected += toll;
                            @@:(Some(self.collected))
                        }
                        lift() { -> $Lifted }
                    }
                    /// Nothing is due.
                    $Lifted {
                        $pass(_toll: u32) { -> $Shut }
                    }
                domain:
                    collected: u32 = 0
            }
        }
    };
}

gate!(Gate, pass, Option<u32>);

machines::frame_system! {
    /// Joins its words; needs what the runtime crate has of `alloc`.
    pub @@system Joiner {
        interface:
            /// Adds a word and returns what there is.
            add(word: &str): String
        machine:
            /// Always.
            $Joining => $Base {
                add(word: &str): String {
                    @@:data.tail = "!".to_string();
                    self.joined.push_str(word);
                    => $^
                    push$
                }
            }
            /// Adds the tail.
            $Base {
                add(_word: &str): String { format!("{}{}", self.joined, @@:data.tail) }
            }
        domain:
            joined: String = ""
    }
}

#[cfg(test)]
mod tests {
    use super::{Gate, GateState, Joiner};

    #[test]
    fn systems_work_under_another_crate_name() {
        let mut gate = Gate::new();
        assert_eq!((gate.pass(5), gate.pass(6)), (Some(5), Some(11)));
        gate.lift();
        assert_eq!((gate.state(), gate.pass(7)), (GateState::Lifted, None));
        assert_eq!((gate.state(), gate.pass(7)), (GateState::Shut, Some(18)));

        let mut joiner = Joiner::new();
        assert_eq!((joiner.add("a"), joiner.add("b")), ("a!".to_string(), "ab!".to_string()));
    }
}
