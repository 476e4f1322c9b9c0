//! Wrong solutions of the exercise `simulate_repairs`.

use std::time::Duration;

use crate::availability::{Estimate, Renewal, SimulateRepairs, checks};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 13] = [
    of::<MeanOfRatios>(
        "MeanOfRatios",
        "It averages each cycle’s own ratio. Short cycles then weigh as much as long ones.",
        "estimate",
    ),
    of::<ShareUp>(
        "ShareUp",
        "It gives the share of the time that is up.",
        "estimate",
    ),
    of::<DownFirst>(
        "DownFirst",
        "It draws the time down before the time up.",
        "estimate",
    ),
    of::<LogOfTheDraw>(
        "LogOfTheDraw",
        "It takes the logarithm of the draw itself, which can be 0: the time is infinite then.",
        "estimate",
    ),
    of::<UniformTimes>(
        "UniformTimes",
        "It draws times evenly between 0 and twice the mean: the mean is right, the distribution is not.",
        "estimate",
    ),
    of::<OneDraw>(
        "OneDraw",
        "It uses one draw for the time up and the time down of a cycle, so that long ones go together.",
        "estimate",
    ),
    of::<DividesByN>(
        "DividesByN",
        "It divides the squares by the number of cycles; the estimate has used up one of them.",
        "interval",
    ),
    of::<SpreadOfOneCycle>(
        "SpreadOfOneCycle",
        "It forgets to divide by the square root of the number of cycles: that is how far cycles scatter, not their mean.",
        "interval",
    ),
    of::<FixedLengths>(
        "FixedLengths",
        "It takes the spread of the time down alone, as if all cycles were of the same length.",
        "interval",
    ),
    of::<CountsTrials>(
        "CountsTrials",
        "It uses the interval of a share of trials, `√(r(1 − r)/n)`. Cycles are not coin tosses.",
        "interval",
    ),
    of::<NothingIsPerfect>(
        "NothingIsPerfect",
        "Without a cycle it answers 0, as if it had seen that nothing fails.",
        "few-cycles",
    ),
    of::<SureAfterOne>(
        "SureAfterOne",
        "After one cycle it claims to know the answer exactly.",
        "few-cycles",
    ),
    of::<OneSigma>(
        "OneSigma",
        "It gives one standard error to each side, which holds the truth in 68 of 100 runs.",
        "covers",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::simulate_repairs::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        Renewal::simulate(mttf, mttr, cycles, draw)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> SimulateRepairs for Flawed<F> {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        F::simulate(mttf, mttr, cycles, draw)
    }
}

/// Time down, and length, of each cycle.
fn times(
    mttf: Duration,
    mttr: Duration,
    cycles: u32,
    draw: &mut dyn FnMut() -> f64,
) -> Vec<(f64, f64)> {
    let mut time = |mean: Duration| -mean.as_secs_f64() * (1.0 - draw()).ln();
    let cycles = (0..cycles).map(|_| {
        let up = time(mttf);
        let down = time(mttr);
        (down, up + down)
    });
    cycles.collect()
}

/// A cycle's deviation, from the cycle, the mean time down, and the ratio.
type Deviation = fn((f64, f64), f64, f64) -> f64;

const RIGHT: Deviation = |(down, length), _, ratio| down - ratio * length;

fn ratio(times: &[(f64, f64)], deviation: Deviation) -> Option<Estimate> {
    let n = times.len() as f64;
    let (down, all) = times.iter().fold((0.0, 0.0), |(down, all), (one, length)| {
        (down + one, all + length)
    });
    let unavailability = down / all;
    let squares: f64 = times
        .iter()
        .map(|cycle| deviation(*cycle, down / n, unavailability).powi(2))
        .sum();
    let half_width = match times.len() {
        0 => return None,
        1 => f64::INFINITY,
        _ => 1.96 * (squares / (n - 1.0)).sqrt() / (all / n * n.sqrt()),
    };
    Some(Estimate {
        unavailability,
        half_width,
    })
}

fn scaled(found: Option<Estimate>, factor: f64) -> Option<Estimate> {
    found.map(|found| Estimate {
        half_width: found.half_width * factor,
        ..found
    })
}

struct MeanOfRatios;
impl Flaw for MeanOfRatios {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let times = times(mttf, mttr, cycles, draw);
        let right = ratio(&times, RIGHT)?;
        let ratios: f64 = times.iter().map(|(down, length)| down / length).sum();
        Some(Estimate {
            unavailability: ratios / f64::from(cycles),
            ..right
        })
    }
}

struct ShareUp;
impl Flaw for ShareUp {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let right = Renewal::simulate(mttf, mttr, cycles, draw)?;
        Some(Estimate {
            unavailability: 1.0 - right.unavailability,
            ..right
        })
    }
}

struct DownFirst;
impl Flaw for DownFirst {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let mut swapped = Vec::new();
        for _ in 0..cycles {
            let (first, second) = (draw(), draw());
            swapped.extend([second, first]);
        }
        let mut draws = swapped.into_iter();
        Renewal::simulate(mttf, mttr, cycles, &mut || draws.next().unwrap_or(0.5))
    }
}

struct LogOfTheDraw;
impl Flaw for LogOfTheDraw {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        Renewal::simulate(mttf, mttr, cycles, &mut || 1.0 - draw())
    }
}

struct UniformTimes;
impl Flaw for UniformTimes {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        Renewal::simulate(mttf, mttr, cycles, &mut || 1.0 - (-2.0 * draw()).exp())
    }
}

struct OneDraw;
impl Flaw for OneDraw {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let (mut last, mut again) = (0.5, false);
        let mut doubled = || {
            last = if again { last } else { draw() };
            again = !again;
            last
        };
        Renewal::simulate(mttf, mttr, cycles, &mut doubled)
    }
}

struct DividesByN;
impl Flaw for DividesByN {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let n = f64::from(cycles);
        scaled(
            Renewal::simulate(mttf, mttr, cycles, draw),
            ((n - 1.0) / n).sqrt(),
        )
    }
}

struct SpreadOfOneCycle;
impl Flaw for SpreadOfOneCycle {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        scaled(
            Renewal::simulate(mttf, mttr, cycles, draw),
            f64::from(cycles).sqrt(),
        )
    }
}

struct FixedLengths;
impl Flaw for FixedLengths {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        ratio(&times(mttf, mttr, cycles, draw), |(down, _), mean, _| {
            down - mean
        })
    }
}

struct CountsTrials;
impl Flaw for CountsTrials {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let right = Renewal::simulate(mttf, mttr, cycles, draw)?;
        let r = right.unavailability;
        let half_width = match cycles {
            1 => f64::INFINITY,
            n => 1.96 * (r * (1.0 - r) / f64::from(n)).sqrt(),
        };
        Some(Estimate {
            half_width,
            ..right
        })
    }
}

struct NothingIsPerfect;
impl Flaw for NothingIsPerfect {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let perfect = Estimate {
            unavailability: 0.0,
            half_width: 0.0,
        };
        Renewal::simulate(mttf, mttr, cycles, draw).or(Some(perfect))
    }
}

struct SureAfterOne;
impl Flaw for SureAfterOne {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let right = Renewal::simulate(mttf, mttr, cycles, draw)?;
        let half_width = if cycles == 1 { 0.0 } else { right.half_width };
        Some(Estimate {
            half_width,
            ..right
        })
    }
}

struct OneSigma;
impl Flaw for OneSigma {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        scaled(Renewal::simulate(mttf, mttr, cycles, draw), 1.0 / 1.96)
    }
}
