//! The facts that decide the code: which handlers can queue what, what each state holds,
//! who needs the run's record, which calls can leave the state. Takes the model of a system,
//! and gives the [`Plan`] of its code.

mod capacity;
mod effects;
mod follow;
mod given;
mod jumps;
mod lifecycle;
mod params;
mod returns;
mod storage;

use crate::model::Model;
use crate::sets::Ids;

pub use frame_macros_model::plan::*;
pub use returns::reachable_lifecycle;

/// Plans a system. What is wrong with it was told, and is planned around.
pub fn plan<'a>(model: &'a Model<'a>) -> Plan<'a> {
    let mut plan = Plan {
        model,
        handlers: Vec::new(),
        functions: Vec::new(),
        events: Vec::new(),
        states: Vec::new(),
        args: Vec::new(),
        routes: Vec::new(),
        leaves: Vec::new(),
        jumps: Vec::new(),
        jump_names: Vec::new(),
        payloads: Vec::new(),
        run: RunPlan::default(),
        stack: false,
        nowhere: false,
        start_reads_self: false,
        settles: false,
        pending: Ids::new(),
        capacity: None,
        lanes: Vec::new(),
    };
    storage::states(&mut plan);
    lifecycle::args(&mut plan);
    let queues = jumps::collect(&mut plan);
    storage::leaves(&mut plan);
    jumps::payloads(&mut plan);
    effects::compute(&mut plan, queues);
    returns::compute(&mut plan);
    follow::compute(&mut plan);
    capacity::compute(&mut plan);
    params::compute(&mut plan);
    plan
}
