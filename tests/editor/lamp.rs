//! The file that is edited.

/// Where the cursor is.
pub const MARK: char = '|';

/// What is written where.
#[derive(Clone, Copy, Debug)]
pub struct Holes {
    pub turn_on: &'static str,
    pub turn_off: &'static str,
    pub level: &'static str,
    pub blink: &'static str,
    pub domain: &'static str,
    pub main: &'static str,
}

impl Holes {
    pub const NONE: Holes =
        Holes { turn_on: "", turn_off: "", level: "0", blink: "", domain: "", main: "" };

    /// The whole file.
    pub fn text(&self) -> String {
        let Holes { turn_on, turn_off, level, blink, domain, main } = self;
        format!(
            "
            macro_rules! say {{ ($said:expr) => {{ $said }} }}

            frame_runtime::frame_system! {{
                @@system Lamp {{
                    interface:
                        turn_on(level: u8)
                        turn_off()
                        level(): u8

                    machine:
                        $Off {{
                            turn_on(level: u8) {{
                                {turn_on}
                                -> $On
                            }}
                        }}

                        $On {{
                            $.dim: u8 = 100

                            turn_off() {{
                                {turn_off}
                            }}
                            level(): u8 {{ {level} }}
                        }}

                    actions:
                        blink(times: u8) {{ {blink} }}

                    domain:
                        count: u32 = 0
                        {domain}
                }}
            }}

            fn main() {{
                let mut lamp = Lamp::new();
                {main}
            }}
            "
        )
    }
}
