//! Wrong solutions of the exercise `count_min_sketch`.
//!
//! A right one with one of the mistakes that are named by constants.

use std::num::NonZeroUsize;

use crate::catalog::Wrong;
use crate::eviction::{CountMin, checks, counter_place};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::eviction) const ALL: [Wrong; 9] = [
    of::<SUM>(
        "SumOfRows",
        "The estimate is the sum of the key's counters, so each request is counted once a row.",
        "alone",
    ),
    of::<STOPS_AT_15>(
        "StopsAt15",
        "Counters stop at 15, as those of TinyLFU do; this contract sets no limit.",
        "alone",
    ),
    of::<LARGEST>(
        "LargestOfRows",
        "The estimate is the largest of the key's counters; the smallest is nearest to the truth.",
        "smallest",
    ),
    of::<FIRST_ROW>(
        "FirstRowOnly",
        "Only the first row is asked; the others are there because it may be wrong.",
        "smallest",
    ),
    of::<SAME_PLACES>(
        "SamePlaceInAllRows",
        "A key has the same place in all rows, so two keys that share one counter share all, and the rows are wrong together.",
        "smallest",
    ),
    of::<CONSERVATIVE>(
        "RaisesOnlyTheSmallest",
        "Only the smallest of the key's counters are raised. That is a better sketch (the *conservative update*), but not the plain one that is asked for.",
        "smallest",
    ),
    of::<ROUNDS_UP>(
        "HalvesUpwards",
        "Halving rounds up, so a counter of 1 stays 1 for ever.",
        "halve",
    ),
    of::<CLEARS>(
        "ClearsAll",
        "`halve` sets the counters to 0: everything is forgotten at once instead of fading.",
        "halve",
    ),
    of::<POWER_OF_TWO>(
        "MasksTheWidth",
        "It takes places by `& (width - 1)`, which is a remainder only if the width is a power of two.",
        "any-size",
    ),
];

const fn of<const MISTAKE: u8>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::count_min_sketch::all::<Mistaken<MISTAKE>>,
    }
}

/// Counters are added up.
const SUM: u8 = 1;
/// Counters have four bits.
const STOPS_AT_15: u8 = 2;
/// The largest counts.
const LARGEST: u8 = 3;
/// The first counts.
const FIRST_ROW: u8 = 4;
/// The row is not asked for places.
const SAME_PLACES: u8 = 5;
/// Larger counters stay.
const CONSERVATIVE: u8 = 6;
/// Halves are rounded up.
const ROUNDS_UP: u8 = 7;
/// Nothing is left.
const CLEARS: u8 = 8;
/// Bits are cut off.
const POWER_OF_TWO: u8 = 9;

struct Mistaken<const MISTAKE: u8> {
    width: NonZeroUsize,
    rows: Vec<Vec<u32>>,
}

impl<const MISTAKE: u8> Mistaken<MISTAKE> {
    fn place(&self, key: u64, row: usize) -> usize {
        match MISTAKE {
            SAME_PLACES => counter_place(key, 0, self.width),
            POWER_OF_TWO => {
                let wide = NonZeroUsize::new(1 << 20).unwrap_or(self.width);
                counter_place(key, row, wide) & (self.width.get() - 1)
            }
            _ => counter_place(key, row, self.width),
        }
    }

    fn counts(&self, key: u64) -> impl Iterator<Item = u32> {
        let rows = self.rows.iter().enumerate();
        rows.map(move |(row, counters)| counters[self.place(key, row)])
    }
}

impl<const MISTAKE: u8> CountMin for Mistaken<MISTAKE> {
    fn new(rows: NonZeroUsize, width: NonZeroUsize) -> Self {
        Self {
            width,
            rows: vec![vec![0; width.get()]; rows.get()],
        }
    }

    fn add(&mut self, key: u64) {
        let least = self.counts(key).min();
        for row in 0..self.rows.len() {
            let place = self.place(key, row);
            let counter = &mut self.rows[row][place];
            match MISTAKE {
                CONSERVATIVE if Some(*counter) != least => {}
                STOPS_AT_15 => *counter = 15.min(*counter + 1),
                _ => *counter += 1,
            }
        }
    }

    fn estimate(&self, key: u64) -> u32 {
        let mut counts = self.counts(key);
        let count = match MISTAKE {
            SUM => Some(counts.sum()),
            LARGEST => counts.max(),
            FIRST_ROW => counts.next(),
            _ => counts.min(),
        };
        count.unwrap_or(0)
    }

    fn halve(&mut self) {
        for counter in self.rows.iter_mut().flatten() {
            *counter = match MISTAKE {
                ROUNDS_UP => counter.div_ceil(2),
                CLEARS => 0,
                _ => *counter / 2,
            };
        }
    }
}
