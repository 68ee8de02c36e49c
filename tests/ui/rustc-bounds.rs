frame_runtime::frame_system! {
    pub struct Handle(pub u8);

    @@system Forwards {
        interface:
            take(handle: Handle)
        machine:
            $Off => $Base {
                take(handle: Handle) {
                    => $^
                    drop(handle);
                }
            }
            $Base { take(handle: Handle) { drop(handle); } }
    }

    @@system Saves {
        machine:
            $Off {
                $.kept: Handle = Handle(1)
                save() { push$ }
                back() { -> pop$ }
                look() { $.kept.0 += 1; }
            }
    }

    @@system Shares {
        machine:
            $Off { go(handle: Handle) { -> $On(handle) } }
            $On(handle: Handle) => $Base {
                go(handle: Handle) { self.count = handle.0; }
            }
            $Base(held: Handle) {
                look() { self.count = held.0; }
            }
        domain:
            count: u8
    }

    @@system Asks {
        interface:
            parse(text: &str): u8
        machine:
            $Off {
                parse(text: &str): u8 {
                    let n: u8 = text.parse()?;
                    n
                }
            }
    }

    @@system Queries {
        interface:
            level(&self): u8
        machine:
            $Off {
                $.step: u8 = 0
                level(): u8 {
                    $.step += 1;
                    self.count += 1;
                    3
                }
            }
        domain:
            count: u8
    }
}

fn main() {}
