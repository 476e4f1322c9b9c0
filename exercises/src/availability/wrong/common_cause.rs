//! Wrong solutions of the exercise `common_cause`.

use crate::availability::{BetaFactor, CommonCause, Unavailability, checks};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 12] = [
    of::<DividesByCopies>(
        "DividesByCopies",
        "It divides the unavailability by the number of copies. Independent chances multiply.",
        "no-common",
    ),
    of::<Independent>(
        "Independent",
        "It multiplies, as if the copies had nothing in common.",
        "floor",
    ),
    of::<KeepsTheWholeOwn>(
        "KeepsTheWholeOwn",
        "It counts the common part twice: what is common is no longer the copy’s own.",
        "floor",
    ),
    of::<BetaIsAbsolute>(
        "BetaIsAbsolute",
        "It takes β for the chance of a common failure. It is a share of the copy’s own unavailability.",
        "floor",
    ),
    of::<CommonInParallel>(
        "CommonInParallel",
        "It multiplies the common part with the rest. It stands in series: alone it takes everything down.",
        "floor",
    ),
    of::<NoCopiesAreFine>(
        "NoCopiesAreFine",
        "A group of nothing never fails, to it.",
        "no-copies",
    ),
    of::<OnlyTheFloorIsLeft>(
        "OnlyTheFloorIsLeft",
        "Without copies it leaves the common cause as the only thing that can fail.",
        "no-copies",
    ),
    of::<OneMore>(
        "OneMore",
        "It asks for less than the target, and so for a copy too many where one meets it exactly.",
        "copies-needed",
    ),
    of::<AtLeastOne>(
        "AtLeastOne",
        "It begins with one copy, though a target of 0% needs none.",
        "copies-needed",
    ),
    of::<ByLogarithm>(
        "ByLogarithm",
        "It takes the ratio of the logarithms, a formula that knows nothing of β.",
        "copies-needed",
    ),
    of::<StopsAtAThousand>(
        "StopsAtAThousand",
        "It tries up to a thousand copies and then answers a thousand, as if that were enough.",
        "out-of-reach",
    ),
    of::<ForgetsTheFloor>(
        "ForgetsTheFloor",
        "It ignores β, and promises what no number of copies reaches.",
        "out-of-reach",
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
        checks: checks::common_cause::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        BetaFactor::group(copies, copy, beta)
    }

    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        BetaFactor::copies_needed(copy, beta, target)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> CommonCause for Flawed<F> {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        F::group(copies, copy, beta)
    }

    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        F::copies_needed(copy, beta, target)
    }
}

struct DividesByCopies;
impl Flaw for DividesByCopies {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        match copies {
            0 => Unavailability::ALWAYS,
            n => Unavailability::clamped(
                (1.0 - beta) * copy.get() / f64::from(n) + beta * copy.get(),
            ),
        }
    }
}

struct Independent;
impl Flaw for Independent {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        BetaFactor::group(copies, copy, 0.0 * beta)
    }
}

struct KeepsTheWholeOwn;
impl Flaw for KeepsTheWholeOwn {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        let own = BetaFactor::group(copies, copy, 0.0).get();
        let common = beta * copy.get();
        Unavailability::clamped(common + (1.0 - common) * own)
    }
}

struct BetaIsAbsolute;
impl Flaw for BetaIsAbsolute {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        let own = BetaFactor::group(
            copies,
            Unavailability::clamped((1.0 - beta) * copy.get()),
            0.0,
        )
        .get();
        let beta = if copies == 0 { 1.0 } else { beta };
        Unavailability::clamped(beta + (1.0 - beta) * own)
    }
}

struct CommonInParallel;
impl Flaw for CommonInParallel {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        let own = BetaFactor::group(
            copies,
            Unavailability::clamped((1.0 - beta) * copy.get()),
            0.0,
        )
        .get();
        let common = if beta > 0.0 && copies > 0 {
            beta * copy.get()
        } else {
            1.0
        };
        Unavailability::clamped(common * own)
    }
}

struct NoCopiesAreFine;
impl Flaw for NoCopiesAreFine {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        match copies {
            0 => Unavailability::NEVER,
            n => BetaFactor::group(n, copy, beta),
        }
    }
}

struct OnlyTheFloorIsLeft;
impl Flaw for OnlyTheFloorIsLeft {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        match copies {
            0 => Unavailability::clamped(beta * copy.get()),
            n => BetaFactor::group(n, copy, beta),
        }
    }
}

struct OneMore;
impl Flaw for OneMore {
    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        let found = BetaFactor::copies_needed(copy, beta, target)?;
        let meets = BetaFactor::group(found, copy, beta) == target;
        Some(found + u32::from(meets))
    }
}

struct AtLeastOne;
impl Flaw for AtLeastOne {
    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        BetaFactor::copies_needed(copy, beta, target).map(|copies| copies.max(1))
    }
}

struct ByLogarithm;
impl Flaw for ByLogarithm {
    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        BetaFactor::copies_needed(copy, beta, target)?;
        Some((target.get().ln() / copy.get().ln()).ceil() as u32)
    }
}

struct StopsAtAThousand;
impl Flaw for StopsAtAThousand {
    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        BetaFactor::copies_needed(copy, beta, target).or(Some(1_000))
    }
}

struct ForgetsTheFloor;
impl Flaw for ForgetsTheFloor {
    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        let found = BetaFactor::copies_needed(copy, beta, target);
        found.or_else(|| BetaFactor::copies_needed(copy, 0.0, target))
    }
}
