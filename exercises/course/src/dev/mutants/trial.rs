//! A program before an exercise's checks, as a learner would meet them, under several
//! seeds.

use std::num::NonZero;

use anyhow::bail;
use exercises::catalog::Exercise;
use exercises::grade::{self, CheckReport, Limits, Only, Options, Outcome, Reason, Seed, Subject};

/// The learner's default, and two more: what only one of them notices is noticed by
/// luck, and an edit elsewhere may end it.
pub(super) const SEEDS: [Seed; 3] = [0, 1, 2];

/// What the checks say of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Under each seed some check fails.
    Rejected {
        /// The check that fails first with the first seed.
        by: String,
        /// Whether it only ran out of time.
        timed_out: bool,
    },
    /// With this seed every check passes.
    Passes { seed: Seed },
}

/// Tries every check until one fails, with each seed.
///
/// # Errors
///
/// When a check cannot be started.
pub(super) fn all_seeds(subject: &Subject, exercise: &Exercise) -> anyhow::Result<Verdict> {
    let mut names: Vec<&str> = (exercise.checks)().iter().map(|check| check.name).collect();
    let mut rejected = None;
    for seed in SEEDS {
        let Some((index, timed_out)) = first_failure(subject, exercise, &names, seed)? else {
            return Ok(Verdict::Passes { seed });
        };
        let verdict = Verdict::Rejected {
            by: names[index].to_owned(),
            timed_out,
        };
        // What loops for ever with one seed would take its time with each.
        if timed_out {
            return Ok(verdict);
        }
        rejected.get_or_insert(verdict);
        // The check that failed is the likeliest to fail again.
        names[..=index].rotate_right(1);
    }
    rejected.ok_or_else(|| anyhow::anyhow!("there is no seed to try"))
}

/// The first of the named checks that fails, and whether it ran out of time.
fn first_failure(
    subject: &Subject,
    exercise: &Exercise,
    names: &[&str],
    seed: Seed,
) -> anyhow::Result<Option<(usize, bool)>> {
    for (index, name) in names.iter().enumerate() {
        let options = Options {
            seed,
            // The learner's: a shorter time would call a survivor caught on a busy machine.
            limits: Limits::default(),
            only: Only::check(*name),
            // Programs are tried side by side already.
            jobs: Some(NonZero::<usize>::MIN),
        };
        let report = grade::run(subject, exercise, &options);
        for CheckReport { outcome, .. } in &report.checks {
            match outcome {
                Outcome::Passed => {}
                Outcome::Failed { reason } => return judge(exercise, index, reason).map(Some),
            }
        }
    }
    Ok(None)
}

fn judge(exercise: &Exercise, index: usize, reason: &Reason) -> anyhow::Result<(usize, bool)> {
    match reason {
        Reason::NotStarted { .. } | Reason::NoSuchCheck => {
            bail!("a mutant of {} cannot be graded: {reason}", exercise.id)
        }
        reason => Ok((index, matches!(reason, Reason::TimedOut { .. }))),
    }
}
