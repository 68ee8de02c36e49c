frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
            level():
            dim(by: ): u8
        machine:
            $Off {
                toggle() {
                    ->
                }
                dim(by: u8): u8 {
                    let twice = |by: u8|;
                    @@:(by)
                }
            }
            $On
            $Broken {
                $.
                toggle()
            }
        actions:
            log(text: &str)
        domain:
            count:
            limit: u32 = 3
    }
}

fn main() {}
