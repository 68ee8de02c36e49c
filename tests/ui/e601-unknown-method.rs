frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
        machine:
            $Off {
                toggle() {
                    @@:self.togle();
                    @@:self.togle();
                    @@:self.elsewhere();
                }
            }
    }
}

fn main() {}
