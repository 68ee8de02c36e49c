#![deny(deprecated)]

frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off => $Base {
                $> { self.count += 1; }
                <$ {
                    self.count += 1;
                    => $^
                }
                toggle() { -> $On }
            }
            $On => $Base {
                @@[allow(W851)]
                $> { self.count += 1; }
                <$ { self.count += 1; }
                toggle() { -> $Off }
            }
            $Base {
                $> { self.count += 1; }
                <$ { self.count += 1; }
            }
        domain:
            count: u8
    }
}

fn main() {}
