frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            __toggle(__by: u8)
        machine:
            $__Off { __toggle(__by: u8) { self.__count += 1; } }
        domain:
            __count: u8
    }
}

fn main() {}
