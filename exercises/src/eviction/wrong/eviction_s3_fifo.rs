//! Wrong solutions of the exercise `eviction_s3_fifo`.
//!
//! All but those around a right policy are three queues, with one of the mistakes that are
//! named by constants.

use std::collections::VecDeque;

use super::around::{AskingIsUse, OneTooFew, OneTooMany, RemembersTheGone, Silent};
use crate::catalog::Wrong;
use crate::eviction::checks::model::{Model, Slow};
use crate::eviction::{Policy, S3Fifo, Simulated, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 17] = [
    of::<OneTooFew<Simulated<S3Fifo>>>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OneTooMany<Simulated<S3Fifo>>>(
        "OneTooMany",
        "It evicts only when there are more keys than places, and so holds one key too many.",
        "small-queue",
    ),
    of::<Silent<Simulated<S3Fifo>>>(
        "Silent",
        "It evicts, but answers `evicted: None`; whoever owns the entry has to learn that it is gone.",
        "small-queue",
    ),
    of::<Model<Queues<ONE_USE>>>(
        "OneUseIsEnough",
        "One use gets a newcomer into the main queue; the contract asks for two.",
        "small-queue",
    ),
    of::<Model<Queues<IGNORES_USES>>>(
        "IgnoresUses",
        "The oldest of the small queue goes, however often it was used: without comebacks that is FIFO.",
        "small-queue",
    ),
    of::<Model<Queues<KEEPS_USES>>>(
        "KeepsUses",
        "A key that moves to the main queue keeps its uses; it has to begin again with 0.",
        "main-queue",
    ),
    of::<Model<Queues<FILLS_SMALL>>>(
        "FillsTheSmallQueue",
        "While there is room, all newcomers go into the small queue; when that has its share, they go into the main one.",
        "small-queue",
    ),
    of::<Model<Queues<NO_GHOSTS>>>(
        "NoGhosts",
        "Nobody is remembered, so a key that comes back is a newcomer again.",
        "ghosts",
    ),
    of::<Model<Queues<LOOKS_TOO_LATE>>>(
        "LooksTooLate",
        "It evicts before it looks among the ghosts, and the key that goes may push out the very one that comes back.",
        "ghosts",
    ),
    of::<Model<Queues<GHOSTS_OF_MAIN>>>(
        "GhostsOfTheMainQueue",
        "Keys that leave the main queue are remembered as well; only those of the small queue are.",
        "main-queue",
    ),
    of::<Model<Queues<GHOSTS_STAY>>>(
        "GhostsStay",
        "A key that has come back stays among the ghosts, and takes another one's place there.",
        "main-queue",
    ),
    of::<Model<Queues<MAIN_FIFO>>>(
        "MainWithoutSecondChance",
        "The oldest of the main queue goes whatever its uses.",
        "main-queue",
    ),
    of::<Model<Queues<ALL_USES>>>(
        "OneRoundForAllUses",
        "A key of the main queue goes round once and loses all its uses; each round costs one.",
        "main-queue",
    ),
    of::<Model<Queues<NO_LIMIT>>>(
        "CountsWithoutLimit",
        "Uses are counted beyond 3: a key that was popular long ago goes round for ever.",
        "main-queue",
    ),
    of::<Model<Queues<SMALL_FIRST>>>(
        "AlwaysTheSmallQueue",
        "A key of the small queue goes as long as there is one, however many the main queue holds.",
        "main-queue",
    ),
    of::<AskingIsUse<Simulated<S3Fifo>>>(
        "AskingIsUse",
        "`contains` counts as a use, as an access does; asking is not a use.",
        "questions",
    ),
    of::<RemembersTheGone<Simulated<S3Fifo>>>(
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
        checks: checks::eviction_s3_fifo::all::<T>,
    }
}

