//! Checks of the exercise `maglev_table`.
//!
//! A table is made once and asked for the owner of every slot, and that list is held
//! against one that is filled the slow way, with whole preference lists. The first rules
//! ask for less than the whole, so that a learner sees how far the table is right.

use super::draw::Draw;
use crate::consistent_hashing::{MaglevTable, RingError, RingHash};
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict, naming};

/// Primes from small to large: on the small ones servers get into each other's way.
const SMALL: [u32; 6] = [2, 3, 5, 7, 11, 13];
const LARGE: [u32; 2] = [101, 1009];

const RULES: [Rule; 5] = [
    Rule {
        name: "turns",
        text: "Servers take turns in the order of their names, whatever the order in which they are given, so that shares differ by at most one slot.",
        points: 2,
        section: "",
        hints: [
            "Each server takes one slot, then the next server one.",
            "Sort the names; go round the servers until no slot is free, and stop at once when the last is taken.",
            "`for turn in 0..slots { let server = turn % servers.len(); … }`",
        ],
    },
    Rule {
        name: "first-choice",
        text: "At its turn a server takes the first of its preferred slots that is free.",
        points: 3,
        section: "",
        hints: [
            "Write down one server's preferences by hand: offset, offset + skip, offset + 2 × skip … modulo the slots.",
            "`offset` comes from the server's point 0, modulo the slots; `skip` from its point 1, modulo one less, plus 1.",
            "Keep for each server the next slot to try: `while taken[next] { next = (next + skip) % slots; }`",
        ],
    },
    Rule {
        name: "whole-hash",
        text: "A key belongs to the slot of its hash modulo the slots, and all 64 bits of every hash count.",
        points: 2,
        section: "",
        hints: [
            "A cast to a smaller type keeps the low bits only.",
            "Take the remainder as a `u64` first; it always fits.",
            "`(self.hash.key(key) % u64::from(self.slots)) as usize`",
        ],
    },
    Rule {
        name: "no-servers",
        text: "Without servers no key has an owner, and nothing panics or goes on for ever.",
        points: 1,
        section: "",
        hints: [
            "Who takes the first turn if there is nobody?",
            "Look for the empty list before you fill anything.",
            "An empty list of owners, and `owners.get(slot)?` in `owner`.",
        ],
    },
    Rule {
        name: "refused",
        text: "A number of slots that is not prime is refused, and else a name that comes twice.",
        points: 2,
        section: "",
        hints: [
            "Read the table in the contract's documentation; the number of slots is looked at first.",
            "0 and 1 are no primes, and 2 is one; equal names lie side by side once the names are sorted.",
            "`(2..slots).take_while(|d| d * d <= slots).any(|d| slots % d == 0)`, in `u64`",
        ],
    },
];

/// The checks of a solution of [`MaglevTable`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Maglev, checks};
///
/// for check in checks::maglev_table::all::<Maglev>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: MaglevTable + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| turns(build::<T>, seed),
            |seed| first_choice(build::<T>, seed),
            |seed| whole_hash(build::<T>, seed),
            |seed| no_servers(build::<T>, seed),
            |seed| refused(build::<T>, seed),
        ],
    )
}

/// Makes a solution's table of a case and asks it for the owners of some keys; in this
/// form the checks are compiled once.
type Build = fn(&Case) -> Result<Vec<Option<String>>, RingError>;

fn build<T: MaglevTable>(case: &Case) -> Result<Vec<Option<String>>, RingError> {
    let servers: Vec<&str> = case.servers.iter().map(String::as_str).collect();
    let make = || T::new(case.hash(), case.slots, &servers);
    let table = naming(|| case.question(None), make)?;
    let owner = |key: &Vec<u8>| {
        let owner = || table.owner(key).map(str::to_owned);
        naming(|| case.question(Some(key)), owner)
    };
    Ok(case.keys.iter().map(owner).collect())
}

/// A table, and the keys to ask it for.
#[derive(Clone)]
struct Case {
    labelled: bool,
    slots: u32,
    servers: Vec<String>,
    keys: Vec<Vec<u8>>,
}

impl Case {
    fn hash(&self) -> RingHash {
        if self.labelled {
            RingHash::LABELLED
        } else {
            RingHash::XXH3
        }
    }

    /// A table with labels, asked for the owner of each of its slots.
    fn of_slots(slots: u32, servers: Vec<String>) -> Self {
        Self {
            labelled: true,
            slots,
            servers,
            keys: (0..slots)
                .map(|slot| super::draw::key_at(slot.into()))
                .collect(),
        }
    }

    fn counterexample(
        &self,
        key: Option<&[u8]>,
        expected: String,
        actual: String,
    ) -> Counterexample {
        Counterexample::new(self.question(key), expected, actual)
    }

