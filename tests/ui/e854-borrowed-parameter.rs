frame_runtime::frame_system! {
    @@[events(pool)]
    @@system Log {
        interface:
            write(out: &mut String, text: &str)
            any<T: Clone>(value: T)
        machine:
            $Open {
                write(out: &mut String, text: &str) { out.push_str(text); }
                any(value: T) { drop(value); }
            }
    }
}

fn main() {}
