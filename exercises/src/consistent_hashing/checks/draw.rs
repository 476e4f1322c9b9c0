//! Random scenarios' parts: servers, keys, positions.
//!
//! Positions are small numbers most of the time, so that a counterexample can be
//! drawn on paper and keys often hit points; now and then they come from the ends
//! and the middle of the `u64` range, where a cast or an overflow shows.

use std::collections::BTreeSet;

use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};

use crate::grade::Seed;
use crate::random::{self, ChaCha8Rng};

/// A stream of random parts.
pub(super) struct Draw {
    random: ChaCha8Rng,
    /// Whether positions may come from anywhere; else they are small.
    far: bool,
}

impl Draw {
    pub(super) fn new(seed: Seed) -> Self {
        Self {
            random: random::seeded(seed),
            far: false,
        }
    }

    /// From now on some positions come from anywhere on the circle.
    pub(super) fn go_far(&mut self) {
        self.far = true;
    }

    /// A number from 0 to below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.random.random_range(0..end)
    }

    /// Heads or tails.
    pub(super) fn coin(&mut self) -> bool {
        self.random.random()
    }

    /// The same things in any order.
    pub(super) fn shuffled<T>(&mut self, mut things: Vec<T>) -> Vec<T> {
        things.shuffle(&mut self.random);
        things
    }

    /// One of `things`.
    pub(super) fn one_of<T: Clone>(&mut self, things: &[T]) -> T {
        things
            .choose(&mut self.random)
            .cloned()
            .expect("there is something to choose from")
    }

    /// `count` distinct positions.
    pub(super) fn positions(&mut self, count: usize) -> Vec<u64> {
        let mut positions = BTreeSet::new();
        let far = self.far && self.coin();
        while positions.len() < count {
            let near = self.random.random_range(0..3 * count as u64 + 3);
            positions.insert(match self.below(4) {
                0 if far => (1 << 63) - 2 + near,
                1 if far => u64::MAX - near,
                2 if far => self.random.random_range(0..u64::MAX),
                _ => near,
            });
        }
        self.shuffled(positions.into_iter().collect())
    }

    /// Distinct servers, each named after a letter and `labels` positions; no
    /// position comes twice.
    pub(super) fn servers(&mut self, count: usize, labels: usize) -> Vec<String> {
        let positions = self.positions(count * labels);
        self.named(positions.chunks(labels))
    }

    /// Distinct servers whose positions come from few, so that they share some.
    pub(super) fn crowded_servers(&mut self, count: usize, labels: usize) -> Vec<String> {
        let few = self.positions(1 + count * labels / 3);
        let crowded: Vec<u64> = (0..count * labels).map(|_| self.one_of(&few)).collect();
        self.named(crowded.chunks(labels))
    }

    fn named<'a>(&mut self, labels: impl Iterator<Item = &'a [u64]>) -> Vec<String> {
        // Keys are called `k`.
        let letters = self.shuffled(('a'..='j').chain('l'..='z').collect());
        labels
            .zip(letters)
            .map(|(labels, letter)| {
                let labels: Vec<String> = labels.iter().map(u64::to_string).collect();
                format!("{letter}@{}", labels.join(","))
            })
            .collect()
    }

    /// Keys on and beside each of the servers' labels, at both ends of the circle,
    /// and somewhere, in any order.
    pub(super) fn keys_around(&mut self, servers: &[String]) -> Vec<Vec<u8>> {
        let mut positions: BTreeSet<u64> = BTreeSet::from([0]);
        if self.far {
            positions.extend([u64::MAX, self.random.random()]);
        }
        for label in servers.iter().flat_map(|server| labels(server)) {
            positions.extend([label.saturating_sub(1), label, label.saturating_add(1)]);
        }
        let keys = positions.into_iter().map(key_at).collect();
        self.shuffled(keys)
    }

    /// `count` distinct servers with ordinary names.
    pub(super) fn plain_servers(&mut self, count: usize) -> Vec<String> {
        let mut names = BTreeSet::new();
        while names.len() < count {
            let number = self.random.random_range(0..10_000);
            names.insert(match self.below(8) {
                0 => format!("10.0.{}.{}:6379", number / 256, number % 256),
                1 => format!("Zürich-{number}"),
                2 => format!("{number:0>80}.a-name-longer-than-most-buffers.example"),
                _ => format!("cache-{number}"),
            });
        }
        self.shuffled(names.into_iter().collect())
    }

    /// `count` keys of many shapes, some empty, long, or no UTF-8.
    pub(super) fn plain_keys(&mut self, count: usize) -> Vec<Vec<u8>> {
        (0..count)
            .map(|_| {
                let number: u32 = self.random.random();
                match self.below(12) {
                    0 => Vec::new(),
                    1 => vec![b'x'; self.below(400)],
                    2 => number.to_le_bytes().into_iter().chain([0xff]).collect(),
                    _ => format!("user:{}", number % 100_000).into_bytes(),
                }
            })
            .collect()
    }
}

/// The key at this position of a labelled ring.
pub(super) fn key_at(position: u64) -> Vec<u8> {
    format!("k@{position}").into_bytes()
}

/// The position that a labelled key names.
pub(super) fn position_of(key: &[u8]) -> Option<u64> {
    labels(std::str::from_utf8(key).ok()?).next()
}

/// The positions in a server's name.
pub(super) fn labels(server: &str) -> impl Iterator<Item = u64> {
    let (_, numbers) = server.split_once('@').unwrap_or_default();
    numbers.split(',').filter_map(|number| number.parse().ok())
}
