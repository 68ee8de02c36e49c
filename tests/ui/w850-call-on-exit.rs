#![deny(deprecated)]

frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
            log()
        machine:
            $Off {
                <$ {
                    @@:self.log();
                    self.log();
                    self.note();
                }
                toggle() { -> $On }
                log() { }
            }
            @@[allow(W850)]
            $On {
                <$ { @@:self.log(); }
                toggle() { -> $Off }
            }
        actions:
            note() { }
    }
}

fn main() {}
