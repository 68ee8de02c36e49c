//! Systems whose events are values, and whose states and events have names in memory.

use frame_runtime::frame_system;

frame_system! {
    /// A lift whose events lie in a pool.
    #[derive(Debug, Clone)]
    @@[events(pool)]
    @@[event_enum]
    pub @@system Lift {
        interface:
            /// Calls the lift to a floor.
            call(floor: i32, from: &str): bool
            /// Tells where it is.
            floor(&self): i32
            /// Opens the door.
            open()

        machine:
            /// It stands.
            $Standing => $Any {
                call(floor: i32, from: &str): bool {
                    self.log.push(from.to_string());
                    if floor == self.at {
                        @@:self.open();
                    }
                    @@:(true)
                    -> $Moving(floor)
                }
                open() { -> $Open }
                => $^
            }

            /// It moves.
            $Moving(to: i32) => $Any {
                $> { self.at = to; }
                open() { -> => $Standing }
                => $^
            }

            /// The door is open.
            $Open => $Any {
                call(_floor: i32, _from: &str): bool { false }
                => $^
            }

            $Any {
                floor(): i32 { self.at }
            }

        domain:
            at: i32
            /// Who called.
            pub log: Vec<String>
    }

    #[derive(Debug)]
    @@[events(pool(1))]
    @@[overflow(reject)]
    @@system Gate {
        interface:
            lift(by: u8): u8
        machine:
            $Shut { lift(by: u8): u8 { by } }
    }

    #[derive(Debug)]
    @@[events(pool)]
    @@[overflow(grow)]
    @@[event_id(string)]
    @@system Echo {
        interface:
            echo(n: u8): u32
        machine:
            $Only {
                echo(n: u8): u32 {
                    if n > 0 {
                        @@:(1 + @@:self.echo(n - 1))
                    }
                }
            }
    }

    #[derive(Debug)]
    @@[events(heap)]
    @@[state_id(string)]
    @@[event_id(string)]
    @@system Tape {
        interface:
            write(text: &[u8]): usize
            rewind()
        machine:
            $Start { write(text: &[u8]): usize { -> => $Written } }
            $Written {
                $.length: usize = 0
                write(text: &[u8]): usize {
                    $.length += text.len();
                    @@:($.length)
                }
                rewind() { -> $Start }
            }
    }

    #[derive(Debug)]
    @@[no_alloc]
    @@[inline(always)]
    @@[event_enum]
    @@system Flip {
        interface:
            flip(): bool
            set(on: bool)
        machine:
            $Off {
                flip(): bool {
                    @@:(true)
                    -> $On
                }
                set(on: bool) {
                    if on {
                        -> $On
                    }
                }
            }
            @@[inline(never)]
            $On {
                flip(): bool { -> $Off }
                @@[inline(auto)]
                set(on: bool) {
                    if !on {
                        -> $Off
                    }
                }
            }
            @@[allow(W414)]
            $Broken {}
    }
}
