//! Another solution of *Shared parts*: every state of all parts, and the chance of those
//! in which the system is down.
//!
//! The reference conditions on shared parts only. This one lists 2^n states, which is fine
//! for a dozen parts and hopeless for fifty; the contract asks for a dozen.

use std::collections::{BTreeMap, BTreeSet};

use exercises::availability::{Block, SharedParts, Unavailability, UnknownPart, checks};

struct Mine;

fn collect<'a>(block: &'a Block, names: &mut BTreeSet<&'a str>) {
    match block {
        Block::Part(name) => _ = names.insert(name),
        Block::Series(blocks) | Block::Parallel(blocks) | Block::AtLeast(_, blocks) => {
            blocks.iter().for_each(|block| collect(block, names));
        }
    }
}

fn is_up(block: &Block, down: &BTreeSet<&str>) -> bool {
    let count = |blocks: &[Block]| blocks.iter().filter(|block| is_up(block, down)).count();
    match block {
        Block::Part(name) => !down.contains(name.as_str()),
        Block::Series(blocks) => count(blocks) == blocks.len(),
        Block::Parallel(blocks) => count(blocks) > 0,
        Block::AtLeast(needed, blocks) => count(blocks) >= *needed,
    }
}

/// Chance of being down, over the states of the parts that are still to be decided.
fn down_in(system: &Block, open: &[(&str, f64)], down: &mut BTreeSet<String>) -> f64 {
    let Some(((name, chance), rest)) = open.split_first() else {
        let down = down.iter().map(String::as_str).collect();
        return if is_up(system, &down) { 0.0 } else { 1.0 };
    };
    let if_up = down_in(system, rest, down);
    down.insert((*name).to_owned());
    let if_down = down_in(system, rest, down);
    down.remove(*name);
    chance * if_down + (1.0 - chance) * if_up
}

impl SharedParts for Mine {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        let mut names = BTreeSet::new();
        collect(system, &mut names);
        let mut open = Vec::new();
        for name in names {
            let known = parts.get(name).ok_or_else(|| UnknownPart { part: name.to_owned() })?;
            open.push((name, known.get()));
        }
        let chance = down_in(system, &open, &mut BTreeSet::new());
        Ok(Unavailability::clamped(chance))
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("shared_parts", checks::shared_parts::all::<Mine>)
}
