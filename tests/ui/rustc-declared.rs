//! What a system declares is told where it stands.

pub trait Switch {
    fn on(&mut self);
    fn off(&mut self) -> u32;
}

frame_runtime::frame_system! {
    @@[event_enum]
    @@system Lamp : Switch {
        interface:
            on()
            offf(): u32
        machine:
            $Off { on() { } }
    }
}

fn main() {
    let mut lamp = Lamp::new();
    assert_eq!(lamp.state(), LampState::On);
    lamp.dispatch(LampEvent::Of);
}
