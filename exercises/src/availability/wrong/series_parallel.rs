//! Wrong solutions of the exercise `series_parallel`.

use crate::availability::{Independent, SeriesParallel, Unavailability, checks};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 11] = [
    of::<WeakestLink>(
        "WeakestLink",
        "It takes the worst part for the whole chain. Every other part adds its own downtime.",
        "series",
    ),
    of::<SumsUp>(
        "SumsUp",
        "It adds the unavailabilities up. That is close for small ones, but counts twice the time when two parts are down.",
        "series",
    ),
    of::<Mean>(
        "Mean",
        "It takes the mean of the parts. A chain is worse than each of its links.",
        "series",
    ),
    of::<SeriesMultipliesDown>(
        "SeriesMultipliesDown",
        "It multiplies the chances of being down: that is the parallel formula.",
        "series",
    ),
    of::<BestOf>(
        "BestOf",
        "It takes the best part. The others help as well.",
        "parallel",
    ),
    of::<MultipliesUp>(
        "MultipliesUp",
        "It multiplies the availabilities: that is the series formula.",
        "parallel",
    ),
    of::<FirstTwo>(
        "FirstTwo",
        "It combines two parts and forgets the others.",
        "parallel",
    ),
    of::<EmptySeriesIsDown>(
        "EmptySeriesIsDown",
        "A series of nothing is down to it, though nothing is missing.",
        "empty",
    ),
    of::<EmptyParallelIsUp>(
        "EmptyParallelIsUp",
        "A parallel group of nothing is up to it, though there is none that could be up.",
        "empty",
    ),
    of::<SubtractsFromOne>(
        "SubtractsFromOne",
        "It multiplies availabilities and subtracts the product from 1. Near 1, floats are 10^-16 apart, and of 10^-11 only five digits survive.",
        "small",
    ),
    of::<Logarithms>(
        "Logarithms",
        "It adds up `(1 - u).ln()`: the subtraction has lost the digits before the logarithm sees them. `(-u).ln_1p()` would not.",
        "small",
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
        checks: checks::series_parallel::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        Independent::in_series(parts)
    }

    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        Independent::in_parallel(parts)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> SeriesParallel for Flawed<F> {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        F::in_series(parts)
    }

    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        F::in_parallel(parts)
    }
}

struct WeakestLink;
impl Flaw for WeakestLink {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        parts
            .iter()
            .copied()
            .fold(Unavailability::NEVER, |worst, part| {
                if part > worst { part } else { worst }
            })
    }
}

struct SumsUp;
impl Flaw for SumsUp {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        Unavailability::clamped(parts.iter().map(|part| part.get()).sum())
    }
}

struct Mean;
impl Flaw for Mean {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        let sum: f64 = parts.iter().map(|part| part.get()).sum();
        Unavailability::clamped(sum / parts.len().max(1) as f64)
    }
}

struct SeriesMultipliesDown;
impl Flaw for SeriesMultipliesDown {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        match parts {
            [] => Unavailability::NEVER,
            _ => Independent::in_parallel(parts),
        }
    }
}

struct BestOf;
impl Flaw for BestOf {
    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        parts
            .iter()
            .copied()
            .fold(Unavailability::ALWAYS, |best, part| {
                if part < best { part } else { best }
            })
    }
}

struct MultipliesUp;
impl Flaw for MultipliesUp {
    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        match parts {
            [] => Unavailability::ALWAYS,
            _ => Independent::in_series(parts),
        }
    }
}

struct FirstTwo;
impl Flaw for FirstTwo {
    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        Independent::in_parallel(&parts[..parts.len().min(2)])
    }
}

struct EmptySeriesIsDown;
impl Flaw for EmptySeriesIsDown {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        match parts {
            [] => Unavailability::ALWAYS,
            _ => Independent::in_series(parts),
        }
    }
}

struct EmptyParallelIsUp;
impl Flaw for EmptyParallelIsUp {
    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        match parts {
            [] => Unavailability::NEVER,
            _ => Independent::in_parallel(parts),
        }
    }
}

struct SubtractsFromOne;
impl Flaw for SubtractsFromOne {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        let up: f64 = parts.iter().map(|part| 1.0 - part.get()).product();
        Unavailability::clamped(1.0 - up)
    }
}

struct Logarithms;
impl Flaw for Logarithms {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        let up: f64 = parts.iter().map(|part| (1.0 - part.get()).ln()).sum();
        Unavailability::clamped(-up.exp_m1())
    }
}
