//! Checks of the exercise `count_min_sketch`.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use super::draw::Draw;
use crate::eviction::{CountMin, counter_place};
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict};

const RULES: [Rule; 4] = [
    Rule {
        name: "alone",
        text: "A key that shares no counter with others is estimated at just as often as it was added.",
        points: 1,
        section: "",
        hints: [
            "Which counters of a new sketch are not 0?",
            "`add` finds the key's counter in each row and adds 1; `estimate` finds the same counters.",
            "`self.rows[row][counter_place(key, row, self.width)] += 1` for every row.",
        ],
    },
    Rule {
        name: "smallest",
        text: "The estimate is the smallest of the key's counters, one in each row: never less than the truth.",
        points: 3,
        section: "",
        hints: [
            "Others share a key's counters. Can that make a counter too small?",
            "The counter that the fewest others share is nearest to the truth. Rows must not share places, or they are all wrong together.",
            "`(0..rows).map(|row| self.rows[row][counter_place(key, row, self.width)]).min()`",
        ],
    },
    Rule {
        name: "halve",
        text: "`halve` halves every counter, rounds down, and changes nothing else.",
        points: 1,
        section: "",
        hints: [
            "What is half of 1, rounded down? And what is left of a key that was added once?",
            "Go through all counters of all rows.",
            "`for counter in self.rows.iter_mut().flatten() { *counter /= 2; }`",
        ],
    },
    Rule {
        name: "any-size",
        text: "Any number of rows and any width will do, one of each included, and every key may come.",
        points: 1,
        section: "",
        hints: [
            "Is the width always a power of two? Are there always four rows?",
            "Take the sizes from `new`, and the places from `counter_place`; a key itself is no index.",
            "`rows: vec![vec![0; width.get()]; rows.get()]`",
        ],
    },
];

/// The checks of a solution of [`CountMin`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{PlainSketch, checks};
///
/// for check in checks::count_min_sketch::all::<PlainSketch>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: CountMin + 'static>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| tried(build::<T>, seed, alone),
            |seed| tried(build::<T>, seed, crowded),
            |seed| tried(build::<T>, seed, fading),
            |seed| tried(build::<T>, seed, of_any_size),
        ],
    )
}

type Build = fn(NonZeroUsize, NonZeroUsize) -> Box<dyn CountMin>;

fn build<T: CountMin + 'static>(rows: NonZeroUsize, width: NonZeroUsize) -> Box<dyn CountMin> {
    Box::new(T::new(rows, width))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Add(u64),
    Halve,
}

/// A sketch, what is counted, and a question.
#[derive(Debug, Clone)]
struct Scenario {
    rows: NonZeroUsize,
    width: NonZeroUsize,
    steps: Vec<Step>,
    asked: u64,
}

impl Scenario {
    fn new(rows: usize, width: usize, steps: Vec<Step>, asked: u64) -> Self {
        let size = |size| NonZeroUsize::new(size).expect("sketches have rows and counters");
        Self {
            rows: size(rows),
            width: size(width),
            steps,
            asked,
        }
    }

    /// By the rule: only counters that were ever touched are kept.
    fn expected(&self) -> u32 {
        let mut counters: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        let places = |key| {
            let rows = 0..self.rows.get();
            rows.map(move |row| (row, counter_place(key, row, self.width)))
        };
        for step in &self.steps {
            match step {
                Step::Add(key) => {
                    places(*key).for_each(|place| *counters.entry(place).or_default() += 1);
                }
                Step::Halve => counters.values_mut().for_each(|counter| *counter /= 2),
            }
        }
        let counts = places(self.asked).map(|place| counters.get(&place).copied().unwrap_or(0));
        counts.min().unwrap_or(0)
    }

    fn actual(&self, build: Build) -> u32 {
        let mut sketch = build(self.rows, self.width);
        for step in &self.steps {
            match step {
                Step::Add(key) => sketch.add(*key),
                Step::Halve => sketch.halve(),
            }
        }
        sketch.estimate(self.asked)
    }

    fn is_right(&self, build: Build) -> bool {
        self.actual(build) == self.expected()
    }

    /// Leaves out what is not needed for a wrong answer.
    fn cut(mut self, build: Build) -> Self {
        loop {
            let shorter = (0..self.steps.len()).rev().find_map(|place| {
                let mut shorter = self.clone();
                shorter.steps.remove(place);
                (!shorter.is_right(build)).then_some(shorter)
            });
            match shorter {
                Some(shorter) => self = shorter,
                None => return self,
            }
        }
    }

    fn text(&self) -> String {
        let (rows, width) = (self.rows, self.width);
        let mut lines = vec![format!(
            "let mut sketch = Mine::new(NonZeroUsize::new({rows}).unwrap(), NonZeroUsize::new({width}).unwrap());"
        )];
        for run in self.steps.chunk_by(|one, next| one == next) {
            let call = match run[0] {
                Step::Add(key) => format!("sketch.add({key});"),
                Step::Halve => "sketch.halve();".to_owned(),
            };
            lines.push(match run.len() {
                1 => call,
                n => format!("for _ in 0..{n} {{ {call} }}"),
            });
        }
        lines.push(format!("sketch.estimate({});", self.asked));
        lines.join("\n")
    }
}

fn tried(build: Build, seed: Seed, draw: fn(&mut Draw, usize) -> Scenario) -> Verdict {
    let mut random = Draw::new(seed);
    for trial in 0..300 {
        let scenario = draw(&mut random, 1 + trial / 20);
        // A panic goes through: its message and place are what helps.
        if !scenario.is_right(build) {
            let smallest = scenario.cut(build);
            return Err(Counterexample::new(
                smallest.text(),
                smallest.expected().to_string(),
                smallest.actual(build).to_string(),
            ));
        }
    }
    Ok(())
}

/// One key, added and asked for.
fn alone(draw: &mut Draw, size: usize) -> Scenario {
    let key = draw.below(100) as u64;
    let steps = vec![Step::Add(key); draw.below(3 * size)];
    Scenario::new(4, 64, steps, key)
}

/// More keys than counters in a row.
fn crowded(draw: &mut Draw, size: usize) -> Scenario {
    let n_keys = 2 + 2 * size;
    let steps = (0..4 * n_keys).map(|_| Step::Add(draw.below(n_keys) as u64));
    let steps = steps.collect();
    let rows = 2 + draw.below(3);
    Scenario::new(rows, 3 + size, steps, draw.below(n_keys) as u64)
}

/// Halved now and then.
fn fading(draw: &mut Draw, size: usize) -> Scenario {
    let mut scenario = crowded(draw, size);
    for _ in 0..1 + draw.below(3) {
        let place = draw.below(scenario.steps.len() + 1);
        scenario.steps.insert(place, Step::Halve);
    }
    scenario
}

/// From one counter on; with keys from anywhere.
fn of_any_size(draw: &mut Draw, size: usize) -> Scenario {
    let keys: Vec<u64> = (0..1 + size).map(|_| draw.word()).collect();
    let key = |draw: &mut Draw| keys[draw.below(keys.len())];
    let steps = (0..3 * size).map(|_| Step::Add(key(draw))).collect();
    let (rows, width) = (1 + draw.below(size + 6), 1 + draw.below(size));
    Scenario::new(rows, width, steps, key(draw))
}
