//! Wrong solutions of the exercise `eviction_sieve`.
//!
//! All but those around a right policy are a list and a hand, with one of the mistakes that
//! are named by constants. `SwapRemoves` is what the crate `sieve-cache` 1.2.0 does.

use super::around::{AskingIsUse, OneTooFew, OneTooMany, RemembersTheGone, Silent};
use crate::catalog::Wrong;
use crate::eviction::checks::model::{Model, Slow};
use crate::eviction::{Policy, Sieve, Simulated, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 14] = [
    of::<OneTooFew<Simulated<Sieve>>>(
        "OneTooFew",
        "It evicts when one place is still free: the cache is full when it holds as many keys as its capacity says.",
        "room",
    ),
    of::<OneTooMany<Simulated<Sieve>>>(
        "OneTooMany",
        "It evicts only when there are more keys than places, and so holds one key too many.",
        "oldest-first",
    ),
    of::<Silent<Simulated<Sieve>>>(
        "Silent",
        "It evicts, but answers `evicted: None`; whoever owns the entry has to learn that it is gone.",
        "oldest-first",
    ),
    of::<Model<Line<FROM_NEWEST>>>(
        "FromTheNewest",
        "The hand begins at the newest key and goes towards the oldest; it has to go from old to new.",
        "oldest-first",
    ),
    of::<Model<Line<SWAP_REMOVES>>>(
        "SwapRemoves",
        "`swap_remove` puts the newest key into the victim's place, in the midst of older ones: the order of arrival is lost.",
        "oldest-first",
    ),
    of::<Model<Line<IGNORES_MARKS>>>(
        "IgnoresMarks",
        "Marks are not looked at: that is FIFO.",
        "marked-stay",
    ),
    of::<Model<Line<MOVES_ON_HIT>>>(
        "MovesOnHit",
        "A hit moves its key to the new end, as LRU does; SIEVE moves nothing on a hit.",
        "marked-stay",
    ),
    of::<Model<Line<KEEPS_MARKS>>>(
        "KeepsMarks",
        "The hand passes marked keys and leaves their marks: a key that was used once is never evicted while another is unmarked.",
        "newcomers-at-the-front",
    ),
    of::<Model<Line<IN_PLACE>>>(
        "InThePlaceOfTheVictim",
        "The newcomer takes the victim's place and the hand moves on: that is CLOCK. In SIEVE newcomers come in at the new end.",
        "newcomers-at-the-front",
    ),
    of::<Model<Line<STARTS_AT_OLDEST>>>(
        "StartsAtTheOldest",
        "The hand begins at the oldest key at each miss; it has to go on from where it stopped.",
        "newcomers-at-the-front",
    ),
    of::<Model<Line<HAND_TO_NEWCOMER>>>(
        "HandOnTheNewcomer",
        "When the newest key was the victim, the hand ends on the newcomer instead of going back to the oldest key.",
        "newcomers-at-the-front",
    ),
    of::<Model<Line<MARKS_NEWCOMERS>>>(
        "MarksNewcomers",
        "A newcomer comes in marked; a key that is asked for only once then survives the hand's first visit.",
        "marked-stay",
    ),
    of::<AskingIsUse<Simulated<Sieve>>>(
        "AskingIsUse",
        "`contains` counts as a use, as an access does; asking is not a use.",
        "questions",
    ),
    of::<RemembersTheGone<Simulated<Sieve>>>(
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
        checks: checks::eviction_sieve::all::<T>,
    }
}

/// The hand goes from new to old.
const FROM_NEWEST: u8 = 1;
/// The last key fills the victim's place.
const SWAP_REMOVES: u8 = 2;
/// Marks are not looked at.
const IGNORES_MARKS: u8 = 3;
/// A hit moves its key.
const MOVES_ON_HIT: u8 = 4;
/// Passing leaves marks, for one turn.
const KEEPS_MARKS: u8 = 5;
/// The newcomer stands where the victim stood.
const IN_PLACE: u8 = 6;
/// The hand begins anew each time.
const STARTS_AT_OLDEST: u8 = 7;
/// The hand's place may be one past the end, where the newcomer comes to stand.
const HAND_TO_NEWCOMER: u8 = 8;
/// Newcomers are marked.
const MARKS_NEWCOMERS: u8 = 9;

/// A list in the order of arrival, a hand, and a mistake.
struct Line<const MISTAKE: u8> {
    keys: Vec<(u64, bool)>,
    hand: usize,
}

impl<const MISTAKE: u8> Line<MISTAKE> {
    fn after(&self, place: usize) -> usize {
        let n_keys = self.keys.len();
        match MISTAKE {
            FROM_NEWEST => (place + n_keys - 1) % n_keys,
            _ => (place + 1) % n_keys,
        }
    }

    fn turn_to_victim(&mut self) {
        match MISTAKE {
            STARTS_AT_OLDEST => self.hand = 0,
            FROM_NEWEST => self.hand = self.hand.min(self.keys.len() - 1),
            _ => {}
        }
        if MISTAKE == KEEPS_MARKS {
            // After a whole turn without success it takes what is there.
            let places = (0..self.keys.len()).map(|step| (self.hand + step) % self.keys.len());
            let unmarked = places.into_iter().find(|place| !self.keys[*place].1);
            self.hand = unmarked.unwrap_or(self.hand);
            return;
        }
        while self.keys[self.hand].1 && MISTAKE != IGNORES_MARKS {
            self.keys[self.hand].1 = false;
            self.hand = self.after(self.hand);
        }
    }

    fn take_out(&mut self) -> u64 {
        self.turn_to_victim();
        let (victim, _) = match MISTAKE {
            SWAP_REMOVES => self.keys.swap_remove(self.hand),
            _ => self.keys.remove(self.hand),
        };
        if MISTAKE == FROM_NEWEST {
            self.hand = self.hand.checked_sub(1).unwrap_or(usize::MAX);
        } else if self.hand == self.keys.len() && MISTAKE != HAND_TO_NEWCOMER {
            self.hand = 0;
        }
        victim
    }
}

impl<const MISTAKE: u8> Slow for Line<MISTAKE> {
    fn new(_: usize) -> Self {
        let hand = if MISTAKE == FROM_NEWEST {
            usize::MAX
        } else {
            0
        };
        Self {
            keys: Vec::new(),
            hand,
        }
    }

    fn held(&self) -> Vec<u64> {
        self.keys.iter().map(|(key, _)| *key).collect()
    }

    fn hit(&mut self, key: u64) {
        let place = self.keys.iter().position(|(other, _)| *other == key);
        let place = place.expect("hits are held");
        self.keys[place].1 = true;
        if MISTAKE == MOVES_ON_HIT {
            let moved = self.keys.remove(place);
            self.keys.push(moved);
        }
    }

    fn miss(&mut self, key: u64, full: bool) -> Option<u64> {
        let newcomer = (key, MISTAKE == MARKS_NEWCOMERS);
        if full && MISTAKE == IN_PLACE {
            self.turn_to_victim();
            let (victim, _) = std::mem::replace(&mut self.keys[self.hand], newcomer);
            self.hand = self.after(self.hand);
            return Some(victim);
        }
        let evicted = full.then(|| self.take_out());
        self.keys.push(newcomer);
        evicted
    }
}
