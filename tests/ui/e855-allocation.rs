frame_runtime::frame_system! {
    @@[no_alloc]
    @@[events(heap)]
    @@system Lamp {
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
