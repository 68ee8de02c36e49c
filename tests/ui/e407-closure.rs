frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                toggle() {
                    let go = || { -> $On };
                    go();
                    fn inner() {
                        -> $On
                    }
                    inner();
                }
            }
            $On { }
    }
}

fn main() {}
