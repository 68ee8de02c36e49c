frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off => $Dim { toggle() { -> $On } }
            $On => $Off { toggle() { -> $Off } }
            $Dim => $On { toggle() { -> $Off } }
    }
}

fn main() {}
