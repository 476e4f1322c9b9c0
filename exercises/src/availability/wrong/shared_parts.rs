//! Wrong solutions of the exercise `shared_parts`.

use std::collections::BTreeMap;

use crate::availability::{Block, Conditioning, SharedParts, Unavailability, UnknownPart, checks};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 10] = [
    of::<MixesUpTheBlocks>(
        "MixesUpTheBlocks",
        "It combines a series with the parallel formula, and the other way round.",
        "distinct",
    ),
    of::<NeedsAll>(
        "NeedsAll",
        "It takes `AtLeast` for a series: all are needed, not some.",
        "distinct",
    ),
    of::<NeedsOne>(
        "NeedsOne",
        "It takes `AtLeast` for a parallel block: one is enough.",
        "distinct",
    ),
    of::<TwoOfOne>(
        "TwoOfOne",
        "It multiplies along the tree, as if a part that stands twice were two parts.",
        "shared",
    ),
    of::<SiblingsOnly>(
        "SiblingsOnly",
        "It notices a part that stands twice in one block, but not in two branches.",
        "shared",
    ),
    of::<EmptyBlocksAreUp>(
        "EmptyBlocksAreUp",
        "It takes every empty block for up.",
        "empty-blocks",
    ),
    of::<EmptyBlocksAreDown>(
        "EmptyBlocksAreDown",
        "It takes every empty block for down.",
        "empty-blocks",
    ),
    of::<UnknownIsUp>(
        "UnknownIsUp",
        "It takes a part of which nothing is known for one that never fails.",
        "unknown",
    ),
    of::<FirstInTheTree>(
        "FirstInTheTree",
        "It names the unknown part that it meets first, not the first by name.",
        "unknown",
    ),
    of::<SubtractsFromOne>(
        "SubtractsFromOne",
        "It computes how often the system is up, and subtracts from 1.",
        "small",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::shared_parts::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(system, parts)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> SharedParts for Flawed<F> {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        F::unavailability(system, parts)
    }
}

type Parts = BTreeMap<String, Unavailability>;

fn children(block: &Block) -> &[Block] {
    match block {
        Block::Part(_) => &[],
        Block::Series(blocks) | Block::Parallel(blocks) | Block::AtLeast(_, blocks) => blocks,
    }
}

/// The tree with every block changed, from the leaves up.
fn mapped(block: &Block, change: &impl Fn(Block) -> Block) -> Block {
    let blocks = children(block)
        .iter()
        .map(|child| mapped(child, change))
        .collect();
    change(match block {
        Block::Part(name) => Block::Part(name.clone()),
        Block::Series(_) => Block::Series(blocks),
        Block::Parallel(_) => Block::Parallel(blocks),
        Block::AtLeast(needed, _) => Block::AtLeast(*needed, blocks),
    })
}

/// The tree with a name of its own for each place.
fn renamed(block: &Block, parts: &Parts, known: &mut Parts, next: &mut u32) -> Block {
    if let Block::Part(name) = block {
        let unique = format!("{name} {next}");
        *next += 1;
        known.insert(unique.clone(), parts[name]);
        return Block::Part(unique);
    }
    let blocks = children(block)
        .iter()
        .map(|child| renamed(child, parts, known, next))
        .collect();
    match block {
        Block::AtLeast(needed, _) => Block::AtLeast(*needed, blocks),
        Block::Parallel(_) => Block::Parallel(blocks),
        _ => Block::Series(blocks),
    }
}

fn without_twins(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        if !kept.contains(&block) {
            kept.push(block);
        }
    }
    kept
}

fn first_unknown(block: &Block, parts: &Parts) -> Option<String> {
    match block {
        Block::Part(name) => (!parts.contains_key(name)).then(|| name.clone()),
        _ => children(block)
            .iter()
            .find_map(|child| first_unknown(child, parts)),
    }
}

struct MixesUpTheBlocks;
impl Flaw for MixesUpTheBlocks {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(
            &mapped(system, &|block| match block {
                Block::Series(blocks) if !blocks.is_empty() => Block::Parallel(blocks),
                Block::Parallel(blocks) if !blocks.is_empty() => Block::Series(blocks),
                other => other,
            }),
            parts,
        )
    }
}

struct NeedsAll;
impl Flaw for NeedsAll {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(
            &mapped(system, &|block| match block {
                Block::AtLeast(needed, blocks) if needed > 0 && !blocks.is_empty() => {
                    Block::Series(blocks)
                }
                other => other,
            }),
            parts,
        )
    }
}

struct NeedsOne;
impl Flaw for NeedsOne {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(
            &mapped(system, &|block| match block {
                Block::AtLeast(needed, blocks) if needed > 0 => Block::Parallel(blocks),
                other => other,
            }),
            parts,
        )
    }
}

struct TwoOfOne;
impl Flaw for TwoOfOne {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(system, parts)?;
        let (mut known, mut next) = (BTreeMap::new(), 0);
        let renamed = renamed(system, parts, &mut known, &mut next);
        Conditioning::unavailability(&renamed, &known)
    }
}

struct SiblingsOnly;
impl Flaw for SiblingsOnly {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(system, parts)?;
        let once = mapped(system, &|block| match block {
            Block::Series(blocks) => Block::Series(without_twins(blocks)),
            Block::Parallel(blocks) => Block::Parallel(without_twins(blocks)),
            other => other,
        });
        let (mut known, mut next) = (BTreeMap::new(), 0);
        let renamed = renamed(&once, parts, &mut known, &mut next);
        Conditioning::unavailability(&renamed, &known)
    }
}

struct EmptyBlocksAreUp;
impl Flaw for EmptyBlocksAreUp {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(
            &mapped(system, &|block| match block {
                Block::Parallel(blocks) | Block::AtLeast(_, blocks) if blocks.is_empty() => {
                    Block::Series(blocks)
                }
                other => other,
            }),
            parts,
        )
    }
}

struct EmptyBlocksAreDown;
impl Flaw for EmptyBlocksAreDown {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(
            &mapped(system, &|block| match block {
                Block::Series(blocks) if blocks.is_empty() => Block::Parallel(blocks),
                other => other,
            }),
            parts,
        )
    }
}

struct UnknownIsUp;
impl Flaw for UnknownIsUp {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        let mut all = parts.clone();
        while let Err(UnknownPart { part }) = Conditioning::unavailability(system, &all) {
            all.insert(part, Unavailability::NEVER);
        }
        Conditioning::unavailability(system, &all)
    }
}

struct FirstInTheTree;
impl Flaw for FirstInTheTree {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        Conditioning::unavailability(system, parts).map_err(|error| {
            let part = first_unknown(system, parts).unwrap_or(error.part);
            UnknownPart { part }
        })
    }
}

struct SubtractsFromOne;
impl Flaw for SubtractsFromOne {
    fn unavailability(
        system: &Block,
        parts: &BTreeMap<String, Unavailability>,
    ) -> Result<Unavailability, UnknownPart> {
        let down = Conditioning::unavailability(system, parts)?.get();
        Ok(Unavailability::clamped(1.0 - (1.0 - down)))
    }
}
