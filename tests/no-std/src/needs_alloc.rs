//! Asks for all that needs an allocator, of a runtime without: this must not compile, and
//! `tests/no_std.rs` knows what is said.

#![no_std]
#![no_main]

use frame_runtime::frame_system;

frame_system! {
    @@[events(heap)]
    @@system OnHeap {
        interface:
            start(speed: u32): u32
        machine:
            $A { start(speed: u32): u32 { -> $B } }
            $B { $> {} }
    }

    @@[events(pool)]
    @@[overflow(grow)]
    @@system Grows {
        interface:
            start()
        machine:
            $A { start() { -> $B } }
            $B { $> {} }
    }

    @@system Saves {
        interface:
            save()
            back()
        machine:
            $A { save() { push$ -> $B } }
            $B { back() { -> pop$ } }
    }

    @@system Notes {
        interface:
            note(): usize
        machine:
            $A {
                note(): usize {
                    @@:data.seen = "here".into();
                    @@:data.seen.len() + @@:data.other.len()
                }
            }
    }

    @@[events(pool)]
    @@system Stores {
        interface:
            store(text: &str, bytes: &[u8]): usize
        machine:
            $A {
                store(text: &str, bytes: &[u8]): usize { text.len() + bytes.len() }
            }
    }

    @@[event_enum]
    @@system Queued {
        interface:
            put(text: &str)
        machine:
            $A { put(text: &str) {} }
    }
}