/// One use is enough to stay.
const ONE_USE: u8 = 1;
/// Uses do not count in the small queue.
const IGNORES_USES: u8 = 2;
/// Uses are kept on the way to the main queue.
const KEEPS_USES: u8 = 3;
/// Nobody is remembered.
const NO_GHOSTS: u8 = 4;
/// The eviction comes first.
const LOOKS_TOO_LATE: u8 = 5;
/// Main keys are remembered.
const GHOSTS_OF_MAIN: u8 = 6;
/// What has come back stays a ghost.
const GHOSTS_STAY: u8 = 7;
/// Uses do not count in the main queue.
const MAIN_FIFO: u8 = 8;
/// A round costs all uses.
const ALL_USES: u8 = 9;
/// Uses have no limit.
const NO_LIMIT: u8 = 10;
/// The shares are not asked.
const SMALL_FIRST: u8 = 11;

/// The main queue is empty until somebody proves worthy.
const FILLS_SMALL: u8 = 12;

/// Three queues, and a mistake.
struct Queues<const MISTAKE: u8> {
    capacity: usize,
    small: VecDeque<(u64, u32)>,
    main: VecDeque<(u64, u32)>,
    ghosts: VecDeque<u64>,
}

impl<const MISTAKE: u8> Queues<MISTAKE> {
    fn small_share(&self) -> usize {
        (self.capacity / 10).max(1)
    }

    fn remember(&mut self, key: u64) {
        self.ghosts.retain(|ghost| *ghost != key);
        self.ghosts.push_back(key);
        if self.ghosts.len() > self.capacity * 9 / 10 {
            self.ghosts.pop_front();
        }
    }

    fn leave_small(&mut self) -> Option<u64> {
        let needed = match MISTAKE {
            ONE_USE => 1,
            IGNORES_USES => u32::MAX,
            _ => 2,
        };
        while let Some((key, uses)) = self.small.pop_front() {
            if uses < needed {
                self.remember(key);
                return Some(key);
            }
            let kept = if MISTAKE == KEEPS_USES { uses } else { 0 };
            self.main.push_back((key, kept));
        }
        None
    }

    fn leave_main(&mut self) -> Option<u64> {
        while let Some((key, uses)) = self.main.pop_front() {
            if uses == 0 || MISTAKE == MAIN_FIFO {
                if MISTAKE == GHOSTS_OF_MAIN {
                    self.remember(key);
                }
                return Some(key);
            }
            let left = if MISTAKE == ALL_USES { 0 } else { uses - 1 };
            self.main.push_back((key, left));
        }
        None
    }

    fn evict(&mut self) -> Option<u64> {
        let main_share = self.capacity - self.small_share();
        let small_first = self.main.len() <= main_share || MISTAKE == SMALL_FIRST;
        let from_small = small_first.then(|| self.leave_small()).flatten();
        from_small.or_else(|| self.leave_main())
    }
}

impl<const MISTAKE: u8> Slow for Queues<MISTAKE> {
    fn new(capacity: usize) -> Self {
        Self {
            capacity,
            small: VecDeque::new(),
            main: VecDeque::new(),
            ghosts: VecDeque::new(),
        }
    }

    fn held(&self) -> Vec<u64> {
        let all = self.small.iter().chain(&self.main);
        all.map(|(key, _)| *key).collect()
    }

    fn hit(&mut self, key: u64) {
        let mut all = self.small.iter_mut().chain(&mut self.main);
        if let Some((_, uses)) = all.find(|(other, _)| *other == key) {
            *uses = match MISTAKE {
                NO_LIMIT => *uses + 1,
                _ => (*uses + 1).min(3),
            };
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let early = (full && MISTAKE == LOOKS_TOO_LATE).then(|| self.evict());
        let was_ghost = self.ghosts.contains(&key) && MISTAKE != NO_GHOSTS;
        if was_ghost && MISTAKE != GHOSTS_STAY {
            self.ghosts.retain(|ghost| *ghost != key);
        }
        let small_is_full = self.small.len() >= self.small_share();
        let fills_main = !full && small_is_full && MISTAKE != FILLS_SMALL;
        let evicted = early.or_else(|| full.then(|| self.evict()));
        let queue = if was_ghost || fills_main {
            &mut self.main
        } else {
            &mut self.small
        };
        queue.push_back((key, 0));
        evicted.flatten()
    }
}
