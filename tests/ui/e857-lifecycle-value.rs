frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            level(): u8
            name(): String
        machine:
            $Off {
                level(): u8 { -> $On }
                name(): String { -> $On }
            }
            $On {
                $> { @@:(3) }
            }
    }
}

fn main() {}
