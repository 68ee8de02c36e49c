frame_runtime::frame_system! {
    pub struct Handle;

    @@system Lamp {
        interface:
            take(handle: Handle)
            hand(handle: Handle)
        machine:
            $Off {
                take(handle: Handle) {
                    drop(handle);
                    drop(handle);
                }
                hand(handle: Handle) {
                    drop(handle);
                    -> (handle) $On
                }
            }
            $On {
                $>(handle: Handle) { drop(handle); }
            }
    }
}

fn main() {}
