frame_runtime::frame_system! {
    @@system Lamp($(first: u8), $>(entered: u8), size: u8) {
        interface:
            go(by: u8)
            level(): u8
        machine:
            $Off(first: u8) {
                $>(entered: u8) { self.count = entered + first; }
                <$(why: u8) { self.count = why; }
                go(by: u8) {
                    if by == 1 {
                        ("exit") -> $On(1)
                    } else if by == 2 {
                        -> ("enter") $On(1)
                    } else if by == 3 {
                        -> $On("state")
                    }
                    @@:self.go("call");
                    @@:self.log("action");
                }
                level(): u8 { @@:("value") }
            }
            $On(level: u8) {
                $.step: u8 = "initialiser"
                $>(entered: u8) { self.count = entered + $.step + level; }
                go(by: u8) { $.step = "assigned"; -> $Off(by) }
                level(): u8 {
                    if self.count > 1 { return "returned"; }
                    "tail"
                }
            }
        actions:
            log(level: u8) { self.count = level; }
        domain:
            size: u8
            count: u8 = "field"
    }

    fn make() {
        let _ = @@Lamp($(1), $>(2), "size");
    }
}

fn main() {
    make();
}
