frame_runtime::frame_system! {
    @@system Lamp {
        operations:
            static name(): &'static str { @@:system.state.name }
            static level(): u8 { $.level }
            static count(): u8 { @@:self.count }
        machine:
            $Off {
                $.level: u8 = 0
                toggle() { $.level += 1; }
            }
        domain:
            count: u8 = 0
    }
}

fn main() {}
