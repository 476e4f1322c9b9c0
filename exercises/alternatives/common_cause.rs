//! Another solution of *Common causes*: the number of copies from a logarithm, with the
//! floor taken off first.
//!
//! The reference tries one number after the other. Here the target is turned into what
//! the copies' own failures may add, and a guess from logarithms is put right by at most
//! a step or two.

use exercises::availability::{CommonCause, Unavailability, checks};

struct Mine;

impl CommonCause for Mine {
    fn group(copies: u32, copy: Unavailability, beta: f64) -> Unavailability {
        let [common, own] = [beta, 1.0 - beta].map(|share| share * copy.get());
        let all_own = own.powi(copies as i32);
        match copies {
            0 => Unavailability::ALWAYS,
            _ => Unavailability::clamped(common + all_own - common * all_own),
        }
    }

    fn copies_needed(copy: Unavailability, beta: f64, target: Unavailability) -> Option<u32> {
        let meets = |copies: u32| Self::group(copies, copy, beta) <= target;
        let common = beta * copy.get();
        let own = (1.0 - beta) * copy.get();
        let left = (target.get() - common) / (1.0 - common);
        if meets(0) || meets(1) {
            return Some(u32::from(!meets(0)));
        }
        if left <= 0.0 || own >= 1.0 || own <= 0.0 {
            return None;
        }
        let guess = (left.ln() / own.ln()).ceil() as u32;
        (guess.saturating_sub(2)..guess + 2).find(|copies| meets(*copies))
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("common_cause", checks::common_cause::all::<Mine>)
}
