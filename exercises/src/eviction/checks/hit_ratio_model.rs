//! Checks of the exercise `hit_ratio_model`.

use std::time::Duration;

use super::draw::Draw;
use crate::eviction::AccessTime;
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict};

const RULES: [Rule; 4] = [
    Rule {
        name: "mean",
        text: "A hit takes the cache's time, a miss the cache's and the origin's; the mean weighs them by how often they come.",
        points: 2,
        section: "",
        hints: [
            "How long does a miss take: only as long as the origin?",
            "Every request pays for the cache; only misses pay for the origin, too.",
            "`cache + origin.mul_f64(1.0 - hit_ratio)`",
        ],
    },
    Rule {
        name: "break-even",
        text: "The break-even is the hit ratio with which the mean is the origin's own time.",
        points: 2,
        section: "",
        hints: [
            "With a hit ratio of 0 a cache only costs. How much?",
            "Solve `cache + (1 - ratio) * origin = origin` for the ratio.",
            "`cache.as_secs_f64() / origin.as_secs_f64()`",
        ],
    },
    Rule {
        name: "needed-for",
        text: "The ratio that is needed for a goal is the smallest from 0 to 1 that reaches it.",
        points: 2,
        section: "",
        hints: [
            "Which ratio is needed for a goal that is reached without any hit?",
            "Solve `cache + (1 - ratio) * origin = goal` for the ratio; below 0 is as good as 0.",
            "`let misses = (goal - cache).as_secs_f64() / origin.as_secs_f64(); Some(1.0 - misses.min(1.0))`",
        ],
    },
    Rule {
        name: "out-of-reach",
        text: "Where no ratio up to 1 is enough, the answer is `None`, and nothing panics.",
        points: 1,
        section: "",
        hints: [
            "What is the fastest mean that any hit ratio gives?",
            "A cache that is slower than its origin never pays, and no request is faster than the cache. Subtracting a longer `Duration` from a shorter one panics.",
            "`let for_misses = goal.checked_sub(cache)?;`, and `(ratio <= 1.0).then_some(ratio)`",
        ],
    },
];

/// The checks of a solution of [`AccessTime`].
///
/// # Examples
///
/// ```
/// use exercises::eviction::{HitRatioModel, checks};
///
/// for check in checks::hit_ratio_model::all::<HitRatioModel>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: AccessTime>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| mean(T::mean, seed),
            |seed| break_even(T::break_even, seed),
            |seed| needed_for(T::needed_for, seed),
            |seed| out_of_reach(T::break_even, T::needed_for, seed),
        ],
    )
}

/// Ratios that a reader can compute in the head come first.
const RATIOS_PERCENT: [u32; 8] = [0, 100, 50, 90, 99, 20, 1, 75];

/// Times of a cache and of an origin in milliseconds, small ones first.
fn times(draw: &mut Draw, trial: usize) -> (Duration, Duration) {
    let most = 2 + trial as u64;
    let millis = |draw: &mut Draw, least: u64| {
        Duration::from_millis(least + draw.below(most as usize) as u64)
    };
    (millis(draw, 0), millis(draw, 1))
}

fn is_near(actual: f64, expected: f64) -> bool {
    (actual - expected).abs() <= 1e-9 * expected.abs().max(1.0)
}

/// As a learner would write it; all times here are whole milliseconds.
fn code(time: Duration) -> String {
    format!("Duration::from_millis({})", time.as_millis())
}

fn mean(solution: fn(Duration, Duration, f64) -> Duration, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    for trial in 0..200 {
        let (cache, origin) = times(&mut draw, trial);
        let percent = RATIOS_PERCENT[draw.below(RATIOS_PERCENT.len())];
        let misses = u128::from(100 - percent);
        let expected_ns = cache.as_nanos() + origin.as_nanos() * misses / 100;
        let actual = solution(cache, origin, f64::from(percent) / 100.0);
        if actual.as_nanos().abs_diff(expected_ns) > 1 + expected_ns / 1_000_000_000 {
            return Err(Counterexample::new(
                format!(
                    "Mine::mean({}, {}, {:?})",
                    code(cache),
                    code(origin),
                    f64::from(percent) / 100.0
                ),
                format!("{:?}", Duration::from_nanos(expected_ns as u64)),
                format!("{actual:?}"),
            ));
        }
    }
    Ok(())
}

fn ratio_is(input: String, actual: Option<f64>, expected: Option<f64>) -> Verdict {
    let right = match (actual, expected) {
        (Some(actual), Some(expected)) => is_near(actual, expected),
        (None, None) => true,
        _ => false,
    };
    match right {
        true => Ok(()),
        false => Err(Counterexample::new(
            input,
            format!("{expected:?}"),
            format!("{actual:?}"),
        )),
    }
}

fn break_even(solution: fn(Duration, Duration) -> Option<f64>, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    (0..200).try_for_each(|trial| {
        let (one, other) = times(&mut draw, trial);
        let (cache, origin) = (one.min(other), one.max(other));
        let expected = cache.as_nanos() as f64 / origin.as_nanos() as f64;
        let input = format!("Mine::break_even({}, {})", code(cache), code(origin));
        ratio_is(input, solution(cache, origin), Some(expected))
    })
}

type NeededFor = fn(Duration, Duration, Duration) -> Option<f64>;

fn needed(solution: NeededFor, cache: Duration, origin: Duration, goal: Duration) -> Verdict {
    let for_misses_ns = goal.as_nanos() as f64 - cache.as_nanos() as f64;
    let misses = for_misses_ns / origin.as_nanos() as f64;
    let expected = (misses >= 0.0).then_some((1.0 - misses).max(0.0));
    let input = format!(
        "Mine::needed_for({}, {}, {})",
        code(cache),
        code(origin),
        code(goal)
    );
    ratio_is(input, solution(cache, origin, goal), expected)
}

fn needed_for(solution: NeededFor, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    (0..300).try_for_each(|trial| {
        let (cache, origin) = times(&mut draw, trial);
        // Up to half as long again as a request without any hit takes.
        let most = (cache + origin).as_millis() as usize * 3 / 2;
        let goal = cache + Duration::from_millis(draw.below(most + 1) as u64);
        needed(solution, cache, origin, goal)
    })
}

fn out_of_reach(
    break_even: fn(Duration, Duration) -> Option<f64>,
    needed_for: NeededFor,
    seed: Seed,
) -> Verdict {
    let mut draw = Draw::new(seed);
    (0..200).try_for_each(|trial| {
        let (cache, origin) = times(&mut draw, trial);
        let slower = origin + cache.max(Duration::from_millis(1));
        let input = format!("Mine::break_even({}, {})", code(slower), code(origin));
        ratio_is(input, break_even(slower, origin), None)?;
        let goal = Duration::from_millis(draw.below(slower.as_millis() as usize) as u64);
        needed(needed_for, slower, origin, goal)
    })
}
