//! The modes of a system, as features of this package make them.

/// How events exist, and how states and events are named.
pub struct Mode {
    pub name: &'static str,
    pub features: &'static str,
}

const fn mode(name: &'static str, features: &'static str) -> Mode {
    Mode { name, features }
}

/// All that there are. Direct events have no ids.
pub const MODES: [Mode; 14] = [
    mode("direct", ""),
    mode("pool", "pool"),
    mode("grow", "grow"),
    mode("heap", "heap"),
    mode("direct, state strings", "string-states"),
    mode("pool, state strings", "pool,string-states"),
    mode("grow, state strings", "grow,string-states"),
    mode("heap, state strings", "heap,string-states"),
    mode("pool, event strings", "pool,string-events"),
    mode("grow, event strings", "grow,string-events"),
    mode("heap, event strings", "heap,string-events"),
    mode("pool, both strings", "pool,string-states,string-events"),
    mode("grow, both strings", "grow,string-states,string-events"),
    mode("heap, both strings", "heap,string-states,string-events"),
];
