use frame_runtime::frame_system;

frame_system! {
    @@[events(direct)]
    @@system Ring {
        interface:
            a()
            b()
            c()
            d()
        machine:
            $S0 {
                $>() { self.entered[0] += 1; }
                <$() { self.left[0] += 1; }
                a() { -> $S1 }
                c() { -> $S7 }
            }
            $S1 {
                $>() { self.entered[1] += 1; }
                <$() { self.left[1] += 1; }
                b() { -> $S2 }
                d() { -> $S0 }
            }
            $S2 {
                $>() { self.entered[2] += 1; }
                <$() { self.left[2] += 1; }
                a() { -> $S3 }
                c() { -> $S1 }
            }
            $S3 {
                $>() { self.entered[3] += 1; }
                <$() { self.left[3] += 1; }
                b() { -> $S4 }
                d() { -> $S2 }
            }
            $S4 {
                $>() { self.entered[4] += 1; }
                <$() { self.left[4] += 1; }
                a() { -> $S5 }
                c() { -> $S3 }
            }
            $S5 {
                $>() { self.entered[5] += 1; }
                <$() { self.left[5] += 1; }
                b() { -> $S6 }
                d() { -> $S4 }
            }
            $S6 {
                $>() { self.entered[6] += 1; }
                <$() { self.left[6] += 1; }
                a() { -> $S7 }
                c() { -> $S5 }
            }
            $S7 {
                $>() { self.entered[7] += 1; }
                <$() { self.left[7] += 1; }
                b() { -> $S0 }
                d() { -> $S6 }
            }
        domain:
            pub entered: [u32; 8] = [0; 8]
            pub left: [u32; 8] = [0; 8]
    }
}

pub fn start() -> Ring {
    Ring::new()
}

pub fn send(ring: &mut Ring, event: usize) {
    match event {
        0 => ring.a(),
        1 => ring.b(),
        2 => ring.c(),
        _ => ring.d(),
    }
}

pub fn trace(ring: &Ring) -> u64 {
    let counts = ring.entered.iter().chain(&ring.left);
    counts.fold(0_u64, |trace, count| trace.wrapping_mul(31) + u64::from(*count))
}
