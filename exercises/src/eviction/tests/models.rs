//! The models, one a policy. All lists have their oldest key first.

use std::num::NonZeroUsize;

use super::super::{Random, Replacer};
use super::model::{Model, oldest, take};

/// FIFO, LIFO, LRU and MRU: a list, which end goes, and whether uses move a key.
pub(super) struct Queue {
    keys: Vec<u64>,
    uses_move: bool,
    newest_goes: bool,
}

impl Queue {
    fn new(uses_move: bool, newest_goes: bool) -> Self {
        Self {
            keys: Vec::new(),
            uses_move,
            newest_goes,
        }
    }

    pub(super) fn fifo(_: usize) -> Self {
        Self::new(false, false)
    }

    pub(super) fn lifo(_: usize) -> Self {
        Self::new(false, true)
    }

    pub(super) fn lru(_: usize) -> Self {
        Self::new(true, false)
    }

    pub(super) fn mru(_: usize) -> Self {
        Self::new(true, true)
    }
}

impl Model for Queue {
    fn used(&mut self, key: u64) {
        if self.uses_move {
            take(&mut self.keys, key);
            self.keys.push(key);
        }
    }

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        let gone = match full {
            false => None,
            true if self.newest_goes => self.keys.pop(),
            true => oldest(&mut self.keys),
        };
        self.keys.push(key);
        gone
    }

    fn remove(&mut self, key: u64) {
        take(&mut self.keys, key);
    }
}

/// LFU: each key with its count, and the time at which it reached it.
pub(super) struct Counts {
    keys: Vec<(u64, u64, u64)>,
    now: u64,
}

impl Counts {
    pub(super) fn new(_: usize) -> Self {
        Self {
            keys: Vec::new(),
            now: 0,
        }
    }
}

impl Model for Counts {
    fn used(&mut self, key: u64) {
        self.now += 1;
        for (count, since, held) in &mut self.keys {
            if *held == key {
                (*count, *since) = (*count + 1, self.now);
            }
        }
    }

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        self.now += 1;
        let least = self.keys.iter().min().copied().filter(|_| full);
        if let Some(least) = least {
            self.keys.retain(|held| *held != least);
        }
        self.keys.push((1, self.now, key));
        least.map(|(_, _, key)| key)
    }

    fn remove(&mut self, key: u64) {
        self.keys.retain(|(_, _, held)| *held != key);
    }
}

/// CLOCK: frames with a key and a mark each. A gap is filled from the last frame.
pub(super) struct Frames {
    frames: Vec<(u64, bool)>,
    hand: usize,
}

impl Frames {
    pub(super) fn new(_: usize) -> Self {
        Self {
            frames: Vec::new(),
            hand: 0,
        }
    }
}

impl Model for Frames {
    fn used(&mut self, key: u64) {
        for (held, used) in &mut self.frames {
            *used |= *held == key;
        }
    }

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        if !full {
            self.frames.push((key, false));
            return None;
        }
        loop {
            let at = self.hand;
            self.hand = (at + 1) % self.frames.len();
            let (held, used) = &mut self.frames[at];
            if !*used {
                return Some(std::mem::replace(held, key));
            }
            *used = false;
        }
    }

    fn remove(&mut self, key: u64) {
        let at = self.frames.iter().position(|(held, _)| *held == key);
        self.frames
            .swap_remove(at.expect("only held keys are removed"));
    }
}

/// SIEVE: keys with marks, and the key that the hand looks at next.
pub(super) struct Sieve {
    keys: Vec<(u64, bool)>,
    hand: Option<u64>,
}

impl Sieve {
    pub(super) fn new(_: usize) -> Self {
        Self {
            keys: Vec::new(),
            hand: None,
        }
    }

    fn place(&self, key: u64) -> usize {
        let place = self.keys.iter().position(|(held, _)| *held == key);
        place.expect("the key is held")
    }

    fn key_at(&self, place: usize) -> Option<u64> {
        self.keys.get(place).map(|(key, _)| *key)
    }
}

impl Model for Sieve {
    fn used(&mut self, key: u64) {
        let place = self.place(key);
        self.keys[place].1 = true;
    }

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        let mut gone = None;
        while full && gone.is_none() {
            let place = self.hand.map_or(0, |hand| self.place(hand));
            self.hand = self.key_at(place + 1);
            if self.keys[place].1 {
                self.keys[place].1 = false;
            } else {
                gone = Some(self.keys.remove(place).0);
            }
        }
        self.keys.push((key, false));
        gone
    }

    fn remove(&mut self, key: u64) {
        let place = self.place(key);
        if self.hand == Some(key) {
            self.hand = self.key_at(place + 1);
        }
        self.keys.remove(place);
    }
}

/// Random replacement: the same numbers, over keys in their places.
pub(super) struct Places {
    keys: Vec<u64>,
    numbers: Random,
}

impl Places {
    pub(super) fn new(capacity: usize) -> Self {
        let capacity = NonZeroUsize::new(capacity).expect("there is room");
        Self {
            keys: Vec::new(),
            numbers: Random::new(capacity),
        }
    }
}

impl Model for Places {
    fn used(&mut self, _: u64) {}

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        if !full {
            self.keys.push(key);
            return None;
        }
        let place = self.numbers.admit(0, None) as usize;
        Some(std::mem::replace(&mut self.keys[place], key))
    }

    fn remove(&mut self, key: u64) {
        let place = self.keys.iter().position(|held| *held == key);
        self.keys
            .swap_remove(place.expect("only held keys are removed"));
    }
}
