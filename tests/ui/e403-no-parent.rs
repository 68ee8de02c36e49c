frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { => $^ } }
            $On { => $^ }
            $Dim => $Shared { toggle() { -> $Off } }
            $Dark => $Sared { toggle() { -> $Off } }
            $Share { }
    }
}

fn main() {}
