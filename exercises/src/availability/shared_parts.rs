//! A tree of blocks in which a part may stand twice: conditioning on the shared parts.
//!
//! The formulas for series and parallel multiply, and multiplying is right only for
//! things that have nothing in common. Two branches that share a database have. So take
//! the database out of chance: once as down, once as up, each weighted with its
//! probability (the law of total probability; in reliability "pivotal decomposition" or
//! "factoring"). In either case the rest is independent, and the formulas hold.
//!
//! It doubles the work for each shared part. Real tools use binary decision diagrams.

use std::collections::BTreeMap;

use super::{
    Block, Independent, KOfN, SeriesParallel, SharedParts, TailSum, Unavailability, UnknownPart,
};

/// The reference for [`SharedParts`].
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
///
/// use exercises::availability::{Block, Conditioning, SharedParts, Unavailability};
///
/// let twice = Block::Parallel(vec![Block::part("a"), Block::part("a")]);
/// let parts = BTreeMap::from([("a".to_owned(), Unavailability::clamped(0.5))]);
/// assert_eq!(Conditioning::unavailability(&twice, &parts)?.get(), 0.5);
/// # Ok::<(), exercises::availability::UnknownPart>(())
/// ```
///
/// # Time complexity
///
/// O(2^s · blocks²), with `s` the number of parts that stand in several places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conditioning;

type Parts = BTreeMap<String, Unavailability>;

// ANCHOR: shared_parts
impl SharedParts for Conditioning {
    fn unavailability(system: &Block, parts: &Parts) -> Result<Unavailability, UnknownPart> {
        let mut places = BTreeMap::new();
        count(system, &mut places);
        if let Some(part) = places.keys().find(|name| !parts.contains_key(**name)) {
            let part = (*part).to_owned();
            return Err(UnknownPart { part });
        }
        let is_shared = |(name, places)| (places > 1).then_some(name);
        let shared: Vec<&str> = places.into_iter().filter_map(is_shared).collect();
        Ok(given(system, &mut parts.clone(), &shared))
    }
}

/// The unavailability, with the parts of `shared` still to be taken out of chance.
fn given(system: &Block, parts: &mut Parts, shared: &[&str]) -> Unavailability {
    let Some((name, rest)) = shared.split_first() else {
        return independent(system, parts);
    };
    let chance = parts[*name];
    let mut if_it_is = |state| {
        parts.insert((*name).to_owned(), state);
        given(system, parts, rest).get()
    };
    let (if_down, if_up) = (
        if_it_is(Unavailability::ALWAYS),
        if_it_is(Unavailability::NEVER),
    );
    parts.insert((*name).to_owned(), chance);
    let chance = chance.get();
    Unavailability::clamped(chance * if_down + (1.0 - chance) * if_up)
}
// ANCHOR_END: shared_parts

/// How many places each part has in the system.
fn count<'a>(block: &'a Block, places: &mut BTreeMap<&'a str, u32>) {
    match block {
        Block::Part(name) => *places.entry(name).or_default() += 1,
        Block::Series(blocks) | Block::Parallel(blocks) | Block::AtLeast(_, blocks) => {
            blocks.iter().for_each(|block| count(block, places));
        }
    }
}

/// The unavailability, if each part that is left to chance has one place.
fn independent(block: &Block, parts: &Parts) -> Unavailability {
    let all = |blocks: &[Block]| -> Vec<Unavailability> {
        blocks
            .iter()
            .map(|block| independent(block, parts))
            .collect()
    };
    match block {
        Block::Part(name) => parts[name],
        Block::Series(blocks) => Independent::in_series(&all(blocks)),
        Block::Parallel(blocks) => Independent::in_parallel(&all(blocks)),
        Block::AtLeast(needed, blocks) => TailSum::at_least(*needed, &all(blocks)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(names: &[&str]) -> Parts {
        names
            .iter()
            .map(|name| ((*name).to_owned(), Unavailability::clamped(0.1)))
            .collect()
    }

    fn with_database(name: &str) -> Block {
        Block::Series(vec![Block::part(name), Block::part("db")])
    }

    #[test]
    fn a_shared_database_is_in_series_with_everything() {
        let system = Block::Parallel(vec![with_database("a"), with_database("b")]);
        let known = parts(&["a", "b", "db"]);
        let down = Conditioning::unavailability(&system, &known).map(Unavailability::get);
        let expected: f64 = 0.1 + 0.9 * 0.1 * 0.1;
        assert!(down.is_ok_and(|down| (down - expected).abs() < 1e-15));
    }

    #[test]
    fn the_parts_given_are_as_before() {
        let system = Block::Series(vec![Block::part("a"), Block::part("a")]);
        let known = parts(&["a", "unused"]);
        let first = Conditioning::unavailability(&system, &known);
        assert_eq!(first, Ok(Unavailability::clamped(0.1)));
        assert_eq!(first, Conditioning::unavailability(&system, &known));
    }

    #[test]
    fn an_unknown_part_is_named_even_where_it_does_not_matter() {
        let system = Block::AtLeast(0, vec![Block::part("z"), Block::part("y")]);
        let unknown = Conditioning::unavailability(&system, &Parts::new());
        assert_eq!(unknown, Err(UnknownPart { part: "y".into() }));
    }
}
