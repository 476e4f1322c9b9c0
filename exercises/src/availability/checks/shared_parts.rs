//! Checks of the exercise `shared_parts`.

use std::collections::BTreeMap;

use rand::RngExt;

use super::draw::{chance, near};
use crate::availability::{Block, SharedParts, Unavailability, UnknownPart};
use crate::grade::kit::{Difference, Trial, equal};
use crate::grade::{Check, Seed, Verdict};
use crate::random::{self, ChaCha8Rng};

type Parts = BTreeMap<String, Unavailability>;
type Solve = fn(&Block, &Parts) -> Result<Unavailability, UnknownPart>;

/// The checks of a solution of [`SharedParts`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{Conditioning, checks};
///
/// for check in checks::shared_parts::all::<Conditioning>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: SharedParts>() -> Vec<Check> {
    let mut all = chances::<T>();
    all.push(
        Check::new(
            "unknown",
            "A part of which nothing is known is an error; of several, the first by name is told.",
            |_| unknown(T::unavailability),
        )
        .hints([
            "What does your code do with a name that the map lacks?",
            "Collect all names of the tree first, in order, and look each up.",
            "Gather the names into a `BTreeSet<&str>`; `names.iter().find(|name| !parts.contains_key(**name))`.",
        ]),
    );
    all
}

fn chances<T: SharedParts>() -> Vec<Check> {
    vec![
        Check::new("distinct", "Where every part stands once, blocks combine as independent ones do.", |seed| {
            agree(T::unavailability, Draw { names: None, places: 1..3 }, seed)
        })
        .points(2)
        .section("systems-of-systems")
        .hints([
            "You have solved each kind of block before.",
            "Work from the leaves to the root: a block's answer follows from its children's.",
            "`match block { Block::Part(name) => …, Block::Series(blocks) => …, … }`, calling itself for each child.",
        ]),
        Check::new("shared", "A part that stands in several places is up in all of them or down in all.", |seed| {
            agree(T::unavailability, Draw { names: Some(4), places: 1..3 }, seed)
        })
        .points(4)
        .hints([
            "Two branches need one database. Are the branches independent?",
            "Take the shared part out of chance: solve the rest with it down, and with it up.",
            "`u * with_it_down + (1.0 - u) * with_it_up`, once for each part that stands twice.",
        ]),
        Check::new("empty-blocks", "A series of nothing is up, one of nothing is down.", |_| empty(T::unavailability))
            .section("in-series")
            .hints([
                "What do `all` and `any` say of an empty list?",
                "Nothing is missing from an empty series; nothing could be up in an empty parallel block.",
                "Begin a series with 0 down and a parallel block with 1.",
            ]),
        Check::new("small", "Small answers keep their digits, with shared parts too.", |seed| {
            agree(T::unavailability, Draw { names: Some(4), places: 4..7 }, seed)
        })
        .points(2)
        .section("why-unavailability")
        .hints([
            "Do you compute how often it is up, and subtract?",
            "Add up chances of being down only.",
            "`down + (1.0 - down) * u` for a series; and condition on the unavailability, not on its complement.",
        ]),
    ]
}

/// How systems are drawn.
#[derive(Clone)]
struct Draw {
    /// How many names there are to choose from; `None`: each is used once.
    names: Option<usize>,
    places: std::ops::Range<i32>,
}

#[derive(Clone)]
struct System {
    block: Block,
    chances: BTreeMap<String, f64>,
}

impl Draw {
    fn system(&self, random: &mut ChaCha8Rng, leaves: usize) -> System {
        let mut next = 0;
        let block = self.block(random, leaves, &mut next);
        let mut chances = BTreeMap::new();
        for name in names(&block) {
            chances.insert(name.to_owned(), chance(random, self.places.clone()));
        }
        System { block, chances }
    }

