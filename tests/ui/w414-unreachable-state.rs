#![deny(deprecated)]

frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off => $Base { toggle() { -> $On } }
            $On => $Base { toggle() { -> pop$ } }
            $Base { save() { push$ -> $Saved } }
            $Saved { toggle() { -> $Off } }
            $Old => $Base { toggle() { -> $Older } }
            $Older { toggle() { -> $Off } }
            @@[allow(W414)]
            $Kept { toggle() { -> $Off } }
    }
}

fn main() {}
