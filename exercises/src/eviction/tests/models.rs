//! The models, one a policy. All lists have their oldest key first.

use std::hash::BuildHasher;
use std::num::NonZeroUsize;

use super::super::kit::FastHash;
use super::super::{CountMinSketch, Random, Replacer};
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

/// 2Q as in the paper's figure: `A1in`, `A1out`, `Am`.
pub(super) struct TwoQueue {
    a1_in: Vec<u64>,
    a1_out: Vec<u64>,
    a_m: Vec<u64>,
    capacity: usize,
}

impl TwoQueue {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            a1_in: vec![],
            a1_out: vec![],
            a_m: vec![],
            capacity,
        }
    }
}

impl Model for TwoQueue {
    fn used(&mut self, key: u64) {
        if take(&mut self.a_m, key) {
            self.a_m.push(key);
        }
    }

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        let known = take(&mut self.a1_out, key);
        let mut gone = None;
        if full && (self.a1_in.len() > self.capacity / 4 || self.a_m.is_empty()) {
            gone = oldest(&mut self.a1_in);
            remember(&mut self.a1_out, gone, self.capacity / 2);
        } else if full {
            gone = oldest(&mut self.a_m);
        }
        if known {
            self.a_m.push(key)
        } else {
            self.a1_in.push(key)
        }
        gone
    }

    fn remove(&mut self, key: u64) {
        let _ = take(&mut self.a_m, key) || take(&mut self.a1_in, key);
    }
}

/// Puts a key behind the others that are remembered, of which there are at most `limit`.
fn remember(ghosts: &mut Vec<u64>, key: Option<u64>, limit: usize) {
    ghosts.extend(key);
    if ghosts.len() > limit {
        ghosts.remove(0);
    }
}

/// S3-FIFO: the queues hold keys with their uses.
pub(super) struct S3Fifo {
    small: Vec<(u64, u8)>,
    main: Vec<(u64, u8)>,
    ghosts: Vec<u64>,
    was_full: bool,
    capacity: usize,
}

impl S3Fifo {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            small: vec![],
            main: vec![],
            ghosts: vec![],
            was_full: false,
            capacity,
        }
    }

    fn victim(&mut self) -> u64 {
        let main_places = self.capacity - (self.capacity / 10).max(1);
        loop {
            let from_main = self.main.len() > main_places || self.small.is_empty();
            if from_main {
                let (key, uses) = self.main.remove(0);
                if uses == 0 {
                    return key;
                }
                self.main.push((key, uses - 1));
                continue;
            }
            // Once it is the small queue's turn, that goes on until somebody goes.
            while !self.small.is_empty() {
                let (key, uses) = self.small.remove(0);
                if uses < 2 {
                    remember(&mut self.ghosts, Some(key), self.capacity * 9 / 10);
                    return key;
                }
                self.main.push((key, 0));
            }
        }
    }
}

impl Model for S3Fifo {
    fn used(&mut self, key: u64) {
        for (held, uses) in self.small.iter_mut().chain(&mut self.main) {
            if *held == key {
                *uses = (*uses + 1).min(3);
            }
        }
    }

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        let known = take(&mut self.ghosts, key);
        let gone = full.then(|| self.victim());
        self.was_full |= full;
        let fills = !self.was_full && self.small.len() >= (self.capacity / 10).max(1);
        let queue = if known || fills {
            &mut self.main
        } else {
            &mut self.small
        };
        queue.push((key, 0));
        gone
    }

    fn remove(&mut self, key: u64) {
        self.small.retain(|(held, _)| *held != key);
        self.main.retain(|(held, _)| *held != key);
    }
}

/// ARC as in figure 4 of the paper, with its names.
pub(super) struct Arc {
    t1: Vec<u64>,
    t2: Vec<u64>,
    b1: Vec<u64>,
    b2: Vec<u64>,
    p: f64,
    c: usize,
}

impl Arc {
    pub(super) fn new(c: usize) -> Self {
        Self {
            t1: vec![],
            t2: vec![],
            b1: vec![],
            b2: vec![],
            p: 0.0,
            c,
        }
    }

