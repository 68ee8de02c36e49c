frame_runtime::frame_system! {
    @@system Store {
        interface:
            put<T: ToString>(item: T): usize
            line<'a>(text: &'a str)
            extend(items: impl IntoIterator<Item = u32>)
            take(text: &str)
        machine:
            $Full => $Shelf {
                put(item) {
                    if item.to_string().is_empty() { return 0; }
                    -> => $Empty
                }
                line(text) { -> => pop$ }
                extend(items) { -> => $Empty }
                take(text) { -> => $Empty }
            }
            $Empty => $Shelf {
                put(item) { => $^ }
                line(text) { push$ -> $Full }
            }
            $Shelf {
                put(item) { item.to_string().len() }
            }
    }
}

fn main() {}
