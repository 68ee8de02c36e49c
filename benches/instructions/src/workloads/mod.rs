//! The workloads. Entry points are never inlined: in a program, an event seldom meets its
//! machine inside one small loop.

mod w1;
mod w2;
mod w2x;
mod w3;
mod w3l;
mod w3v;
mod w4;
mod w5;
mod w6;
mod w7;
mod w8;

use crate::Workload;

pub const ALL: [Workload; 11] = [
    w1::WORKLOAD,
    w2::WORKLOAD,
    w2x::WORKLOAD,
    w3::WORKLOAD,
    w3v::WORKLOAD,
    w3l::WORKLOAD,
    w4::WORKLOAD,
    w5::WORKLOAD,
    w6::WORKLOAD,
    w7::WORKLOAD,
    w8::WORKLOAD,
];
