//! Checks of the exercise `burn_rate`.

use rand::RngExt;

use super::draw::{availability_written, down_for};
use crate::availability::{Availability, BurnAlert, BurnRate, Minute};
use crate::grade::kit::{Difference, Trial, equal, is_near};
use crate::grade::{Check, Seed, Verdict};
use crate::random::{self, ChaCha8Rng};

type Rate = fn(Availability, &[Minute]) -> f64;
type Fires = fn(Availability, BurnAlert, &[Minute]) -> bool;

/// The checks of a solution of [`BurnRate`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{ErrorBudget, checks};
///
/// for check in checks::burn_rate::all::<ErrorBudget>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: BurnRate>() -> Vec<Check> {
    let mut all = rates::<T>();
    all.extend(alerts::<T>());
    all
}

fn rates<T: BurnRate>() -> Vec<Check> {
    vec![
        Check::new("rate", "The rate is the share of bad requests over the share that the target allows.", |seed| {
            rate(T::rate, seed)
        })
        .points(2)
        .hints([
            "1% of the requests fail, and 0.1% may. How many times too many is that?",
            "Add up bad and good over all minutes first; a minute with more requests weighs more.",
            "`bad as f64 / (bad + good) as f64 / target.unavailability().get()`",
        ]),
        Check::new("no-requests", "Where nothing was asked, nothing burns.", |_| no_requests(T::rate)).hints([
            "What is 0.0 / 0.0, and is it more than a threshold?",
            "Look for bad requests before you divide.",
            "`if bad == 0 { return 0.0; }`",
        ]),
        Check::new("no-budget", "A target of 100% has no budget: one bad request burns it infinitely fast.", |_| {
            no_budget(T::rate)
        })
        .hints([
            "What does the target of 100% allow?",
            "With a bad request the division by zero gives the right answer; without one it does not.",
            "Return 0 without a bad request, and divide otherwise: `x / 0.0` is `f64::INFINITY` for `x > 0.0`.",
        ]),
        Check::new("threshold", "The threshold is the share of the budget times period over window.", |_| {
            threshold(T::threshold)
        })
        .hints([
            "A rate of 1 spends the budget in one period. What does it spend in an hour?",
            "At rate 1, a window spends window / period of the budget. Which rate spends the given share?",
            "`share * f64::from(period_minutes) / f64::from(window_minutes)`",
        ]),
    ]
}

fn alerts<T: BurnRate>() -> Vec<Check> {
    vec![
        Check::new(
            "both-windows",
            "An alert fires only while both windows burn too fast.",
            |seed| fires(T::fires, seed, outages),
        )
        .points(3)
        .hints([
            "The errors ended ten minutes ago. Does somebody have to get up?",
            "The long window asks whether it matters, the short one whether it still goes on.",
            "`burns(alert.long_minutes) && burns(alert.short_minutes)`",
        ]),
        Check::new(
            "newest",
            "A window is the newest minutes of the history.",
            |seed| fires(T::fires, seed, trends),
        )
        .hints([
            "At which end of the history is now?",
            "The newest minute is the last one.",
            "`&history[history.len().saturating_sub(minutes)..]`",
        ]),
        Check::new(
            "short-history",
            "A window longer than the history is the whole history.",
            |seed| fires(T::fires, seed, short),
        )
        .hints([
            "A service is three minutes old, and down. Does your alert say so?",
            "Take as many minutes as there are.",
            "`saturating_sub` gives 0 where `-` would panic.",
        ]),
        Check::new(
            "more-than",
            "A rate equal to the threshold does not fire.",
            |_| more_than(T::fires),
        )
        .hints([
            "`>` or `>=`?",
            "The contract says more than the threshold.",
            "`Self::rate(target, window) > alert.threshold`",
        ]),
    ]
}

fn minute(minute: &Minute) -> String {
    format!("Minute {{ good: {}, bad: {} }}", minute.good, minute.bad)
}

