//! Events in a pool, by value and by method, in a hierarchy with a stack and call data.

use frame_runtime::frame_system;

frame_system! {
    /// Keeps a tank filled.
    @@[events(pool(4))]
    @@[overflow(reject)]
    @@[event_enum]
    @@[stack(4)]
    @@[data(litres: u32 = 0, by: &'static str = "")]
    @@[no_alloc]
    #[derive(PartialEq)]
    pub @@system Pump {
        interface:
            run(litres: u32): u32
            pause()
            resume(): u8
            level(litres: u32)
            flow(samples: [u16; 3]): u32
            drain(litres: u32): u32
            filled(&self): u32

        machine:
            $Idle => $Tank {
                run(litres: u32): u32 {
                    @@:(1)
                    -> (litres) $Running
                }
                => $^
            }

            $Running => $Tank {
                $.goal: u32 = 0

                $>(litres: u32) {
                    $.goal = litres;
                    => $^
                }
                <$ { self.runs += 1; }
                level(litres: u32) {
                    @@:data.litres = litres;
                    @@:data.by = @@:event;
                    => $^
                    if @@:data.litres >= $.goal {
                        -> $Idle
                    }
                }
                run(litres: u32): u32 {
                    $.goal += litres;
                    @@:($.goal)
                }
                pause() { push$ -> $Paused }
                flow(samples: [u16; 3]): u32 {
                    for sample in samples {
                        @@:self.level(u32::from(sample));
                    }
                    self.filled    // not when the state was left
                }
                => $^
            }

            $Paused => $Tank {
                resume(): u8 {
                    @@:(@@:system.stack.depth as u8)
                    -> pop$
                }
                run(litres: u32): u32 { -> => (litres) $Running }
                => $^
            }

            $Tank {
                $> { self.entered += 1; }
                level(litres: u32) {
                    if @@:data.by != "level" {
                        @@:data.litres = litres;
                    }
                    self.filled = @@:data.litres;
                }
                /// Calls itself, deeper than the pool is at times.
                drain(litres: u32): u32 {
                    if litres == 0 {
                        @@:return(self.filled)
                    }
                    self.filled -= 1;
                    @@:self.drain(litres - 1)
                }
                filled(): u32 { self.filled }
            }

        domain:
            filled: u32 = 0
            entered: u8 = 0
            pub runs: u8 = 0
    }
}

/// The number of the first check that fails.
pub fn check() -> Result<(), u8> {
    let holds = |number, holds: bool| if holds { Ok(()) } else { Err(number) };
    let mut pump = Pump::new();
    holds(1, pump.run(10) == Ok(1) && pump.state() == PumpState::Running)?;
    holds(2, pump.level(4).is_ok() && pump.filled() == 4)?;
    holds(3, pump.pause().is_ok() && pump.state_name() == "Paused" && pump.runs == 1)?;
    holds(4, matches!(pump.dispatch(PumpEvent::Resume), Ok(PumpReply::Resume(1))))?;
    holds(5, matches!(pump.dispatch(PumpEvent::Run { litres: 2 }), Ok(PumpReply::Run(12))))?;
    holds(6, pump.flow([5, 12, 13]) == Ok(0) && pump.state() == PumpState::Idle)?;
    holds(7, pump.drain(3) == Ok(9) && pump.run(1) == Ok(1))?;
    let handed_on = pump.pause().is_ok() && pump.run(7) == Ok(14);
    holds(8, handed_on && pump.runs == 3 && pump.state() == PumpState::Running)?;

    let refused = Refusing::new().start(7);
    let event = refused.map_err(frame_runtime::PoolFull::into_event);
    holds(9, matches!(event, Err(RefusingEvent::Start { speed: 7 })))
}

frame_system! {
    /// Has room for the call, and none for the state it enters.
    @@[events(pool(1))]
    @@[overflow(reject)]
    @@[no_alloc]
    @@system Refusing {
        interface:
            start(speed: u32)
        machine:
            $A { start(speed: u32) { -> $B } }
            $B { $> { self.entered = true; } }
        domain:
            entered: bool = false
    }
}
