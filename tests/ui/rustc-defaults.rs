frame_runtime::frame_system! {
    pub struct Handle(pub u8);

    @@system Lamp {
        interface:
            go()
        machine:
            $Off {
                go() { -> $On }
            }
            $On(handle: Handle) {
                $>(entered: Handle) { self.count = entered.0 + handle.0; }
                go() { -> $Off }
            }
        domain:
            count: u8
    }
}

fn main() {}
