//! A program without std and without an allocator. It ends with 0 when all checks hold, else with
//! the number of the check that does not.

#![no_std]
#![no_main]

mod pump;

use core::ffi::{c_char, c_int};
use core::panic::PanicInfo;

use frame_runtime::frame_system;

frame_system! {
    /// Drives a motor from readings of its temperature.
    @@[stack(4)]
    @@[data(limit: u32 = 0)]
    pub @@system Motor<const N: usize> {
        interface:
            start(speed: u32)
            measure(kelvin: u32): u32
            note(kelvin: u32): u32
            cool()
            depth(&self): usize
            speed(&self): u32

        machine:
            $Stopped {
                start(speed: u32) { -> (speed) $Running }
            }

            $Running => $Powered {
                $.speed: u32 = 0

                $>(speed: u32) { $.speed = speed; }
                measure(kelvin: u32): u32 {
                    @@:data.limit = 350;
                    => $^
                    self.seen = @@:self.note(kelvin);
                    $.speed += 1;    // not when `$Powered` or `note` has left the state
                }
                note(kelvin: u32): u32 {
                    @@:(kelvin)
                    if kelvin == 340 {
                        -> $Stopped
                    }
                }
                speed(): u32 { $.speed }
                => $^
            }

            $Powered {
                measure(kelvin: u32): u32 {
                    @@:(kelvin)
                    self.readings[self.count % N] = kelvin;
                    self.count += 1;
                    if kelvin > @@:data.limit {
                        push$ -> $Hot(kelvin)
                    }
                }
                depth(): usize { @@:system.stack.depth }
            }

            $Hot(kelvin: u32) => $Powered {
                measure(kelvin: u32): u32 { => $^ }
                cool() { -> pop$ }
                depth(): usize { => $^ }
                note(_kelvin: u32): u32 { kelvin }
            }

        domain:
            pub readings: [u32; N] = [0; N]
            pub seen: u32 = 0
            count: usize = 0
    }
}

/// The number of the first check that fails, or 0.
fn check() -> c_int {
    let mut motor = Motor::<2>::new();
    if motor.measure(300) != 0 || motor.state() != MotorState::Stopped {
        return 1;
    }
    motor.start(10);
    if motor.measure(300) != 300 || motor.speed() != 11 || motor.seen != 300 {
        return 2;
    }
    motor.measure(360);
    if motor.state_name() != "Hot" || motor.depth() != 1 || motor.readings != [300, 360] {
        return 3;
    }
    motor.cool(); // enters `$Running` with the args saved
    if motor.state() != MotorState::Running || motor.speed() != 10 || motor.depth() != 0 {
        return 4;
    }
    motor.measure(340);
    if motor.state() != MotorState::Stopped || motor.seen != 340 {
        return 5;
    }
    match pump::check() {
        Ok(()) => 0,
        Err(number) => 100 + c_int::from(number),
    }
}

// Called by the C runtime; the name has to be that, which Rust counts as unsafe.
#[unsafe(no_mangle)]
extern "C" fn main(_argc: c_int, _argv: *const *const c_char) -> c_int {
    check()
}

// The core library is compiled with landing pads, which name this; nothing unwinds here.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

#[panic_handler]
fn panic(_info: &PanicInfo) -> ! {
    loop {}
}