    fn block(&self, random: &mut ChaCha8Rng, leaves: usize, next: &mut usize) -> Block {
        if leaves <= 1 {
            let index = self
                .names
                .map_or(*next, |names| random.random_range(0..names));
            *next += 1;
            return Block::Part(format!("p{index}"));
        }
        let cut = random.random_range(1..leaves);
        let mut children = vec![self.block(random, cut, next)];
        children.push(self.block(random, leaves - cut, next));
        if random.random_range(0..3) == 0 {
            children.push(self.block(random, 1, next));
        }
        match random.random_range(0..5) {
            0 | 1 => Block::Series(children),
            2 | 3 => Block::Parallel(children),
            _ => Block::AtLeast(random.random_range(1..=children.len()), children),
        }
    }
}

/// Every name once, in order.
fn names(block: &Block) -> Vec<&str> {
    fn collect<'a>(block: &'a Block, all: &mut Vec<&'a str>) {
        match block {
            Block::Part(name) => all.push(name),
            Block::Series(blocks) | Block::Parallel(blocks) | Block::AtLeast(_, blocks) => {
                blocks.iter().for_each(|block| collect(block, all));
            }
        }
    }
    let mut all = Vec::new();
    collect(block, &mut all);
    all.sort_unstable();
    all.dedup();
    all
}

fn is_up(block: &Block, up: &BTreeMap<&str, bool>) -> bool {
    match block {
        Block::Part(name) => up.get(name.as_str()).copied().unwrap_or(false),
        Block::Series(blocks) => blocks.iter().all(|block| is_up(block, up)),
        Block::Parallel(blocks) => blocks.iter().any(|block| is_up(block, up)),
        Block::AtLeast(needed, blocks) => {
            blocks.iter().filter(|block| is_up(block, up)).count() >= *needed
        }
    }
}

/// Every state of all parts, and the chance of those in which it is down.
fn model(system: &System) -> f64 {
    let names = names(&system.block);
    let chance_of = |up: &BTreeMap<&str, bool>| -> f64 {
        let each = up.iter().map(|(name, is_up)| {
            let down = system.chances.get(*name).copied().unwrap_or(0.0);
            if *is_up { 1.0 - down } else { down }
        });
        each.product()
    };
    let states = (0..1_u32 << names.len()).map(|state| {
        names
            .iter()
            .enumerate()
            .map(|(bit, name)| (*name, state >> bit & 1 == 1))
            .collect()
    });
    states
        .filter(|up| !is_up(&system.block, up))
        .map(|up| chance_of(&up))
        .sum()
}

fn judge(solve: Solve, system: &System) -> Difference {
    let parts = system
        .chances
        .iter()
        .map(|(name, chance)| (name.clone(), Unavailability::clamped(*chance)));
    match solve(&system.block, &parts.collect()) {
        Ok(found) => near(model(system), found)
            .map(|(expected, actual)| (format!("Ok({expected})"), format!("Ok({actual})"))),
        Err(error) => Some(("a probability".to_owned(), format!("{error:?}"))),
    }
}

fn agree(solve: Solve, draw: Draw, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    let sizes = (1..7).flat_map(|leaves| [leaves; 25]);
    Trial {
        inputs: sizes
            .map(|leaves| draw.system(&mut random, leaves))
            .collect::<Vec<System>>(),
        judge: |system: &System| judge(solve, system),
        text: |system: &System| written(&system.block, &system.chances),
        smaller: |system: &System| {
            let blocks = simpler(&system.block).into_iter();
            let same = |block| System {
                block,
                chances: system.chances.clone(),
            };
            // An empty block is a rule of its own.
            blocks.filter(|block| !has_empty(block)).map(same).collect()
        },
    }
    .run()
}

fn children(block: &Block) -> &[Block] {
    match block {
        Block::Part(_) => &[],
        Block::Series(blocks) | Block::Parallel(blocks) | Block::AtLeast(_, blocks) => blocks,
    }
}

fn has_empty(block: &Block) -> bool {
    let is_part = matches!(block, Block::Part(_));
    !is_part && (children(block).is_empty() || children(block).iter().any(has_empty))
}

