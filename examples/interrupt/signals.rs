//! The interrupts: one for an edge at the pin, one for each millisecond.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};

use heapless::spsc::{Consumer, Producer, Queue};
use nix::libc::c_int;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use static_cell::ConstStaticCell;

use super::button::ButtonEvent;

pub const EDGE: Signal = Signal::SIGUSR1;
pub const TICK: Signal = Signal::SIGUSR2;

/// The registers of the device.
pub static PIN: AtomicBool = AtomicBool::new(false);
pub static CLOCK: AtomicU32 = AtomicU32::new(0);

/// How many interrupts were served, and how many events found the queue full.
pub static SERVED: AtomicU32 = AtomicU32::new(0);
static LOST: AtomicU32 = AtomicU32::new(0);

static QUEUE: ConstStaticCell<Queue<ButtonEvent, 16>> = ConstStaticCell::new(Queue::new());

thread_local! {
    /// The handlers' end of the queue. A handler takes it out while it needs it; that is all
    /// the sharing there is, since signals go to the thread that installed them, and none
    /// interrupts another.
    static PRODUCER: Cell<Option<Producer<'static, ButtonEvent>>> = const { Cell::new(None) };
}

/// Installs the handlers for the calling thread, once, and returns the other end of the queue.
pub fn install() -> Consumer<'static, ButtonEvent> {
    let (producer, consumer) = QUEUE.take().split();
    PRODUCER.set(Some(producer));
    on(EDGE, edge);
    on(TICK, tick);
    consumer
}

pub fn lost() -> u32 {
    LOST.load(SeqCst)
}

extern "C" fn edge(_: c_int) {
    give(ButtonEvent::Edge { down: PIN.load(SeqCst), at: CLOCK.load(SeqCst) });
}

extern "C" fn tick(_: c_int) {
    give(ButtonEvent::Tick { at: CLOCK.load(SeqCst) });
}

/// What a handler does: a few loads and stores, whatever it has interrupted.
fn give(event: ButtonEvent) {
    let producer = PRODUCER.take();
    if let Some(mut producer) = producer {
        if producer.enqueue(event).is_err() {
            LOST.fetch_add(1, SeqCst);
        }
        PRODUCER.set(Some(producer));
    }
    SERVED.fetch_add(1, SeqCst);
}

/// Both signals wait while one is handled, as interrupts of the same priority do.
fn on(signal: Signal, handler: extern "C" fn(c_int)) {
    let both = SigSet::from_iter([EDGE, TICK]);
    let action = SigAction::new(SigHandler::Handler(handler), SaFlags::SA_RESTART, both);
    // SAFETY: a handler may only do what is safe at any point of the program. These load and
    // store atomics and a cell of this thread that needs no initialization: they neither
    // allocate, nor lock, nor panic.
    #[allow(unsafe_code)]
    unsafe { sigaction(signal, &action) }.expect("the signal can be handled");
}
