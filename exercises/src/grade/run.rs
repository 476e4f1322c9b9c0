//! Grades an exercise: its checks side by side, each in a process of its own.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::check::Check;
use super::options::Options;
use super::process::{Subject, grade_one};
use super::report::{CheckReport, Isolation, Report};
use crate::catalog::Exercise;

/// Grades a program by the checks that the catalog lists for the exercise.
///
/// The catalog says which checks there are and what they are worth; the program
/// only answers for them, so one that it does not have counts as failed.
///
/// # Time complexity
///
/// One process a check, as many at once as the machine has cores.
pub fn run(subject: &Subject, exercise: &Exercise, options: &Options) -> Report {
    let started = Instant::now();
    let checks: Vec<Check> = (exercise.checks)()
        .into_iter()
        .filter(|check| options.only.wants(check.name))
        .collect();
    let reports = side_by_side(&checks, options.jobs, |check| {
        grade_one(subject, check, options.seed, options.limits)
    });
    Report::new(
        exercise,
        options.seed,
        Isolation::Process,
        reports,
        super::millis(started.elapsed()),
    )
}

/// Applies `grade` to every check, on as many threads as there are jobs, and
/// returns the results in the checks' order.
fn side_by_side(
    checks: &[Check],
    jobs: Option<NonZero<usize>>,
    grade: impl Fn(&Check) -> CheckReport + Sync,
) -> Vec<CheckReport> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(checks.len()));
    let n_threads = jobs
        .or_else(|| thread::available_parallelism().ok())
        .map_or(1, NonZero::get)
        .min(checks.len());
    thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some((index, check)) = take_next(checks, &next) {
                    let report = grade(check);
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((index, report));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, report)| report).collect()
}

fn take_next<'a>(checks: &'a [Check], next: &AtomicUsize) -> Option<(usize, &'a Check)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    checks.get(index).map(|check| (index, check))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::outcome::Outcome;

    #[test]
    fn results_come_in_the_checks_order() {
        let names: Vec<&str> = (0..50).map(|n| &*format!("check-{n}").leak()).collect();
        let checks: Vec<Check> = names
            .iter()
            .map(|name| Check::new(name, "Any rule.", |_| Ok(())))
            .collect();
        let reports = side_by_side(&checks, None, |check| {
            CheckReport::new(check, Outcome::Passed, String::new(), 0)
        });
        assert_eq!(
            reports
                .iter()
                .map(|report| report.name.as_str())
                .collect::<Vec<_>>(),
            names
        );
    }
}
