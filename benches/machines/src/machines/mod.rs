//! The machines. Each is written twice: as a Frame system, and as a developer would by hand.

mod chat;
mod client;
mod guard;
mod i2c;
mod jobs;
mod lexer;
mod lift;
mod lights;
mod lock;
mod meter;
mod player;
mod script;
mod session;
mod shell;
mod uart;
mod vending;

use instructions::Workload;

/// All of them.
pub const ALL: [Workload; 16] = [
    uart::WORKLOAD,
    lock::WORKLOAD,
    lights::WORKLOAD,
    client::WORKLOAD,
    script::WORKLOAD,
    player::WORKLOAD,
    vending::WORKLOAD,
    shell::WORKLOAD,
    guard::WORKLOAD,
    lexer::WORKLOAD,
    i2c::WORKLOAD,
    lift::WORKLOAD,
    session::WORKLOAD,
    meter::WORKLOAD,
    chat::WORKLOAD,
    jobs::WORKLOAD,
];
