frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { -> $Actve } }
            $Active {
                toggle() { -> $Actve }
                dim() { -> $Elsewhere }
            }
    }
}

fn main() {}
