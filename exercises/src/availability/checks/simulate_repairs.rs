//! Checks of the exercise `simulate_repairs`.

use std::time::Duration;

use rand::RngExt;

use crate::availability::{Estimate, SimulateRepairs};
use crate::grade::kit::{Difference, Trial, equal, is_near};
use crate::grade::{Check, Counterexample, Seed, Verdict};
use crate::random;

type Simulate = fn(Duration, Duration, u32, &mut dyn FnMut() -> f64) -> Option<Estimate>;

/// MTTF and MTTR in seconds, and the draws of some cycles, two for each.
type Script = (u64, u64, Vec<f64>);

/// The checks of a solution of [`SimulateRepairs`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{Renewal, checks};
///
/// for check in checks::simulate_repairs::all::<Renewal>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: SimulateRepairs>() -> Vec<Check> {
    vec![
        Check::new(
            "estimate",
            "The estimate is all time down over all time, of times drawn as the contract says.",
            |seed| scripted(T::simulate, seed, estimate_differs),
        )
        .points(3)
        .hints([
            "Which of a cycle's two draws comes first, and what does `ln(1 − draw)` do to it?",
            "Draw up, then down; keep both sums; divide once, at the end.",
            "`let time = -mean.as_secs_f64() * (1.0 - draw()).ln();` and `down / (up + down)` of the sums.",
        ]),
        Check::new("interval", "The interval is that of a ratio of two means over independent cycles.", |seed| {
            scripted(T::simulate, seed, interval_differs)
        })
        .points(3)
        .hints([
            "What varies from cycle to cycle: the time down alone, or that and the length?",
            "For each cycle take `d − r·c`: how much more it was down than its length would make one expect.",
            "`1.96 * (squares / (n - 1.0)).sqrt() / (mean_length * n.sqrt())`",
        ]),
        Check::new("few-cycles", "No cycle says nothing, and one cycle nothing about spread.", |_| {
            few(T::simulate)
        })
        .hints([
            "What do you divide by with one cycle?",
            "A spread needs two observations. Without any, there is no estimate either.",
            "`None` for no cycle; `f64::INFINITY` as the half width of one.",
        ]),
        Check::new("covers", "The interval holds the formula's value in about 95 of 100 runs.", |seed| {
            covers(T::simulate, seed)
        })
        .points(2)
        .hints([
            "How many standard errors make 95%?",
            "1.96 to each side; the half width is one side.",
            "`half_width = 1.96 * standard_error`",
        ]),
    ]
}

/// In the contract's words; each cycle as (time down, length).
fn model((mttf, mttr, draws): &Script) -> Estimate {
    let time = |mean: u64, draw: f64| -(mean as f64) * (1.0 - draw).ln();
    let cycles: Vec<(f64, f64)> = draws
        .chunks_exact(2)
        .map(|pair| {
            let (up, down) = (time(*mttf, pair[0]), time(*mttr, pair[1]));
            (down, up + down)
        })
        .collect();
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let length = mean(cycles.iter().map(|(_, length)| *length).collect());
    let r = mean(cycles.iter().map(|(down, _)| *down).collect()) / length;
    let n = cycles.len() as f64;
    let squares = mean(
        cycles
            .iter()
            .map(|(down, length)| (down - r * length).powi(2))
            .collect(),
    );
    let variance = squares * n / (n - 1.0);
    let half_width = match cycles.len() {
        1 => f64::INFINITY,
        _ => 1.96 * variance.sqrt() / (length * n.sqrt()),
    };
    Estimate {
        unavailability: r,
        half_width,
    }
}

fn play(simulate: Simulate, (mttf, mttr, draws): &Script) -> Option<Estimate> {
    let mut left = draws.iter().copied();
    // More draws than there are to be: the last one again.
    let mut draw = || left.next().or_else(|| draws.last().copied()).unwrap_or(0.5);
    let cycles = draws.len() as u32 / 2;
    simulate(
        Duration::from_secs(*mttf),
        Duration::from_secs(*mttr),
        cycles,
        &mut draw,
    )
}

fn estimate_differs(expected: &Estimate, actual: &Estimate) -> bool {
    !is_near(expected.unavailability, actual.unavailability)
}

