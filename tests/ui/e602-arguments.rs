frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            dim(by: u8)
        machine:
            $Off {
                dim(by: u8) {
                    @@:self.dim();
                    @@:self.log(by, by);
                }
            }
        actions:
            log(level: u8) { let _ = level; }
    }
}

fn main() {}
