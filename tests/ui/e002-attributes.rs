frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            #["inline"]
            toggle(): u8
        machine:
            $Off {
                toggle(): u8 {
                    #[cfg(any())]
                    @@:(3)
                    if @@:return == 3 {
                        #[cfg(any())]
                        -> $On
                    }
                    #[cfg(any())]
                    {
                        -> $Off
                    }
                    #[cfg(all())]
                    -> $On
                }
            }
            $On { }
    }
}

fn main() {}
