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
                    if e == 3 {
                        @@return(a);
                    }
                    if e == 4 {
                        @@(a)
                    }
                    @@:(a + b + c + d + e)
                }
            }
    }
}

fn main() {}
