frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                toggle() { -> On }
                dim() { $On }
                back() { => $On }
                next() {
                    match 1 {
                        1 => -> On,
                        2 => -> $,
                        _ => {}
                    }
                }
                save() { push$ -> pop$ }
            }
            $On { }
    }
}

fn main() {}