fn interval_differs(expected: &Estimate, actual: &Estimate) -> bool {
    !is_near(expected.half_width, actual.half_width)
}

fn difference(
    simulate: Simulate,
    script: &Script,
    differs: fn(&Estimate, &Estimate) -> bool,
) -> Difference {
    let (expected, actual) = (model(script), play(simulate, script));
    let is_wrong = actual.is_none_or(|actual| differs(&expected, &actual));
    is_wrong.then(|| (written(Some(expected)), written(actual)))
}

/// As the counterexample's last line would print it.
fn written(estimate: Option<Estimate>) -> String {
    let words =
        estimate.map(|found| format!("{:.6e} ± {:.6e}", found.unavailability, found.half_width));
    format!("{words:?}")
}

fn text((mttf, mttr, draws): &Script) -> String {
    let cycles = draws.len() / 2;
    format!(
        "let mut draws = {draws:?}.into_iter();\n\
         let mut draw = || draws.next().unwrap();\n\
         let [mttf, mttr] = [{mttf}, {mttr}].map(std::time::Duration::from_secs);\n\
         let found = Mine::simulate(mttf, mttr, {cycles}, &mut draw);\n\
         found.map(|found| format!(\"{{:.6e}} ± {{:.6e}}\", found.unavailability, found.half_width))"
    )
}

fn scripted(simulate: Simulate, seed: Seed, differs: fn(&Estimate, &Estimate) -> bool) -> Verdict {
    let mut random = random::seeded(seed);
    let mut inputs: Vec<Script> = vec![(9, 1, vec![0.0, 0.5, 0.5, 0.5])];
    for cycles in (2..8).flat_map(|cycles| [cycles; 15]) {
        let draws = (0..2 * cycles)
            .map(|_| f64::from(random.random_range(1..100_u32)) / 100.0)
            .collect();
        inputs.push((
            random.random_range(1..1_000),
            random.random_range(1..50),
            draws,
        ));
    }
    Trial {
        inputs,
        judge: |script: &Script| difference(simulate, script, differs),
        text,
        smaller: |(mttf, mttr, draws): &Script| {
            let fewer = (0..draws.len() / 2).map(|cycle| {
                let mut fewer = draws.clone();
                fewer.drain(2 * cycle..2 * cycle + 2);
                (*mttf, *mttr, fewer)
            });
            fewer.filter(|(.., draws)| draws.len() >= 4).collect()
        },
    }
    .run()
}

fn few(simulate: Simulate) -> Verdict {
    let none: Script = (9, 1, vec![]);
    let one: Script = (9, 1, vec![0.5, 0.25]);
    Trial {
        inputs: [none, one],
        judge: |script: &Script| match script.2.is_empty() {
            true => equal(&written(None), &written(play(simulate, script)))
                .map(|_| (written(None), written(play(simulate, script)))),
            false => difference(simulate, script, |expected, actual| {
                estimate_differs(expected, actual) || interval_differs(expected, actual)
            }),
        },
        text: |script: &Script| match script.2.is_empty() {
            true => text(script).replace("= []", "= [0.5_f64; 0]"),
            false => text(script),
        },
        smaller: |_: &Script| Vec::new(),
    }
    .run()
}

fn covers(simulate: Simulate, seed: Seed) -> Verdict {
    const RUNS: u32 = 300;
    const CYCLES: u32 = 1_000;
    let mut random = random::seeded(seed);
    let (mttf, mttr) = (Duration::from_secs(99), Duration::from_secs(1));
    let held = (0..RUNS)
        .filter(|_| {
            let found = simulate(mttf, mttr, CYCLES, &mut || random.random());
            found.is_some_and(|found| found.holds(0.01))
        })
        .count();
    // Five standard errors of a share of 0.95 in 300 runs are 0.063. Right intervals of
    // 1,000 cycles hold somewhat less than 95%, because times are not normal.
    if held as f64 / f64::from(RUNS) > 0.88 {
        return Ok(());
    }
    Err(Counterexample::new(
        format!(
            "Mine::simulate with an MTTF of 99 s and an MTTR of 1 s, {CYCLES} cycles, {RUNS} times;\n\
             how many intervals hold 0.01?"
        ),
        "about 285".to_owned(),
        held.to_string(),
    ))
}
