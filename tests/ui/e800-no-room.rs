frame_runtime::frame_system! {
    @@[events(pool(0))]
    @@[stack(0)]
    @@system Menu {
        interface:
            open()
        machine:
            $Top { open() { push$ -> $Sub } }
            $Sub { open() { -> pop$ } }
    }
}

fn main() {
    Menu::new().open();
}
