//! Checks of the exercise `series_parallel`.

use super::draw::{all_written, chance, near, of, smaller_lists};
use crate::availability::{SeriesParallel, Unavailability};
use crate::grade::kit::Trial;
use crate::grade::{Check, Seed, Verdict};
use crate::random;

/// The checks of a solution of [`SeriesParallel`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{Independent, checks};
///
/// for check in checks::series_parallel::all::<Independent>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: SeriesParallel>() -> Vec<Check> {
    vec![
        Check::new(
            "series",
            "In series, the system is up only while every part is.",
            |seed| agree(SERIES, T::in_series, 1..3, seed),
        )
        .points(2)
        .section("in-series")
        .hints([
            "Which numbers may be multiplied: those of being up, or those of being down?",
            "It is up with the product of the availabilities; it is down the rest of the time.",
            "`1.0 - parts.iter().map(|part| 1.0 - part.get()).product::<f64>()` is right, and not yet exact enough.",
        ]),
        Check::new(
            "parallel",
            "In parallel, the system is down only while every part is.",
            |seed| agree(PARALLEL, T::in_parallel, 1..12, seed),
        )
        .points(2)
        .section("in-parallel")
        .hints([
            "What has to happen for a pair to be down?",
            "All parts are down at once: these are the numbers to multiply.",
            "`parts.iter().map(|part| part.get()).product()`",
        ]),
        Check::new("empty", "A series of nothing is never down; nothing in parallel always is.", |_| {
            empty(T::in_series, T::in_parallel)
        })
        .section("in-series")
        .hints([
            "Is a system up that needs nothing? And one that needs one of nothing?",
            "Begin a series with \"never down\", and let each part add to it.",
            "An empty `product()` is 1: always down, as it should be for `in_parallel`.",
        ]),
        Check::new(
            "small",
            "Eleven nines keep their digits in series.",
            |seed| agree(SERIES, T::in_series, 8..12, seed),
        )
        .points(3)
        .section("why-unavailability")
        .hints([
            "Print `1.0 - (1.0 - 1e-11)`.",
            "Never come near 1: begin with 0 down, and ask what each part adds.",
            "`parts.iter().fold(0.0, |down, part| down + (1.0 - down) * part.get())`",
        ]),
    ]
}

type Combine = fn(&[Unavailability]) -> Unavailability;

/// What is asked for, by name, with its model.
#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    model: fn(&[f64]) -> f64,
}

const SERIES: Kind = Kind {
    name: "in_series",
    model: series,
};

const PARALLEL: Kind = Kind {
    name: "in_parallel",
    model: |chances| chances.iter().product(),
};

/// In logarithms, which are exact for small numbers.
fn series(chances: &[f64]) -> f64 {
    let up: f64 = chances.iter().map(|chance| (-chance).ln_1p()).sum();
    -up.exp_m1()
}

fn agree(kind: Kind, combine: Combine, places: std::ops::Range<i32>, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    let inputs: Vec<Vec<f64>> = (1..8)
        .flat_map(|count| [count; 30])
        .map(|count| {
            (0..count)
                .map(|_| chance(&mut random, places.clone()))
                .collect()
        })
        .collect();
    Trial {
        inputs,
        judge: |chances: &Vec<f64>| near((kind.model)(chances), combine(&of(chances))),
        text: |chances: &Vec<f64>| format!("Mine::{}(&{})", kind.name, all_written(chances)),
        smaller: |chances: &Vec<f64>| {
            let lists = smaller_lists(chances).into_iter();
            lists.filter(|list| !list.is_empty()).collect()
        },
    }
    .run()
}

fn empty(in_series: Combine, in_parallel: Combine) -> Verdict {
    Trial {
        inputs: [
            (SERIES.name, in_series, 0.0),
            (PARALLEL.name, in_parallel, 1.0),
        ],
        judge: |(_, combine, expected): &(&str, Combine, f64)| near(*expected, combine(&[])),
        text: |(name, ..): &(&str, Combine, f64)| format!("Mine::{name}(&[])"),
        smaller: |_: &(&str, Combine, f64)| Vec::new(),
    }
    .run()
}
