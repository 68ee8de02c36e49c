frame_runtime::frame_system! {
    @@system Lamp {
        operations:
            jump() { -> $On }
        interface:
            toggle()
        machine:
            $Off { toggle() { -> $On } }
            $On { toggle() { -> $Off } }
        actions:
            forward() { => $^ }
            save() { push$ }
            drop_it() { pop$ }
            read() { self.count += $.level; }
            name() { self.event = @@:event; }
        domain:
            count: u8
            event: &'static str = ""
    }
}

fn main() {}
