frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            level(&self): u8
            toggle()
        machine:
            $Off => $Base {
                level(): u8 {
                    push$
                    -> $On
                }
                toggle() { -> $On }
            }
            $On => $Base {
                level(): u8 { => $^ }
            }
            $Base {
                level(): u8 { @@:(3) }
            }
    }
}

fn main() {}
