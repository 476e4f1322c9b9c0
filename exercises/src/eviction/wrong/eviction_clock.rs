//! Wrong solutions of the exercise `eviction_clock`.
//!
//! All but those around a right policy are an array and a hand, with one of the mistakes that
//! are named by constants.

use super::around::{AskingIsUse, OneTooFew, OneTooMany, RemembersTheGone, Silent};
use crate::catalog::Wrong;
use crate::eviction::checks::model::{Model, Slow};
use crate::eviction::{Clock, Policy, Simulated, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 12] = [
    of::<OneTooFew<Simulated<Clock>>>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OneTooMany<Simulated<Clock>>>(
        "OneTooMany",
        "It evicts only when there are more keys than places, and so holds one key too many.",
        "in-a-circle",
    ),
    of::<Silent<Simulated<Clock>>>(
        "Silent",
        "It evicts, but answers `evicted: None`; whoever owns the entry has to learn that it is gone.",
        "in-a-circle",
    ),
    of::<Model<Circle<STARTS_AT_0>>>(
        "StartsAtTheFirst",
        "The hand begins at the first place at each miss, so the keys there go again and again.",
        "in-a-circle",
    ),
    of::<Model<Circle<HAND_STAYS>>>(
        "HandStays",
        "The hand stays at the place that was given to the newcomer, and looks at it first the next time.",
        "in-a-circle",
    ),
    of::<Model<Circle<NO_SECOND_CHANCE>>>(
        "NoSecondChance",
        "Marks are not looked at: that is FIFO.",
        "second-chance",
    ),
    of::<Model<Circle<CLEARS_ALL>>>(
        "ClearsAllMarks",
        "A miss takes the marks of all keys away, also of those that the hand did not pass.",
        "second-chance",
    ),
    of::<Model<Circle<KEEPS_MARKS>>>(
        "KeepsMarks",
        "The hand passes marked keys and leaves their marks: a key that was used once is never evicted while another is unmarked.",
        "round-and-round",
    ),
    of::<Model<Circle<MARKS_NEWCOMERS>>>(
        "MarksNewcomers",
        "A newcomer comes in marked; it gets its first chance for nothing, and a key that was asked for twice is worth no more than one that was asked for once.",
        "second-chance",
    ),
    of::<Model<Circle<COUNTS_USES>>>(
        "CountsUses",
        "Marks are counters: a key that was used three times is passed three times. A mark is there or not.",
        "round-and-round",
    ),
    of::<AskingIsUse<Simulated<Clock>>>(
        "AskingIsUse",
        "`contains` counts as a use, as an access does; asking is not a use.",
        "questions",
    ),
    of::<RemembersTheGone<Simulated<Clock>>>(
        "RemembersTheGone",
        "An evicted key leaves the order, but not the map beside it, and `contains` still says that it is there.",
        "questions",
    ),
];

const fn of<T: Policy + 'static>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::eviction_clock::all::<T>,
    }
}

/// The hand begins at place 0 each time.
const STARTS_AT_0: u8 = 1;
/// The hand does not leave the newcomer.
const HAND_STAYS: u8 = 2;
/// Marks are not looked at.
const NO_SECOND_CHANCE: u8 = 3;
/// All marks go at each miss.
const CLEARS_ALL: u8 = 4;
/// Passing leaves marks, for one turn.
const KEEPS_MARKS: u8 = 5;
/// Newcomers are marked.
const MARKS_NEWCOMERS: u8 = 6;
/// Marks are counted.
const COUNTS_USES: u8 = 7;

/// An array, a hand, and a mistake.
struct Circle<const MISTAKE: u8> {
    /// Keys, and how often each was marked.
    slots: Vec<(u64, u64)>,
    hand: usize,
}

impl<const MISTAKE: u8> Circle<MISTAKE> {
    fn turn_to_victim(&mut self) {
        if MISTAKE == STARTS_AT_0 {
            self.hand = 0;
        }
        let n_slots = self.slots.len();
        if MISTAKE == KEEPS_MARKS {
            // After a whole turn without success it takes what is there.
            let unmarked = (0..n_slots)
                .map(|step| (self.hand + step) % n_slots)
                .find(|place| self.slots[*place].1 == 0);
            self.hand = unmarked.unwrap_or(self.hand);
        } else if MISTAKE != NO_SECOND_CHANCE {
            while self.slots[self.hand].1 > 0 {
                self.slots[self.hand].1 -= 1;
                self.hand = (self.hand + 1) % n_slots;
            }
        }
        if MISTAKE == CLEARS_ALL {
            for (_, marks) in &mut self.slots {
                *marks = 0;
            }
        }
    }
}

impl<const MISTAKE: u8> Slow for Circle<MISTAKE> {
    fn new(_: usize) -> Self {
        Self {
            slots: Vec::new(),
            hand: 0,
        }
    }

    fn held(&self) -> Vec<u64> {
        self.slots.iter().map(|(key, _)| *key).collect()
    }

    fn hit(&mut self, key: u64) {
        let slot = self.slots.iter_mut().find(|(other, _)| *other == key);
        if let Some((_, marks)) = slot {
            *marks = if MISTAKE == COUNTS_USES {
                *marks + 1
            } else {
                1
            };
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let newcomer = (key, u64::from(MISTAKE == MARKS_NEWCOMERS));
        if !full {
            self.slots.push(newcomer);
            return None;
        }
        self.turn_to_victim();
        let (victim, _) = std::mem::replace(&mut self.slots[self.hand], newcomer);
        if MISTAKE != HAND_STAYS {
            self.hand = (self.hand + 1) % self.slots.len();
        }
        Some(victim)
    }
}
