//! R16 and R18 where self-calls recurse without a bound. A fixed pool cannot hold them, so this
//! module is included only by the root files of modes that can.

frame_system! {
    @@system Recursion {
        interface:
            factorial(n: u64): u64
            descend(depth: u32)
        machine:
            $Diving {
                factorial(n: u64): u64 {
                    if n <= 1 {
                        return 1;
                    }
                    @@:(@@:self.factorial(n - 1))
                    @@:return = @@:return * @@:params.n
                }

                descend(depth: u32) {
                    if depth == 0 {
                        -> $Ground
                    }
                    @@:self.descend(depth - 1);
                    self.trace.push("after");
                }
            }
            $Ground {
                $> { self.trace.push("Ground.enter"); }
                factorial(n: u64): u64 { n }
                descend(_depth: u32) { self.trace.push("Ground.descend"); }
            }
        domain:
            pub trace: Vec<&'static str>
    }
}

#[test]
fn r16_recursive_calls_have_their_own_return_value_and_params() {
    assert_eq!(Recursion::new().factorial(10), 3_628_800);
}

#[test]
fn r18_all_callers_up_the_chain_end() {
    let mut recursion = Recursion::new();
    recursion.descend(5);
    assert_eq!(recursion.trace, ["Ground.enter"]);
    assert_eq!(recursion.state(), RecursionState::Ground);

    recursion.descend(5);
    assert_eq!(recursion.trace, ["Ground.enter", "Ground.descend"]);
    assert_eq!(recursion.factorial(3), 3);
}
