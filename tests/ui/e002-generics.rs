struct Own;

frame_runtime::frame_system! {
    @@system Store<'a: , T: Clone + , const N, 4, U: Fn(u8 u8) -> u8>: Own, 5 where T: Copy, N {
        interface:
            put<V: Into<T> V>(value: V)
            take(): Option<T> where T: Default +, : Copy
            size(): [u8; 2 2]
            both(): Vec(u8, u8)
        machine:
            $Only {
                $.items: Vec<T,, U> = Vec::new()
                take(): Option<T> { @@:(None) }
            }
        actions:
            all<W>(w: W) where W = u8 { drop(w); }
        domain:
            pub(sometimes here) count: fn(u8 u8) = 0
    }
}

fn main() {}
