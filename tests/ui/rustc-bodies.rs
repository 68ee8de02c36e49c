frame_runtime::frame_system! {
    pub struct Handle;

    #[derive(Clone, Debug)]
    @@system Lamp {
        interface:
            take(handle: Handle)
            look()
            level(): u8
        machine:
            $Off {
                $.kept: Handle = Handle
                take(handle: Handle) {
                    drop(handle);
                    drop(handle);
                    @@:self.look();
                    drop(missing);
                }
                look() { self.nothing += 1; $.kept.nothing(); }
                level(): u8 { self.count.missing() }
            }
        domain:
            count: u32
    }
}

fn main() {}