/// Runs of equal minutes, so that an hour fits on a line.
fn history(minutes: &[Minute]) -> String {
    let runs: Vec<String> = minutes
        .chunk_by(|one, other| one == other)
        .map(|run| format!("vec![{}; {}]", minute(&run[0]), run.len()))
        .collect();
    match runs.is_empty() {
        true => "let history: Vec<Minute> = Vec::new();".to_owned(),
        false => format!("let history = [{}].concat();", runs.join(", ")),
    }
}

fn model(target: Availability, minutes: &[Minute]) -> f64 {
    let bad: u64 = minutes.iter().map(|minute| minute.bad).sum();
    let all: u64 = minutes.iter().map(|minute| minute.bad + minute.good).sum();
    let allowed = all as f64 * target.parts_down() as f64 / Availability::PARTS as f64;
    match bad {
        0 => 0.0,
        _ => bad as f64 / allowed,
    }
}

type Input = (Availability, Vec<Minute>);

fn rates_agree(rate: Rate, inputs: Vec<Input>) -> Verdict {
    Trial {
        inputs,
        judge: |(target, minutes): &Input| rounded(model(*target, minutes), rate(*target, minutes)),
        text: |(target, minutes): &Input| {
            let call = format!("Mine::rate({}, &history)", availability_written(*target));
            format!("{}\nformat!(\"{{:.6e}}\", {call})", history(minutes))
        },
        smaller: |(target, minutes): &Input| {
            let shorter = (0..minutes.len()).map(|index| {
                let mut shorter = minutes.clone();
                shorter.remove(index);
                (*target, shorter)
            });
            shorter.filter(|(_, minutes)| !minutes.is_empty()).collect()
        },
    }
    .run()
}

/// Written with seven digits, so that the counterexample's own line can be tried.
fn rounded(expected: f64, actual: f64) -> Difference {
    let written = |number: f64| format!("{:?}", format!("{number:.6e}"));
    (!is_near(expected, actual)).then(|| (written(expected), written(actual)))
}

fn some_minute(random: &mut ChaCha8Rng) -> Minute {
    Minute {
        good: random.random_range(0..10) * 10_u64.pow(random.random_range(0..4)),
        bad: random.random_range(1..10),
    }
}

/// 99.9%, 99.95% and others with few digits.
fn some_target(random: &mut ChaCha8Rng) -> Availability {
    down_for([1, 5, 10, 100][random.random_range(0..4_usize)] * 100_000_000_000_000)
}

fn rate(rate: Rate, seed: Seed) -> Verdict {
    let mut random = random::seeded(seed);
    let inputs = (1..6).flat_map(|count| [count; 20]).map(|count| {
        let minutes = (0..count).map(|_| some_minute(&mut random)).collect();
        (some_target(&mut random), minutes)
    });
    rates_agree(rate, inputs.collect())
}

fn no_requests(rate: Rate) -> Verdict {
    let empty = Minute { good: 0, bad: 0 };
    let target = down_for(Availability::PARTS / 1_000);
    rates_agree(
        rate,
        vec![
            (target, vec![]),
            (target, vec![empty]),
            (target, vec![empty; 3]),
        ],
    )
}

fn no_budget(rate: Rate) -> Verdict {
    let (fine, broken) = (Minute { good: 5, bad: 0 }, Minute { good: 5, bad: 1 });
    let all = [vec![broken], vec![fine], vec![fine, broken], vec![]];
    rates_agree(
        rate,
        all.map(|minutes| (Availability::PERFECT, minutes)).into(),
    )
}

fn threshold(threshold: fn(f64, u32, u32) -> f64) -> Verdict {
    let month = 30 * 24 * 60;
    Trial {
        inputs: [
            (1.0, 1, 1),
            (0.02, 60, month),
            (0.05, 360, month),
            (0.1, 4_320, month),
            (1.0, 60, 30),
            (0.25, 7, 22),
        ],
        judge: |(share, window, period): &(f64, u32, u32)| {
            let expected = f64::from(*period) * share / f64::from(*window);
            rounded(expected, threshold(*share, *window, *period))
        },
        text: |(share, window, period): &(f64, u32, u32)| {
            format!("format!(\"{{:.6e}}\", Mine::threshold({share:?}, {window}, {period}))")
        },
        smaller: |_: &(f64, u32, u32)| Vec::new(),
    }
    .run()
}

