//! The models of policies that remember keys which are gone, or whose uses they count.
//! All lists have their oldest key first.

use std::hash::BuildHasher;
use std::num::NonZeroUsize;

use super::super::CountMinSketch;
use super::super::kit::FastHash;
use super::model::{Model, oldest, take};

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
