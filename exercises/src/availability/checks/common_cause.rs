//! Checks of the exercise `common_cause`.

use rand::RngExt;

use super::draw::{chance, near, written};
use crate::availability::{CommonCause, Unavailability};
use crate::grade::kit::{Trial, equal};
use crate::grade::{Check, Seed, Verdict};
use crate::random;

type Group = fn(u32, Unavailability, f64) -> Unavailability;
type Needed = fn(Unavailability, f64, Unavailability) -> Option<u32>;

/// The checks of a solution of [`CommonCause`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{BetaFactor, checks};
///
/// for check in checks::common_cause::all::<BetaFactor>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: CommonCause>() -> Vec<Check> {
    let mut all = groups::<T>();
    all.extend(numbers::<T>());
    all
}

fn groups<T: CommonCause>() -> Vec<Check> {
    vec![
        Check::new("no-common", "Without common causes the copies' unavailabilities multiply.", |seed| {
            group(T::group, &[0.0], 1, seed)
        })
        .section("in-parallel")
        .hints([
            "What does β = 0 leave of the model?",
            "Every copy has to be down at once, each by itself.",
            "`copy.get().powi(copies as i32)`",
        ]),
        Check::new(
            "floor",
            "A share β of a copy's unavailability takes the whole group down, and the rest is each copy's own.",
            |seed| group(T::group, &[0.01, 0.05, 0.1, 0.5, 1.0], 1, seed),
        )
        .points(3)
        .hints([
            "Draw it: what stands in series with the group, and what is left of each copy?",
            "The group is down by the common cause, or, if that is up, because all copies are down by themselves.",
            "`common + (1.0 - common) * own.powi(n)` with `common = beta * u` and `own = (1.0 - beta) * u`",
        ]),
        Check::new("no-copies", "A group of no copies is always down.", |seed| {
            group(T::group, &[0.0, 0.1], 0, seed)
        })
        .hints([
            "Who answers when there is nobody?",
            "Look at this case first.",
            "`if copies == 0 { return Unavailability::ALWAYS; }`",
        ]),
    ]
}

fn numbers<T: CommonCause>() -> Vec<Check> {
    vec![
        Check::new(
            "copies-needed",
            "`copies_needed` is the smallest number of copies whose group meets the target.",
            |seed| within_reach(T::copies_needed, seed),
        )
        .points(2)
        .hints([
            "Is a target met by a group that is down exactly as much as allowed? And what does no copy at all meet?",
            "Try 0, 1, 2 … copies, and stop at the first group that is down no more than the target.",
            "`(0..).find(|copies| Self::group(*copies, copy, beta) <= target)`, as long as there is one.",
        ]),
        Check::new(
            "out-of-reach",
            "Where no number of copies is enough, the answer is `None`.",
            |seed| out_of_reach(T::copies_needed, seed),
        )
        .points(2)
        .hints([
            "To what does the group's unavailability fall with a million copies?",
            "It never falls below `beta * u`. A loop has to notice that another copy no longer helps.",
            "Stop with `None` when the group of one copy more is down as much as the last one.",
        ]),
    ]
}

/// By counting: the copies fail one after the other.
fn model(copies: u32, copy: f64, beta: f64) -> f64 {
    let own: f64 = (0..copies).map(|_| (1.0 - beta) * copy).product();
    let common = beta * copy;
    match copies {
        0 => 1.0,
        _ => own + (1.0 - own) * common,
    }
}

fn group(group: Group, betas: &[f64], least: u32, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    let most = if least == 0 { 0 } else { 6 };
    let mut inputs = Vec::new();
    for copies in (least..=most).flat_map(|copies| [copies; 12]) {
        let beta = betas[random.random_range(0..betas.len())];
        inputs.push((copies, chance(&mut random, 1..5), beta));
    }
    Trial {
        inputs,
        judge: |(copies, copy, beta): &(u32, f64, f64)| {
            near(
                model(*copies, *copy, *beta),
                group(*copies, Unavailability::clamped(*copy), *beta),
            )
        },
        text: |(copies, copy, beta): &(u32, f64, f64)| {
            format!("Mine::group({copies}, {}, {beta:?})", written(*copy))
        },
        smaller: |(copies, copy, beta): &(u32, f64, f64)| {
            let fewer = copies
                .checked_sub(1)
                .filter(|fewer| *fewer >= least)
                .map(|fewer| (fewer, *copy, *beta));
            fewer
                .into_iter()
                .chain((*copy != 0.1).then_some((*copies, 0.1, *beta)))
                .collect()
        },
    }
    .run()
}

/// A copy, β and a target, and the right number of copies.
type Input = (f64, f64, f64, Option<u32>);

fn needed(needed: Needed, inputs: Vec<Input>) -> Verdict {
    Trial {
        inputs,
        judge: |(copy, beta, target, expected): &Input| {
            let [copy, target] = [*copy, *target].map(Unavailability::clamped);
            equal(expected, &needed(copy, *beta, target))
        },
        text: |(copy, beta, target, _): &Input| {
            format!(
                "Mine::copies_needed({}, {beta:?}, {})",
                written(*copy),
                written(*target)
            )
        },
        smaller: |_: &Input| Vec::new(),
    }
    .run()
}

fn within_reach(solution: Needed, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    // A target that one copy meets exactly, and one that none at all does.
    let mut inputs = vec![(0.5, 0.0, 0.5, Some(1)), (0.01, 0.1, 1.0, Some(0))];
    for copies in (1..6).flat_map(|copies| [copies; 10]) {
        let (copy, beta) = (
            chance(&mut random, 1..4),
            [0.0, 0.01, 0.1][random.random_range(0..3_usize)],
        );
        let (just, one_fewer) = (model(copies, copy, beta), model(copies - 1, copy, beta));
        // Half way between this number of copies and one fewer, far from both, so that
        // no rounding decides.
        if one_fewer > just * 1.001 {
            inputs.push((copy, beta, (just + one_fewer) / 2.0, Some(copies)));
        }
    }
    needed(solution, inputs)
}

fn out_of_reach(solution: Needed, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    let mut inputs = vec![(1.0, 0.0, 0.5, None)];
    for beta in [0.01, 0.1, 0.5, 1.0].into_iter().flat_map(|beta| [beta; 5]) {
        let copy = chance(&mut random, 1..4);
        inputs.push((
            copy,
            beta,
            beta * copy * random.random_range(0.1..0.9),
            None,
        ));
    }
    needed(solution, inputs)
}
