//! Another solution of *k of n*: by recursion on the last part, with a memory.
//!
//! Fewer than `k` of the parts are up if the last one is down and fewer than `k` of the
//! others are up, or if it is up and fewer than `k − 1` of them are.

use std::collections::BTreeMap;

use exercises::availability::{KOfN, Unavailability, checks};

struct Mine;

type Memory = BTreeMap<(usize, usize), f64>;

fn fewer(needed: usize, parts: &[Unavailability], memory: &mut Memory) -> f64 {
    let (Some((last, rest)), 1..) = (parts.split_last(), needed) else {
        return if needed == 0 { 0.0 } else { 1.0 };
    };
    if let Some(known) = memory.get(&(needed, parts.len())) {
        return *known;
    }
    let down = last.get();
    let chance = down * fewer(needed, rest, memory) + (1.0 - down) * fewer(needed - 1, rest, memory);
    memory.insert((needed, parts.len()), chance);
    chance
}

impl KOfN for Mine {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        Unavailability::clamped(fewer(needed, parts, &mut Memory::new()))
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("k_of_n", checks::k_of_n::all::<Mine>)
}