    /// How a learner asks for the owner of a key; without one, for the table alone.
    fn question(&self, key: Option<&[u8]>) -> String {
        let hash = if self.labelled { "LABELLED" } else { "XXH3" };
        let make = format!(
            "Mine::new(RingHash::{hash}, {}, &{:?})",
            self.slots, self.servers
        );
        match key {
            None => make,
            Some(key) => format!(
                "let table = {make}.unwrap();\ntable.owner(b\"{}\");",
                key.escape_ascii()
            ),
        }
    }
}

/// The owner of every slot, by index of the sorted names.
fn slots_of(case: &Case) -> Vec<Option<String>> {
    let slots = u64::from(case.slots);
    let mut names = case.servers.clone();
    names.sort_unstable();
    let mut owners = vec![None; case.slots as usize];
    let mut turns = names.iter().cycle();
    while let (true, Some(name)) = (owners.contains(&None), turns.next()) {
        let offset = case.hash().point(name, 0) % slots;
        let skip = case.hash().point(name, 1) % (slots - 1) + 1;
        // From the beginning at each turn: nothing is remembered.
        let preferences = (0..slots).map(|i| ((offset + i * skip) % slots) as usize);
        let free = preferences.into_iter().find(|slot| owners[*slot].is_none());
        if let Some(slot) = free {
            owners[slot] = Some(name.clone());
        }
    }
    owners
}

/// Whether every key of the case has the right owner.
fn agree(build: Build, case: &Case) -> Verdict {
    let table = slots_of(case);
    let slot = |key: &[u8]| (case.hash().key(key) % u64::from(case.slots)) as usize;
    let owners = build(case).map_err(|refusal| {
        case.counterexample(None, "a table".to_owned(), format!("Err({refusal:?})"))
    })?;
    for (key, actual) in case.keys.iter().zip(owners) {
        let expected = &table[slot(key)];
        if actual != *expected {
            let (expected, actual) = (format!("{expected:?}"), format!("{actual:?}"));
            return Err(case.counterexample(Some(key), expected, actual));
        }
    }
    Ok(())
}

/// Only how many slots each server has; which they are is the next rule.
fn turns(build: Build, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    for slots in SMALL.into_iter().chain(LARGE) {
        for count in [1, 2, 3, 5] {
            let case = Case::of_slots(slots, draw.servers(count, 2));
            let shares = |owners: Vec<Option<String>>| {
                let mut names = case.servers.clone();
                names.sort_unstable();
                let of = |name: &String| {
                    let held = owners.iter().filter(|owner| owner.as_ref() == Some(name));
                    format!("{name:?} has {}", held.count())
                };
                names.iter().map(of).collect::<Vec<_>>().join(", ")
            };
            let expected = shares(slots_of(&case));
            let actual = match build(&case) {
                Ok(owners) => shares(owners),
                Err(refusal) => format!("Err({refusal:?})"),
            };
            if actual != expected {
                let counted = |text| format!("of the keys k@0 to k@{}, {text}", slots - 1);
                return Err(Counterexample::new(
                    format!("let table = {}.unwrap();", case.question(None)),
                    counted(expected),
                    counted(actual),
                ));
            }
        }
    }
    Ok(())
}

fn first_choice(build: Build, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    for count in 1..=5 {
        for slots in SMALL {
            agree(build, &Case::of_slots(slots, draw.servers(count, 2)))?;
        }
    }
    Ok(())
}

fn whole_hash(build: Build, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    for slots in SMALL.into_iter().chain(LARGE) {
        let case = Case {
            labelled: false,
            slots,
            servers: draw.plain_servers(4),
            keys: draw.plain_keys(60),
        };
        agree(build, &case)?;
    }
    Ok(())
}

fn no_servers(build: Build, _: Seed) -> Verdict {
    for slots in SMALL {
        agree(build, &Case::of_slots(slots, Vec::new()))?;
    }
    Ok(())
}

fn refused(build: Build, seed: Seed) -> Verdict {
    let servers = Draw::new(seed).servers(2, 2);
    let twice = [servers.clone(), servers[..1].to_vec()].concat();
    let is_prime =
        |slots: u32| slots > 1 && (2..slots).all(|divisor| !slots.is_multiple_of(divisor));
    for slots in (0..30).chain([49, 121, 1009, 1024]) {
        for servers in [&servers, &twice] {
            let mut case = Case::of_slots(slots, servers.clone());
            case.keys.clear();
            let expected = if !is_prime(slots) {
                Err(RingError::SlotsNotPrime { slots })
            } else if servers.len() == twice.len() {
                Err(RingError::duplicate(&twice[0]))
            } else {
                Ok(())
            };
            let actual = build(&case).map(drop);
            if actual != expected {
                let shown = |outcome| match outcome {
                    Ok(()) => "a table".to_owned(),
                    Err(refusal) => format!("Err({refusal:?})"),
                };
                return Err(case.counterexample(None, shown(expected), shown(actual)));
            }
        }
    }
    Ok(())
}
