frame_runtime::frame_system! {
    @@[event_enum]
    @@system Lamp {
        interface:
            tick1(): u8
            tick_1(by: u16)
            nothing(): u8
        machine:
            $Off { tick_1(by: u16) { } }
    }
}

fn main() {
    let _ = Lamp::new().dispatch(LampEvent::Tick1);
}
