//! The workloads. Entry points are never inlined: in a program, an event seldom meets its
//! machine inside one small loop.

pub mod w1;
pub mod w2;
pub mod w2x;
pub mod w3;
pub mod w3e;
pub mod w3l;
pub mod w3le;
pub mod w3v;
pub mod w3ve;
pub mod w4;
pub mod w5;
pub mod w6;
pub mod w7;
pub mod w8;

use crate::Workload;

pub const ALL: [Workload; 14] = [
    w1::WORKLOAD,
    w2::WORKLOAD,
    w2x::WORKLOAD,
    w3::WORKLOAD,
    w3v::WORKLOAD,
    w3l::WORKLOAD,
    w3e::WORKLOAD,
    w3ve::WORKLOAD,
    w3le::WORKLOAD,
    w4::WORKLOAD,
    w5::WORKLOAD,
    w6::WORKLOAD,
    w7::WORKLOAD,
    w8::WORKLOAD,
];
