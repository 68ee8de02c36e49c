frame_runtime::frame_system! {
    @@system Robot($(x: i32), $>(y: i32), name: String, size: u8 = 1) {
        machine:
            $Idle(x: i32) {
                $>(y: i32) { self.sum = x + y; }
            }
        domain:
            name: String = name
            size: u8 = size
            sum: i32 = 0
    }

    @@system Counter(start: u32) {
        domain:
            start: u32
    }

    @@system Holder {
        domain:
            robot: Robot = @@Robot($(1), $>(2))
            counter: Counter = @@Counter("one", 2)
    }

    fn make() {
        @@Robot($(1, 2), $>(3), "R2");
        @@Robot("R2");
        @@Robot(nmae = "R2", x = 1, y = 2);
        @@Robot(name = "R2", name = "C3", x = 1, y = 2);
        @@Robot(name = "R2", x = 1);
        @@Robot(name = "R2", 1, 2);
        @@Counter();
        @@Counter($>(1));
        @@Counter;
        @@Counter::new(1);
    }
}

mod elsewhere {
    use super::Robot;

    frame_runtime::frame_system! {
        pub fn make() -> Robot {
            @@Robot(name = "R2".to_string(), x = 1, y = 2)
        }
    }
}

fn main() {
    make();
    elsewhere::make();
}
