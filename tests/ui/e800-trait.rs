frame_runtime::frame_system! {
    pub trait Switch {
        fn on(&mut self);
        fn off(&mut self) -> u32;
    }

    @@system Lamp : Switch {
        interface:
            @@[of(Swich)]
            on()
            @@[of(Switch)]
            off(): u32
        machine:
            $Off { off(): u32 { 1 } }
    }
}

fn main() {}
