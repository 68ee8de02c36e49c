frame_runtime::frame_system! {
    @@[events(pool)]
    @@system Lamp {
        interface:
            toggle()
        machine:
            $Off { toggle() { @@:self.toggle(); } }
    }
}

fn main() {}
