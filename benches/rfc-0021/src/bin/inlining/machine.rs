//! Eight states that share a handler of some length, which leaves them. They keep `auto`
//! whatever the system is given, so that the value is that of the shared handler alone.

use std::hint::black_box;

frame_system! {
    pub @@system Shared {
        interface:
            step()
            feed(x: u64): u32

        machine:
            @@[inline(auto)]
            $S0 => $Base {
                <$() { self.left[0] += 1; }
                step() { -> $S1 }
                feed(x: u64): u32 {
                    self.fed[0] += 1;
                    => $^
                }
            }
            @@[inline(auto)]
            $S1 => $Base {
                <$() { self.left[1] += 1; }
                step() { -> $S2 }
                feed(x: u64): u32 {
                    self.fed[1] += 1;
                    => $^
                }
            }
            @@[inline(auto)]
            $S2 => $Base {
                <$() { self.left[2] += 1; }
                step() { -> $S3 }
                feed(x: u64): u32 {
                    self.fed[2] += 1;
                    => $^
                }
            }
            @@[inline(auto)]
            $S3 => $Base {
                <$() { self.left[3] += 1; }
                step() { -> $S4 }
                feed(x: u64): u32 {
                    self.fed[3] += 1;
                    => $^
                }
            }
            @@[inline(auto)]
            $S4 => $Base {
                <$() { self.left[4] += 1; }
                step() { -> $S5 }
                feed(x: u64): u32 {
                    self.fed[4] += 1;
                    => $^
                }
            }
            @@[inline(auto)]
            $S5 => $Base {
                <$() { self.left[5] += 1; }
                step() { -> $S6 }
                feed(x: u64): u32 {
                    self.fed[5] += 1;
                    => $^
                }
            }
            @@[inline(auto)]
            $S6 => $Base {
                <$() { self.left[6] += 1; }
                step() { -> $S7 }
                feed(x: u64): u32 {
                    self.fed[6] += 1;
                    => $^
                }
            }
            @@[inline(auto)]
            $S7 => $Base {
                <$() { self.left[7] += 1; }
                step() { -> $S0 }
                feed(x: u64): u32 {
                    self.fed[7] += 1;
                    => $^
                }
            }
            $Base {
                feed(x: u64): u32 {
                    let mut hash = self.hash;
                    for byte in x.to_le_bytes() {
                        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
                        hash ^= hash.rotate_left(7);
                        hash = hash.wrapping_add(hash << 3);
                    }
                    self.hash = hash;
                    @@:(hash)
                    if hash & 3 == 0 {
                        -> $S0
                    }
                }
            }

        domain:
            pub hash: u32 = 0x811c_9dc5
            pub fed: [u32; 8] = [0; 8]
            pub left: [u32; 8] = [0; 8]
    }
}

#[inline(never)]
fn step(machine: &mut Shared) {
    machine.step();
}

#[inline(never)]
fn feed(machine: &mut Shared, x: u64) -> u32 {
    machine.feed(x)
}

/// Each operation is an event that the base handles, and one that a state handles itself.
pub fn run(operations: u64) -> u64 {
    let mut machine = Shared::new();
    let mut sum = 0;
    for x in 0..operations {
        sum += u64::from(feed(black_box(&mut machine), black_box(x)));
        step(black_box(&mut machine));
    }
    let counts = machine.fed.iter().chain(&machine.left);
    counts.fold(sum, |sum, count| sum.wrapping_mul(31) + u64::from(*count))
}
