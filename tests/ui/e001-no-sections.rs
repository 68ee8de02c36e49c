frame_runtime::frame_system! {
    @@system Lamp

    fn kept() -> u8 {
        7
    }
}

fn main() {
    kept();
    let _ = Lamp::new();
}
