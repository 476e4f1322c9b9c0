//! Wrong solutions of the exercise `k_of_n`.

use crate::availability::{KOfN, TailSum, Unavailability, checks};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 12] = [
    of::<ExactlyEnough>(
        "ExactlyEnough",
        "It takes only the case in which one too many is down; more can be.",
        "equal-parts",
    ),
    of::<NeedsOneMore>(
        "NeedsOneMore",
        "It takes the group for down while just as many are up as are needed.",
        "equal-parts",
    ),
    of::<CountsTheDown>(
        "CountsTheDown",
        "It mixes up the sides: it is down when `needed` parts are down.",
        "equal-parts",
    ),
    of::<OneWayOnly>(
        "OneWayOnly",
        "It forgets that there are several ways in which two of three can be down.",
        "equal-parts",
    ),
    of::<PanicsBeyond>(
        "PanicsBeyond",
        "It subtracts before it looks, and panics when more are needed than there are.",
        "ends",
    ),
    of::<NeverWithoutParts>(
        "NeverWithoutParts",
        "Without parts it is up to it, even if one is needed.",
        "ends",
    ),
    of::<NothingNeededIsDown>(
        "NothingNeededIsDown",
        "With nothing needed it is down to it.",
        "ends",
    ),
    of::<AveragesTheParts>(
        "AveragesTheParts",
        "It puts the mean unavailability into the binomial formula: right for equal parts only.",
        "unequal",
    ),
    of::<AllLikeTheFirst>(
        "AllLikeTheFirst",
        "It takes all parts to be like the first one.",
        "unequal",
    ),
    of::<SubtractsFromOne>(
        "SubtractsFromOne",
        "It adds up the cases in which it is up, and subtracts from 1: nothing is left of a small answer.",
        "small",
    ),
    of::<Factorials>(
        "Factorials",
        "It computes factorials in 64 bits, where 20! is the largest.",
        "many",
    ),
    of::<GivesUpOnMany>(
        "GivesUpOnMany",
        "It lists subsets in the bits of a `u32`, so that parts beyond the 32nd never fail.",
        "many",
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
        checks: checks::k_of_n::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        TailSum::at_least(needed, parts)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> KOfN for Flawed<F> {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        F::at_least(needed, parts)
    }
}

fn minus(one: Unavailability, other: Unavailability) -> Unavailability {
    Unavailability::clamped(one.get() - other.get())
}

fn mean(parts: &[Unavailability]) -> f64 {
    let sum: f64 = parts.iter().map(|part| part.get()).sum();
    sum / parts.len().max(1) as f64
}

struct ExactlyEnough;
impl Flaw for ExactlyEnough {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        match (needed, needed > parts.len()) {
            (0, _) | (_, true) => TailSum::at_least(needed, parts),
            _ => minus(
                TailSum::at_least(needed, parts),
                TailSum::at_least(needed - 1, parts),
            ),
        }
    }
}

struct NeedsOneMore;
impl Flaw for NeedsOneMore {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        let more = needed + usize::from((1..=parts.len()).contains(&needed));
        TailSum::at_least(more, parts)
    }
}

struct CountsTheDown;
impl Flaw for CountsTheDown {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        match needed {
            0 => Unavailability::NEVER,
            n if n > parts.len() => Unavailability::ALWAYS,
            n => TailSum::at_least(parts.len() + 1 - n, parts),
        }
    }
}

struct OneWayOnly;
impl Flaw for OneWayOnly {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        let Some(spare) = parts.len().checked_sub(needed) else {
            return Unavailability::ALWAYS;
        };
        let u = mean(parts);
        let one_way =
            |down: usize| u.powi(down as i32) * (1.0 - u).powi((parts.len() - down) as i32);
        Unavailability::clamped((spare + 1..=parts.len()).map(one_way).sum())
    }
}

struct PanicsBeyond;
impl Flaw for PanicsBeyond {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        assert!(needed <= parts.len(), "attempt to subtract with overflow");
        TailSum::at_least(needed, parts)
    }
}

struct NeverWithoutParts;
impl Flaw for NeverWithoutParts {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        match parts {
            [] => Unavailability::NEVER,
            _ => TailSum::at_least(needed, parts),
        }
    }
}

struct NothingNeededIsDown;
impl Flaw for NothingNeededIsDown {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        match needed {
            0 => Unavailability::ALWAYS,
            _ => TailSum::at_least(needed, parts),
        }
    }
}

struct AveragesTheParts;
impl Flaw for AveragesTheParts {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        TailSum::at_least(
            needed,
            &vec![Unavailability::clamped(mean(parts)); parts.len()],
        )
    }
}

struct AllLikeTheFirst;
impl Flaw for AllLikeTheFirst {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        let first = parts.first().copied().unwrap_or(Unavailability::NEVER);
        TailSum::at_least(needed, &vec![first; parts.len()])
    }
}

struct SubtractsFromOne;
impl Flaw for SubtractsFromOne {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        let up = 1.0 - TailSum::at_least(needed, parts).get();
        Unavailability::clamped(1.0 - up)
    }
}

struct Factorials;
impl Flaw for Factorials {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        let fits = (1..=parts.len() as u64).try_fold(1_u64, u64::checked_mul);
        assert!(fits.is_some(), "attempt to multiply with overflow");
        TailSum::at_least(needed, parts)
    }
}

struct GivesUpOnMany;
impl Flaw for GivesUpOnMany {
    fn at_least(needed: usize, parts: &[Unavailability]) -> Unavailability {
        match parts.len() {
            0..=32 => TailSum::at_least(needed, parts),
            n => TailSum::at_least(needed.saturating_sub(n - 32), &parts[..32]),
        }
    }
}