    fn replace(&mut self, in_b2: bool) -> Option<u64> {
        let t1 = self.t1.len() as f64;
        let first = t1 >= 1.0 && (t1 > self.p || in_b2 && t1 == self.p);
        if first || self.t2.is_empty() {
            let gone = oldest(&mut self.t1);
            remember(&mut self.b1, gone, self.c);
            gone
        } else {
            let gone = oldest(&mut self.t2);
            remember(&mut self.b2, gone, self.c);
            gone
        }
    }

    fn stranger(&mut self, full: bool) -> Option<u64> {
        let l1 = self.t1.len() + self.b1.len();
        let all = l1 + self.t2.len() + self.b2.len();
        if l1 >= self.c && self.t1.len() == self.c {
            return oldest(&mut self.t1);
        }
        if l1 >= self.c {
            oldest(&mut self.b1);
        } else if all >= 2 * self.c {
            oldest(&mut self.b2);
        }
        if full { self.replace(false) } else { None }
    }
}

impl Model for Arc {
    fn used(&mut self, key: u64) {
        let _ = take(&mut self.t1, key) || take(&mut self.t2, key);
        self.t2.push(key);
    }

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        let ratio = self.b2.len() as f64 / self.b1.len() as f64;
        let (in_b1, in_b2) = (take(&mut self.b1, key), take(&mut self.b2, key));
        if in_b1 {
            self.p = (self.p + ratio.max(1.0)).min(self.c as f64);
        }
        if in_b2 {
            self.p = (self.p - ratio.recip().max(1.0)).max(0.0);
        }
        let gone = match in_b1 || in_b2 {
            false => self.stranger(full),
            true if full => self.replace(in_b2),
            true => None,
        };
        let list = if in_b1 || in_b2 {
            &mut self.t2
        } else {
            &mut self.t1
        };
        list.push(key);
        gone
    }

    fn remove(&mut self, key: u64) {
        let _ = take(&mut self.t1, key) || take(&mut self.t2, key);
    }
}

/// W-TinyLFU. The sketch is not modelled: it has tests of its own.
pub(super) struct TinyLfu {
    window: Vec<u64>,
    probation: Vec<u64>,
    protected: Vec<u64>,
    sketch: CountMinSketch,
    capacity: usize,
}

impl TinyLfu {
    pub(super) fn new(capacity: usize) -> Self {
        let keys = NonZeroUsize::new(capacity).expect("there is room");
        let sketch = CountMinSketch::new(keys);
        Self {
            window: vec![],
            probation: vec![],
            protected: vec![],
            sketch,
            capacity,
        }
    }

    fn estimate(&self, key: u64) -> u8 {
        self.sketch.estimate(FastHash::default().hash_one(key))
    }

    /// With fewer than 100 places, the window has one.
    fn victim(&mut self) -> Option<u64> {
        let incumbent = self.probation.first().or(self.protected.first()).copied();
        let victim = match (self.window.first().copied(), incumbent) {
            (Some(new), Some(old)) if self.estimate(new) > self.estimate(old) => old,
            (Some(new), _) => new,
            (None, old) => old?,
        };
        self.remove(victim);
        Some(victim)
    }
}

impl Model for TinyLfu {
    fn used(&mut self, key: u64) {
        self.sketch.add(FastHash::default().hash_one(key));
        if take(&mut self.window, key) {
            self.window.push(key);
            return;
        }
        let _ = take(&mut self.probation, key) || take(&mut self.protected, key);
        self.protected.push(key);
        if self.protected.len() > (self.capacity - 1) * 4 / 5 {
            self.probation.extend(oldest(&mut self.protected));
        }
    }

    fn admit(&mut self, key: u64, full: bool) -> Option<u64> {
        self.sketch.add(FastHash::default().hash_one(key));
        let gone = if full { self.victim() } else { None };
        self.window.push(key);
        if self.window.len() > 1 {
            self.probation.extend(oldest(&mut self.window));
        }
        gone
    }

    fn remove(&mut self, key: u64) {
        for list in [&mut self.window, &mut self.probation, &mut self.protected] {
            take(list, key);
        }
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
