frame_runtime::frame_system! {
    use std::fmt::

    @[stack(4)]
    @@sytem Lamp {
        interfaces:
            fn toggle()
            level() u8
            name() > String
        states:
            $Off { toggle() { -> $On } }
            $On { }
        vars:
            upb count: u32 = 0
            log Vec<u8 = 3
    }

    system Door(>(by: u8)) {
        interface
            open()
        machine {
            $Closed { $>(by: u8) { } open() { -> $Open } }
            $Open { }
        }
        :domain
            width: u8 = 0
    }

    @@Gate {
        type: u8
    }
}

fn main() {
    let mut lamp = Lamp::new();
    let _: u8 = lamp.level() + lamp.count;
    let mut door = Door::new(3);
    door.open();
    let _ = (lamp.state() == LampState::On, door.state() == DoorState::Open, door.width);
    Gate::new();
}
