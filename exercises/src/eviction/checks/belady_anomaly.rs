//! Checks of the exercise `belady_anomaly`.

use std::num::NonZeroUsize;

use super::draw::Draw;
use super::model::{Fifo, Model};
use super::play::{Effort, build};
use super::trace::{Question, Trace};
use crate::eviction::BeladyAnomaly;
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict};

const RULES: [Rule; 3] = [
    Rule {
        name: "misses",
        text: "`misses` counts the requests that a FIFO cache misses, those that fill it included.",
        points: 2,
        section: "",
        hints: [
            "How many requests of `1, 2, 1` miss, when two keys fit?",
            "A FIFO cache leaves the order alone when there is a hit. You built one in the exercise *FIFO*.",
            "`if !queue.contains(key) { misses += 1; if queue.len() == capacity { queue.pop_front(); } queue.push_back(*key); }`",
        ],
    },
    Rule {
        name: "anomalies",
        text: "`anomalies` lists every capacity from 1 to `largest` to which one more place adds misses.",
        points: 2,
        section: "",
        hints: [
            "Which two capacities are compared for the entry 3?",
            "As many misses as before are no anomaly: there must be more. And `largest` itself is tried, against one place more.",
            "`(1..=largest).filter(|size| misses(trace, size + 1) > misses(trace, *size))`",
        ],
    },
    Rule {
        name: "example",
        text: "`example` has at most 100 requests, and with one place more than its capacity FIFO misses more of them.",
        points: 3,
        section: "",
        hints: [
            "The chapter shows a trace of twelve requests for five keys.",
            "Try all capacities on random traces of few keys until `anomalies` finds one: about one trace in some thousands has one.",
            "The trace of Belady, Nelson and Shedler is 1 2 3 4 1 2 5 1 2 3 4 5. With how many places does FIFO miss 9 of them, and with how many 10?",
        ],
    },
];

/// The checks of a solution of [`BeladyAnomaly`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{FifoAnomaly, checks};
///
/// for check in checks::belady_anomaly::all::<FifoAnomaly>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: BeladyAnomaly>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| misses::<T>().agree(seed, Effort::USUAL, Trace::random),
            |seed| anomalies::<T>(seed),
            |_| example(T::example()),
        ],
    )
}

fn fifo_misses(trace: &[u64], capacity: NonZeroUsize) -> usize {
    let mut cache = build::<Model<Fifo>>(capacity);
    let missed = trace.iter().filter(|key| !cache.access(**key).is_hit());
    missed.count()
}

fn fifo_anomalies(trace: &Trace) -> Vec<usize> {
    let sizes = (1..=trace.capacity.get() + 1).filter_map(NonZeroUsize::new);
    let misses: Vec<usize> = sizes.map(|size| fifo_misses(&trace.keys, size)).collect();
    let pairs = (1..).zip(misses.windows(2));
    let worse = pairs.filter(|(_, pair)| pair[1] > pair[0]);
    worse.map(|(capacity, _)| capacity).collect()
}

fn misses<T: BeladyAnomaly>() -> Question<usize> {
    Question {
        text: |trace| {
            format!(
                "Mine::misses(&{:?}, NonZeroUsize::new({}).unwrap())",
                trace.keys, trace.capacity
            )
        },
        solution: |trace| T::misses(&trace.keys, trace.capacity),
        model: |trace| fifo_misses(&trace.keys, trace.capacity),
    }
}

/// Random traces, most of which have no anomaly, and then traces that have one.
fn anomalies<T: BeladyAnomaly>(seed: Seed) -> Verdict {
    let question = Question {
        text: |trace| format!("Mine::anomalies(&{:?}, {})", trace.keys, trace.capacity),
        solution: |trace| T::anomalies(&trace.keys, trace.capacity.get()),
        model: fifo_anomalies,
    };
    question.agree(seed, Effort::USUAL, Trace::random)?;
    question.agree(seed, Effort::USUAL, with_anomaly)
}

/// Belady's construction: `c + 2` keys, of which those that were loaded first are asked for again around
/// a new one. The smaller cache holds them, and the larger one has just dropped them.
fn with_anomaly(draw: &mut Draw, size: usize) -> Trace {
    let capacity = 3 + draw.below(3);
    let newest = capacity as u64 + 1;
    let first = newest - 2;
    let mut keys: Vec<u64> = (0..newest).collect();
    keys.extend(0..first);
    keys.push(newest);
    keys.extend(0..=newest);
    // Some more requests do not always spoil it.
    keys.extend(draw.keys(size / 4, capacity));
    Trace::new(keys, capacity + draw.below(2))
}

fn example((trace, capacity): (Vec<u64>, NonZeroUsize)) -> Verdict {
    let one_more = capacity.saturating_add(1);
    let (fewer, more) = (fifo_misses(&trace, capacity), fifo_misses(&trace, one_more));
    let expected = if trace.len() > 100 {
        "at most 100 requests".to_owned()
    } else if more <= fewer {
        format!("more than {fewer} misses with {one_more} places")
    } else {
        return Ok(());
    };
    let actual = format!(
        "{} requests; {fewer} misses with {capacity} places, {more} with {one_more}",
        trace.len()
    );
    Err(Counterexample::new(
        "let example = Mine::example();",
        expected,
        actual,
    ))
}
