frame_runtime::frame_system! {
    pub struct Handle(pub u8);

    @@system Lamp {
        interface:
            get(): Handle
            make(): Handle
            both(): Result<Handle, String>
            fine(): Option<Handle>
        machine:
            $Off {
                get(): Handle { @@:(Handle(1)) }
                make(): Handle { if self.count > 1 { @@:(Handle(2)) } else { -> $On } }
            }
            $On => $Off {
                get(): Handle { -> $Off }
                make(): Handle { => $^ }
                both(): Result<Handle, String> { Ok(Handle(3)) }
                fine(): Option<Handle> { -> $Dark }
            }
            $Dark {
                fine(): Option<Handle> { -> $On }
            }
        domain:
            count: u8
    }
}

fn main() {}