/// The block with these children.
fn rebuilt(block: &Block, blocks: Vec<Block>) -> Block {
    match block {
        Block::Part(name) => Block::Part(name.clone()),
        Block::Series(_) => Block::Series(blocks),
        Block::Parallel(_) => Block::Parallel(blocks),
        Block::AtLeast(needed, _) => Block::AtLeast((*needed).min(blocks.len()), blocks),
    }
}

/// One of its children, or itself with one child fewer or with a simpler one.
fn simpler(block: &Block) -> Vec<Block> {
    let blocks = children(block);
    let mut all = blocks.to_vec();
    for index in 0..blocks.len() {
        let mut fewer = blocks.to_vec();
        fewer.remove(index);
        all.push(rebuilt(block, fewer));
        for child in simpler(&blocks[index]) {
            let mut other = blocks.to_vec();
            other[index] = child;
            all.push(rebuilt(block, other));
        }
    }
    all
}

fn code(block: &Block) -> String {
    let list = |blocks: &[Block]| {
        let all: Vec<String> = blocks.iter().map(code).collect();
        format!("vec![{}]", all.join(", "))
    };
    match block {
        Block::Part(name) => format!("Block::part({name:?})"),
        Block::Series(blocks) => format!("Block::Series({})", list(blocks)),
        Block::Parallel(blocks) => format!("Block::Parallel({})", list(blocks)),
        Block::AtLeast(needed, blocks) => format!("Block::AtLeast({needed}, {})", list(blocks)),
    }
}

fn written(block: &Block, chances: &BTreeMap<String, f64>) -> String {
    let named = names(block);
    let used = chances
        .iter()
        .filter(|(name, _)| named.contains(&name.as_str()));
    let pairs: Vec<String> = used
        .map(|(name, chance)| format!("(\"{name}\".to_owned(), {})", super::draw::written(*chance)))
        .collect();
    call(block, &pairs.join(", "))
}

fn call(block: &Block, pairs: &str) -> String {
    let system = code(block);
    format!(
        "let system = {system};\nlet parts = std::collections::BTreeMap::from([{pairs}]);\n\
         Mine::unavailability(&system, &parts)"
    )
}

fn empty(solve: Solve) -> Verdict {
    let a = || Block::part("a");
    let blocks = [
        Block::Series(vec![]),
        Block::Parallel(vec![]),
        Block::AtLeast(0, vec![]),
        Block::AtLeast(1, vec![]),
        Block::Series(vec![a(), Block::Series(vec![])]),
        Block::Parallel(vec![a(), Block::Parallel(vec![])]),
    ];
    Trial {
        inputs: blocks.map(|block| System {
            block,
            chances: BTreeMap::from([("a".to_owned(), 0.5)]),
        }),
        judge: |system: &System| judge(solve, system),
        text: |system: &System| written(&system.block, &system.chances),
        smaller: |_: &System| Vec::new(),
    }
    .run()
}

fn unknown(solve: Solve) -> Verdict {
    let [x, y, a] = ["x", "y", "a"].map(Block::part);
    let blocks = [
        (x.clone(), "x"),
        (Block::Series(vec![y.clone(), a.clone(), x.clone()]), "x"),
        (
            Block::Parallel(vec![a.clone(), Block::AtLeast(0, vec![y, x.clone()])]),
            "x",
        ),
        (Block::AtLeast(5, vec![x]), "x"),
    ];
    Trial {
        inputs: blocks,
        judge: |(block, part): &(Block, &str)| {
            let known = BTreeMap::from([("a".to_owned(), Unavailability::clamped(0.5))]);
            let expected = Err(UnknownPart {
                part: (*part).to_owned(),
            });
            equal(&expected, &solve(block, &known))
        },
        text: |(block, _): &(Block, &str)| {
            let pair = format!("(\"a\".to_owned(), {})", super::draw::written(0.5));
            call(block, &pair)
        },
        smaller: |_: &(Block, &str)| Vec::new(),
    }
    .run()
}
