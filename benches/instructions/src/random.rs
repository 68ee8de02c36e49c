//! Fixed sequences of events.

/// `length` numbers below `bound`, the same in every run.
pub fn sequence(length: u64, bound: u8) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u32
    };
    (0..length).map(|_| (next() % u32::from(bound)) as u8).collect()
}
