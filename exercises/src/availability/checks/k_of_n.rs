//! Checks of the exercise `k_of_n`.

use rand::RngExt;

use super::draw::{all_written, chance, near, of, smaller_lists};
use crate::availability::{KOfN, Unavailability};
use crate::grade::kit::Trial;
use crate::grade::{Check, Seed, Verdict};
use crate::random::{self, ChaCha8Rng};

type AtLeast = fn(usize, &[Unavailability]) -> Unavailability;

/// How many are needed, and the parts.
type Input = (usize, Vec<f64>);

/// The checks of a solution of [`KOfN`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{TailSum, checks};
///
/// for check in checks::k_of_n::all::<TailSum>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: KOfN>() -> Vec<Check> {
    vec![
        Check::new(
            "equal-parts",
            "With equal parts it is down with the binomial chance of fewer than `needed` up.",
            |seed| agree(T::at_least, equal_parts, 120, seed),
        )
        .points(2)
        .hints([
            "Of three parts two are needed. In how many ways can it be down?",
            "It is down while more than `n − needed` parts are: add up these cases, each as often as it can happen.",
            "For each `down` in `n - needed + 1..=n`: the number of ways, times `u` to the power of `down`, times `1 - u` to the power of the rest.",
        ]),
        Check::new(
            "ends",
            "With nothing needed it is never down, with more than there are always.",
            |_| ends(T::at_least),
        )
        .hints([
            "What is `parts.len() - needed` if more are needed than there are?",
            "Look at the two ends before you subtract.",
            "`let Some(spare) = parts.len().checked_sub(needed) else { return Unavailability::ALWAYS };`",
        ]),
        Check::new(
            "unequal",
            "Each part counts with its own unavailability.",
            |seed| agree(T::at_least, unequal_parts, 150, seed),
        )
        .points(3)
        .hints([
            "Is a quorum with one bad machine the same as one with three middling ones?",
            "Let the parts join one after the other, and keep the chance of 0, 1, 2 … being down.",
            "When a part joins: `down[i] = down[i] * (1.0 - u) + down[i - 1] * u`, from the largest `i` to the smallest.",
        ]),
        Check::new("small", "Small answers keep their digits.", |seed| {
            agree(T::at_least, small_parts, 100, seed)
        })
        .points(2)
        .section("why-unavailability")
        .hints([
            "Do you subtract from 1 at the end?",
            "Add up the cases in which it is down, not those in which it is up.",
            "`down[parts.len() - needed + 1..].iter().sum()`",
        ]),
        Check::new("many", "Sixty parts are no more than sixty.", |seed| {
            agree(T::at_least, many_parts, 10, seed)
        })
        .hints([
            "How many subsets do sixty parts have, and how large is 60!?",
            "Neither list the cases nor compute factorials: a table of 61 chances is enough.",
            "Two loops: over the parts, and over how many are down so far.",
        ]),
    ]
}

/// The last part first: it is down, or it is up and one fewer is needed of the rest.
///
/// Chances are kept by how many parts and how many needed, so that sixty parts are no trouble.
fn model(needed: usize, chances: &[f64]) -> f64 {
    // At index `k`: fewer than `k` of the parts so far are up.
    let mut fewer: Vec<f64> = (0..=needed)
        .map(|k| if k == 0 { 0.0 } else { 1.0 })
        .collect();
    for chance in chances {
        for k in (1..=needed).rev() {
            fewer[k] = chance * fewer[k] + (1.0 - chance) * fewer[k - 1];
        }
    }
    fewer[needed]
}

fn agree(
    at_least: AtLeast,
    draw: fn(&mut ChaCha8Rng) -> Input,
    count: usize,
    seed: Seed,
) -> Verdict {
    let mut random = random::seeded(seed);
    let mut inputs: Vec<Input> = (0..count).map(|_| draw(&mut random)).collect();
    inputs.sort_by_key(|(_, chances)| chances.len());
    let is_equal = |chances: &[f64]| chances.iter().all(|chance| *chance == chances[0]);
    let all_equal = inputs.iter().all(|(_, chances)| is_equal(chances));
    judged(at_least, inputs, |(needed, chances)| {
        let fewer = smaller_lists(chances).into_iter();
        let valid = fewer.filter(|list| list.len() >= *needed && (!all_equal || is_equal(list)));
        valid.map(|list| (*needed, list)).collect()
    })
}

fn judged(
    at_least: AtLeast,
    inputs: Vec<Input>,
    smaller: impl Fn(&Input) -> Vec<Input>,
) -> Verdict {
    Trial {
        inputs,
        judge: |(needed, chances): &Input| {
            near(model(*needed, chances), at_least(*needed, &of(chances)))
        },
        text: |(needed, chances): &Input| {
            format!("Mine::at_least({needed}, &{})", all_written(chances))
        },
        smaller,
    }
    .run()
}

fn ends(at_least: AtLeast) -> Verdict {
    let lists = [vec![], vec![0.5], vec![0.1, 0.001]];
    let none = lists.clone().map(|list| (0, list));
    let beyond = lists.map(|list| (list.len() + 1, list));
    judged(at_least, [none, beyond].concat(), |_| Vec::new())
}

fn some_needed(random: &mut ChaCha8Rng, chances: Vec<f64>) -> Input {
    (random.random_range(1..=chances.len()), chances)
}

fn equal_parts(random: &mut ChaCha8Rng) -> Input {
    let count = random.random_range(1..8);
    let chances = vec![chance(random, 1..3); count];
    some_needed(random, chances)
}

fn unequal_parts(random: &mut ChaCha8Rng) -> Input {
    let count = random.random_range(2..7);
    let chances = (0..count).map(|_| chance(random, 1..4)).collect();
    some_needed(random, chances)
}

fn small_parts(random: &mut ChaCha8Rng) -> Input {
    let count = random.random_range(1..7);
    let chances = vec![chance(random, 7..12); count];
    some_needed(random, chances)
}

fn many_parts(random: &mut ChaCha8Rng) -> Input {
    let count = random.random_range(40..=60);
    let chances = (0..count).map(|_| chance(random, 1..3)).collect();
    (random.random_range(count / 2..count), chances)
}
