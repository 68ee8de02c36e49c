frame_runtime::frame_system! {
    @@system Lamp {
        operations:
            level(): u8 { 3 }
        interface:
            level(): u8
            new()
            __tick()
            uninitialized()
        machine:
            $Off {
                __tick() { $.__n += 1; }
                $.__n: u8 = 1
                level(): u8 { 3 }
                level(): u8 { 4 }
            }
            $Off { }
        domain:
            level: u8
            level: u8
    }
}

fn main() {}
