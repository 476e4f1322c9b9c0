//! Another solution of *Stack distances*: blocks of marks, a level above the other.
//!
//! The reference has a Fenwick tree. Here each level counts the marks of 64 places of the level below, the
//! lowest in the bits of a word, so that a sum looks at no more than 63 numbers a level.

use std::collections::HashMap;

use exercises::eviction::{StackDistance, checks};

/// Places that one number of the next level stands for.
const BLOCK: usize = 64;

/// Marks at places, and how many there are before one.
struct Marks {
    bits: Vec<u64>,
    /// Marks by block of words, by block of those, and so on.
    levels: Vec<Vec<usize>>,
}

impl Marks {
    fn new(places: usize) -> Self {
        let bits = vec![0; places / BLOCK + 1];
        let mut levels = Vec::new();
        let mut length = bits.len();
        while length > 1 {
            length = length / BLOCK + 1;
            levels.push(vec![0; length]);
            if length <= BLOCK {
                break;
            }
        }
        Self { bits, levels }
    }

    fn set(&mut self, place: usize) {
        self.bits[place / BLOCK] |= 1 << (place % BLOCK);
        let mut block = place / BLOCK;
        for level in &mut self.levels {
            block /= BLOCK;
            level[block] += 1;
        }
    }

    fn clear(&mut self, place: usize) {
        self.bits[place / BLOCK] &= !(1 << (place % BLOCK));
        let mut block = place / BLOCK;
        for level in &mut self.levels {
            block /= BLOCK;
            level[block] -= 1;
        }
    }

    fn before(&self, place: usize) -> usize {
        let word = place / BLOCK;
        let in_word = self.bits[word] & ((1 << (place % BLOCK)) - 1);
        let words = &self.bits[word - word % BLOCK..word];
        let in_words: u32 = words.iter().map(|word| word.count_ones()).sum();
        let mut marks = (in_word.count_ones() + in_words) as usize;
        let mut block = word;
        for (height, level) in self.levels.iter().enumerate() {
            block /= BLOCK;
            // All that is before in the highest level, else what is before in the same block.
            let is_highest = height + 1 == self.levels.len();
            let from = if is_highest { 0 } else { block - block % BLOCK };
            marks += level[from..block].iter().sum::<usize>();
        }
        marks
    }
}

struct Mine;

impl StackDistance for Mine {
    fn distances(trace: &[u64]) -> Vec<Option<usize>> {
        let mut marks = Marks::new(trace.len());
        let mut latest: HashMap<u64, usize> = HashMap::new();
        let distance = |(now, key): (usize, &u64)| {
            let n_keys = latest.len();
            let before = latest.insert(*key, now);
            let distance = before.map(|before| {
                // All marks but those of keys that were asked for longer ago.
                let distance = n_keys - marks.before(before);
                marks.clear(before);
                distance
            });
            marks.set(now);
            distance
        };
        trace.iter().enumerate().map(distance).collect()
    }

    fn misses(trace: &[u64], capacity: usize) -> usize {
        let distances = Self::distances(trace).into_iter();
        let hits = distances.flatten().filter(|distance| *distance <= capacity);
        trace.len() - hits.count()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("stack_distance", checks::stack_distance::all::<Mine>)
}
