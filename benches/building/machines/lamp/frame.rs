use frame_runtime::frame_system;

frame_system! {
    @@system Lamp {
        interface:
            on()
            off()
        machine:
            $Off {
                $>() { self.entered[0] += 1; }
                <$() { self.left[0] += 1; }
                on() { -> $On }
            }
            $On {
                $>() { self.entered[1] += 1; }
                <$() { self.left[1] += 1; }
                off() { -> $Off }
            }
        domain:
            pub entered: [u64; 2] = [0; 2]
            pub left: [u64; 2] = [0; 2]
    }
}

pub fn start() -> Lamp {
    Lamp::new()
}

pub fn send(lamp: &mut Lamp, event: usize) {
    match event {
        0 => lamp.on(),
        _ => lamp.off(),
    }
}

pub fn trace(lamp: &Lamp) -> u64 {
    lamp.entered.iter().chain(&lamp.left).fold(0, |trace, count| trace * 31 + count)
}
