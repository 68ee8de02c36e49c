frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                $> { }
                toggle() { }
                $> { }
                toggle() { }
                <$ { }
                <$ { }
            }
    }
}

fn main() {}
