//! What the machines of the peers count: the same as the machines they are compared with.

/// How often two states were entered and left.
#[derive(Default)]
pub(crate) struct Visits {
    pub(crate) first_entered: u64,
    pub(crate) first_left: u64,
    pub(crate) second_entered: u64,
    pub(crate) second_left: u64,
}

impl Visits {
    pub(crate) fn checksum(&self) -> u64 {
        self.first_entered + 3 * self.first_left + 5 * self.second_entered + 7 * self.second_left
    }
}

/// What the eight states of a ring count.
#[derive(Default)]
pub(crate) struct Laps {
    entered: [u32; 8],
    left: [u32; 8],
}

impl Laps {
    pub(crate) fn checksum(&self) -> u64 {
        let counts = self.entered.iter().chain(&self.left);
        counts.fold(0, |sum, count| sum.wrapping_mul(31) + u64::from(*count))
    }
}

/// What happens when a state of a ring is entered or left. The state is a constant, so that
/// a call becomes the code of its arm.
pub(crate) trait Actions: Default {
    fn enter<const STATE: usize>(laps: &mut Laps);
    fn leave<const STATE: usize>(laps: &mut Laps);
}

/// The actions of W3.
#[derive(Default)]
pub(crate) struct Plain;

impl Actions for Plain {
    #[inline(always)]
    fn enter<const STATE: usize>(laps: &mut Laps) {
        laps.entered[STATE] += 1;
    }

    #[inline(always)]
    fn leave<const STATE: usize>(laps: &mut Laps) {
        laps.left[STATE] += 1;
    }
}

/// The actions of W3v.
#[derive(Default)]
pub(crate) struct Varied;

impl Actions for Varied {
    #[inline(always)]
    fn enter<const STATE: usize>(Laps { entered, left }: &mut Laps) {
        match STATE {
            0 => entered[0] += 3,
            1 => entered[1] = entered[1].wrapping_mul(3) | 1,
            2 => entered[2] ^= 0x55,
            3 => entered[3] = left[3] >> 1,
            4 => entered[4] ^= left[5] & 7,
            5 => entered[5] = entered[5].wrapping_sub(2),
            6 => entered[6] |= left[6],
            _ => entered[7] = entered[7].saturating_add(9),
        }
    }

    #[inline(always)]
    fn leave<const STATE: usize>(Laps { entered, left }: &mut Laps) {
        match STATE {
            0 => left[0] += 1,
            1 => left[1] ^= entered[1],
            2 => left[2] = left[2].rotate_left(3) ^ 1,
            3 => left[3] = left[3].wrapping_add(entered[2]),
            4 => left[4] = left[4].max(entered[4]),
            5 => left[5] = left[5].wrapping_mul(5).wrapping_add(1),
            6 => left[6] = !left[6],
            _ => left[7] = entered[7].wrapping_sub(left[7]),
        }
    }
}
