frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
        machine:
            $Off { togle() { -> $On } }
    }

    @@system Door {
        interface:
            open()
            close()
        machine:
            $Closed { open() { -> $Opn } }
            $Open { close() { -> $Closed } }
    }

    @@system Fine {
        interface:
            level(): u8
        machine:
            $Only { level(): u8 { 3 } }
    }

    @@system Holder {
        interface:
            name(): u8
            text(): String
        machine:
            $A {
                name(): u8 { -> $B }
                text(): String { -> $B }
            }
            $B { $> { @@:(3) } }
    }

    @@system House {
        domain:
            lamp: Lamp = @@Lamp(3)
            door: Door = @@Door()
    }
}

fn main() {
    let mut lamp = Lamp::new();
    lamp.toggle();
    let level: u8 = Fine::new().level();
    let mut door = Door::default();
    door.open();
    let _ = (lamp.state(), lamp.state_name(), door.state() == DoorState::Open, level);
}
