//! Checks of the exercise `modulo_placement`.
//!
//! There is no ring here and no state, so inputs are tried directly, small ones
//! first.

use super::draw::Draw;
use crate::consistent_hashing::{ModuloPlacement, key_position};
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict};

const RULES: [Rule; 4] = [
    Rule {
        name: "remainder",
        text: "A key's server is the remainder of its hash, divided by the number of servers.",
        points: 2,
        section: "",
        hints: [
            "Which function of the course hashes a key?",
            "The remainder of a division by `n` is one of `0..n`.",
            "`key_position(key) % servers as u64`",
        ],
    },
    Rule {
        name: "whole-hash",
        text: "All 64 bits of the hash count, as an unsigned number, whatever the number of servers.",
        points: 1,
        section: "",
        hints: [
            "A cast to a smaller type keeps the low bits only.",
            "Divide first and make the result smaller afterwards: the remainder always fits.",
            "`(key_position(key) % servers as u64) as usize`",
        ],
    },
    Rule {
        name: "no-servers",
        text: "Without servers no key has an owner, and nothing panics.",
        points: 1,
        section: "",
        hints: [
            "What does Rust do when a number is divided by zero?",
            "Look at the number of servers before you divide, or divide in a way that can say no.",
            "`key_position(key).checked_rem(servers as u64)`",
        ],
    },
    Rule {
        name: "moved",
        text: "`moved` is the number of keys in the list whose owner differs between the two numbers of servers.",
        points: 2,
        section: "",
        hints: [
            "Ask for each key's owner twice: before and after.",
            "Count the keys for which the two answers differ; no formula is needed.",
            "`keys.iter().filter(|key| Self::owner(key, before) != Self::owner(key, after)).count()`",
        ],
    },
];

/// The checks of a solution of [`ModuloPlacement`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Modulo, checks};
///
/// for check in checks::modulo_placement::all::<Modulo>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: ModuloPlacement>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| remainder(Solution::of::<T>(), seed),
            |seed| whole_hash(Solution::of::<T>(), seed),
            |seed| no_servers(Solution::of::<T>(), seed),
            |seed| moved(Solution::of::<T>(), seed),
        ],
    )
}

/// A solution's two functions, so that the checks are compiled once and not for
/// every solution.
#[derive(Clone, Copy)]
struct Solution {
    owner: fn(&[u8], usize) -> Option<usize>,
    moved: fn(&[&[u8]], usize, usize) -> usize,
}

impl Solution {
    fn of<T: ModuloPlacement>() -> Self {
        Self {
            owner: T::owner,
            moved: T::moved,
        }
    }
}

fn owner_is_right(solution: Solution, key: &[u8], servers: usize) -> Verdict {
    let expected = match servers {
        0 => None,
        n => Some((u128::from(key_position(key)) % n as u128) as usize),
    };
    let actual = (solution.owner)(key, servers);
    if actual == expected {
        return Ok(());
    }
    Err(Counterexample::new(
        format!(
            "Mine::owner(b\"{}\", {servers})\n// the key's hash is {}",
            key.escape_ascii(),
            key_position(key)
        ),
        format!("{expected:?}"),
        format!("{actual:?}"),
    ))
}

/// Powers of two, so that a hash cut to its low bits still passes here.
fn remainder(solution: Solution, seed: Seed) -> Verdict {
    let keys = Draw::new(seed).plain_keys(200);
    for servers in [1, 2, 4, 8, 64] {
        keys.iter()
            .try_for_each(|key| owner_is_right(solution, key, servers))?;
    }
    Ok(())
}

fn whole_hash(solution: Solution, seed: Seed) -> Verdict {
    let keys = Draw::new(seed).plain_keys(200);
    let large = [u32::MAX as usize, usize::MAX / 3, usize::MAX];
    for servers in (3..50).chain([101, 1000, 65_537]).chain(large) {
        keys.iter()
            .try_for_each(|key| owner_is_right(solution, key, servers))?;
    }
    Ok(())
}

fn no_servers(solution: Solution, seed: Seed) -> Verdict {
    let keys = Draw::new(seed).plain_keys(20);
    keys.iter()
        .try_for_each(|key| owner_is_right(solution, key, 0))?;
    for (before, after) in [(0, 0), (0, 3), (3, 0)] {
        moved_is_right(solution, &keys, before, after)?;
    }
    Ok(())
}

fn moved(solution: Solution, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    for n_keys in [0, 1, 2, 3, 10, 300] {
        let mut keys = draw.plain_keys(n_keys);
        // Every list of three or more has a key twice.
        if let [first, .., last] = keys.as_mut_slice() {
            last.clone_from(first);
        }
        for before in 1..12 {
            for after in 1..12 {
                moved_is_right(solution, &keys, before, after)?;
            }
        }
    }
    Ok(())
}

fn moved_is_right(solution: Solution, keys: &[Vec<u8>], before: usize, after: usize) -> Verdict {
    let owner = |key: &[u8], servers: usize| key_position(key).checked_rem(servers as u64);
    let differs = |key: &&Vec<u8>| owner(key, before) != owner(key, after);
    let expected = keys.iter().filter(differs).count();
    let borrowed: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
    let actual = (solution.moved)(&borrowed, before, after);
    if actual == expected {
        return Ok(());
    }
    let list: Vec<String> = keys
        .iter()
        .map(|key| format!("b\"{}\"", key.escape_ascii()))
        .collect();
    let list = match keys.len() {
        0..=3 => list.join(", "),
        n => format!(
            "{}, … {n} keys, the last like the first",
            list[..2].join(", ")
        ),
    };
    Err(Counterexample::new(
        format!("Mine::moved(&[{list}], {before}, {after})"),
        expected.to_string(),
        actual.to_string(),
    ))
}
