frame_runtime::frame_system! {
    @@system Lamp(size: u8) {
        interface:
            toggle()
            level(): u8
        machine:
            $Off {
                $.step: u8 = 1
                toggle() {
                    $.setp += 1;
                    $.setp += 1;
                    @@:self.togle();
                    -> $Onn
                }
                level(): u8 { @@:(@@:self.cuont) }
            }
            $On => $Bsae {
                toggle() { -> $Onn }
                levle(): u8 { @@:(3) }
            }
            $Dim => $Bsae { => $^ }
            $Base { levle(): u8 { @@:(4) } }
        actions:
            log(text: &str) { -> $Off }
        domain:
            count: u8
    }
}

fn main() {}
