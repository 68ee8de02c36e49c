frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle(by: u8)
            _()
        machine:
            $Off {
                toggle(_: u8) { -> $Self }
                $>(_) { $.self += 1; }
            }
            $_ {
                toggle(_) { @@:self.super(); }
            }
        domain:
            _: u8
    }
}

fn main() {}
