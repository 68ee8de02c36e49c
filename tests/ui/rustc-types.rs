frame_runtime::frame_system! {
    mod inner {
        struct Private;
    }

    pub struct Handle(u8);

    @@system Lamp {
        interface:
            take(handle: Missing)
            give(): inner::Private
        machine:
            $Off {
                take(handle: Missing) { }
                give(): inner::Private { loop {} }
            }
        domain:
            count: Elsewhere
            handle: Handle
    }
}

fn main() {}
