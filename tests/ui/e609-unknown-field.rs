frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            dim(step: u8)
        machine:
            $Off {
                dim(step: u8) {
                    @@:self.cuont += 1;
                    @@:self.cuont += @@:params.stp;
                }
            }
        domain:
            count: u8
    }
}

fn main() {}