/// A target, an alert and a history.
type Watch = (Availability, BurnAlert, Vec<Minute>);

fn watched(fires: Fires, inputs: Vec<Watch>) -> Verdict {
    Trial {
        inputs,
        judge: |(target, alert, minutes): &Watch| {
            let burns = |window: usize| {
                let newest: Vec<Minute> = minutes.iter().rev().take(window).copied().collect();
                model(*target, &newest) > alert.threshold
            };
            let expected = burns(alert.long_minutes) && burns(alert.short_minutes);
            equal(&expected, &fires(*target, *alert, minutes))
        },
        text: |(target, alert, minutes): &Watch| {
            let target = availability_written(*target);
            format!(
                "let alert = BurnAlert {{ long_minutes: {}, short_minutes: {}, threshold: {:?} }};\n{}\n\
                 Mine::fires({target}, alert, &history)",
                alert.long_minutes, alert.short_minutes, alert.threshold, history(minutes)
            )
        },
        smaller: |_: &Watch| Vec::new(),
    }
    .run()
}

fn fires(fires: Fires, seed: Seed, draw: fn(&mut ChaCha8Rng) -> Watch) -> Verdict {
    let mut random = random::seeded(seed);
    let mut inputs: Vec<Watch> = (0..120).map(|_| draw(&mut random)).collect();
    inputs.sort_by_key(|(.., minutes)| minutes.chunk_by(|one, other| one == other).count());
    watched(fires, inputs)
}

const QUIET: Minute = Minute {
    good: 1_000,
    bad: 0,
};
const BROKEN: Minute = Minute {
    good: 900,
    bad: 100,
};

fn alert(random: &mut ChaCha8Rng) -> BurnAlert {
    // Not a rate that a history of these minutes can have exactly.
    let threshold = [14.4, 6.1, 1.07][random.random_range(0..3_usize)];
    BurnAlert {
        long_minutes: 24,
        short_minutes: 2,
        threshold,
    }
}

fn three_nines() -> Availability {
    down_for(Availability::PARTS / 1_000)
}

/// Quiet, an outage, quiet again: over for a moment, for a while, or not at all.
fn outages(random: &mut ChaCha8Rng) -> Watch {
    let broken = random.random_range(0..12);
    let after = random.random_range(0..6);
    let runs = [vec![QUIET; 40], vec![BROKEN; broken], vec![QUIET; after]];
    (three_nines(), alert(random), runs.concat())
}

/// Broken and mended long ago, or broken just now.
fn trends(random: &mut ChaCha8Rng) -> Watch {
    let [one, other] = if random.random() {
        [QUIET, BROKEN]
    } else {
        [BROKEN, QUIET]
    };
    let runs = [vec![one; 30], vec![other; random.random_range(25..40)]];
    (three_nines(), alert(random), runs.concat())
}

fn short(random: &mut ChaCha8Rng) -> Watch {
    let minutes = if random.random() { QUIET } else { BROKEN };
    (
        three_nines(),
        alert(random),
        vec![minutes; random.random_range(0..4)],
    )
}

/// Half of the requests may fail and half do: a rate of exactly 1, in floats as well.
fn more_than(fires: Fires) -> Verdict {
    let half = down_for(Availability::PARTS / 2);
    let (at, above) = (Minute { good: 2, bad: 2 }, Minute { good: 1, bad: 3 });
    let alert = BurnAlert {
        long_minutes: 3,
        short_minutes: 1,
        threshold: 1.0,
    };
    watched(
        fires,
        vec![
            (half, alert, vec![at; 3]),
            (half, alert, vec![above; 3]),
            (half, alert, vec![above, above, at]),
        ],
    )
}
