//! Systems whose author documents nothing: what the macro writes in its place has to do.

use frame_runtime::frame_system;

frame_system! {
    #[derive(Debug, Default, Clone)]
    pub @@system Door(code: u32 = 1234) {
        operations:
            tries(): u32 { self.tries }
            static keys(): u32 { 10 }

        interface:
            open(code: u32): bool
            close()
            state_of(&self): String = "unknown"

        machine:
            $Locked {
                $.wrong: u32 = 0
                open(code: u32): bool {
                    self.tries += 1;
                    if code == self.code {
                        @@:(true)
                        -> $Open
                    }
                    $.wrong += 1;
                    if $.wrong == 3 {
                        -> $Alarm($.wrong)
                    }
                }
            }

            $Open {
                $> { self.opened = true; }
                close() { -> $Locked }
                state_of(): String { "open" }
            }

            $Alarm(wrong: u32) {
                state_of(): String { format!("{wrong} wrong codes") }
            }

        domain:
            code: u32
            pub tries: u32 = 0
            pub opened: bool
    }

    // No interface: the handlers are the methods.
    #[derive(Debug)]
    @@system Tally {
        machine:
            $Counting {
                add(n: u32) { self.sum += n; }
                total(): u32 { self.sum }
                stop() { -> $Stopped }
            }
            $Stopped {}
        domain:
            sum: u32 = 0
    }

    // No machine.
    #[derive(Debug)]
    @@system Clock {
        operations:
            tick(): u64 {
                self.now += 1;
                self.now
            }
        interface:
            zone(): String = "UTC"
        domain:
            now: u64 = 0
    }

    // Calls of a system without return values.
    #[derive(Debug)]
    @@[stack(2)]
    @@system Chain {
        interface:
            go(n: u8)
            stop()
        machine:
            $A => $Base {
                go(n: u8) {
                    if n > 0 {
                        @@:self.go(n - 1);
                    }
                    => $^
                    self.runs += 1;
                }
                <$ { self.runs += 1; }
            }
            $Base {
                go(n: u8) {
                    if n == 3 { push$ -> $B(n) }
                }
                stop() { -> $B(0) }
            }
            $B(n: u8) {
                $> {
                    if n == 0 {
                        -> $A
                    }
                }
                go(_n: u8) { -> pop$ }
            }
        domain:
            runs: u32
    }
}
