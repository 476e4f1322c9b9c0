//! Another solution of *Count-min sketch*: one array for all rows.
//!
//! The reference has a list for each row. Here the rows follow each other in one array, and a key's counters
//! are found by adding up rows: one allocation, and no pointers.

use std::num::NonZeroUsize;

use exercises::eviction::{CountMin, checks, counter_place};

struct Mine {
    width: NonZeroUsize,
    counters: Box<[u32]>,
}

impl Mine {
    fn places(&self, key: u64) -> impl Iterator<Item = usize> + use<> {
        let width = self.width;
        let n_rows = self.counters.len() / width;
        (0..n_rows).map(move |row| row * width.get() + counter_place(key, row, width))
    }
}

impl CountMin for Mine {
    fn new(rows: NonZeroUsize, width: NonZeroUsize) -> Self {
        Self {
            width,
            counters: vec![0; rows.get() * width.get()].into(),
        }
    }

    fn add(&mut self, key: u64) {
        for place in self.places(key) {
            self.counters[place] += 1;
        }
    }

    fn estimate(&self, key: u64) -> u32 {
        let counts = self.places(key).map(|place| self.counters[place]);
        counts.fold(u32::MAX, u32::min)
    }

    fn halve(&mut self) {
        self.counters.iter_mut().for_each(|counter| *counter >>= 1);
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("count_min_sketch", checks::count_min_sketch::all::<Mine>)
}
