frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            level(step: u8): u8
        machine:
            $Off {
                level(step: u8): u8 {
                    let a = @@:retrun;
                    let b = @@:params;
                    let c = @@:parms.step;
                    let d = @@ 3;
                    let e = $.;
                    @@:(a + b + c + d + e)
                }
            }
    }
}

fn main() {}
