frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                toggle() {
                    -> $On
                    push$
                }
                dim() {
                    -> $On
                    -> $Off
                }
            }
            $On => $Off {
                toggle() {
                    -> $Off
                    => $^
                }
            }
    }
}

fn main() {}
