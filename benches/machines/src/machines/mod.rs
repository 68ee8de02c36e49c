//! The machines. Each is written twice: as a Frame system, and as a developer would by hand.

mod battle;
mod bgp;
mod breaker;
mod charger;
mod chat;
mod client;
mod cobs;
mod crossing;
mod csv;
mod dhcp;
mod editor;
mod encoder;
mod gesture;
mod guard;
mod http;
mod i2c;
mod jobs;
mod json;
mod lexer;
mod lift;
mod lights;
mod lock;
mod meter;
mod mqtt;
mod order;
mod player;
mod script;
mod session;
mod shell;
mod uart;
mod utf8;
mod vending;

use instructions::Workload;

/// All of them.
pub const ALL: [Workload; 32] = [
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
    utf8::WORKLOAD,
    csv::WORKLOAD,
    http::WORKLOAD,
    cobs::WORKLOAD,
    bgp::WORKLOAD,
    dhcp::WORKLOAD,
    battle::WORKLOAD,
    editor::WORKLOAD,
    gesture::WORKLOAD,
    charger::WORKLOAD,
    breaker::WORKLOAD,
    crossing::WORKLOAD,
    mqtt::WORKLOAD,
    json::WORKLOAD,
    order::WORKLOAD,
    encoder::WORKLOAD,
];
