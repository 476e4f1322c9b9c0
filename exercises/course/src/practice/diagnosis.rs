//! A name for what is wrong: a solution that behaves as one of the catalog's wrong
//! solutions does is told what is wrong with that one.
//!
//! It goes by behaviour alone: the same checks fail, on the same smallest inputs, with
//! the same answers. How the text looks is not asked, because one mistake has many
//! spellings. What is told is therefore a likeness, and says so; a learner whose only
//! mistake is not in the catalog is told nothing.

mod behaviour;
mod cache;

use std::fmt;

use exercises::catalog::{Exercise, Wrong};
use exercises::grade::{CheckReport, Counterexample, Reason, Report, Seed};

use behaviour::Behaviour;
pub(crate) use behaviour::input_of_panic;
use cache::Behaviours;

/// The wrong solution that a learner's resembles.
#[derive(Debug, Clone)]
pub(crate) struct Diagnosis {
    /// It; or several that no check of the run tells apart.
    pub(crate) wrong: Vec<Wrong>,
    /// Whether every check of the run says so.
    pub(crate) is_exact: bool,
}

impl fmt::Display for Diagnosis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let likeness = match self.is_exact {
            true => "This looks like",
            false => "So far it behaves like",
        };
        for (index, wrong) in self.wrong.iter().enumerate() {
            let begin = if index == 0 { likeness } else { " Or like" };
            write!(f, "{begin} \"{}\": {}", words(wrong.name), wrong.diagnosis)?;
        }
        Ok(())
    }
}

/// `DedupsNeighbours` as people write it: `dedups neighbours`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// Finds the wrong solution that behaves as the graded one does, if there is one.
///
/// The first check that failed narrows the catalog down; the others of the report decide
/// between those that are left. Where none is the same on all of them, it may be that the
/// learner made its mistake and another, or has not written everything yet: then just one
/// must be left whose own failures are all here.
///
/// # Errors
///
/// When the wrong solutions cannot be run.
///
/// # Time complexity
///
/// One process for each wrong solution, and then one for each check of those that are
/// left, as many at once as there are cores; later runs read what they found.
pub(crate) fn diagnose(exercise: &Exercise, report: &Report) -> anyhow::Result<Option<Diagnosis>> {
    let found: Vec<(&str, Behaviour)> = report
        .checks
        .iter()
        .map(|check| (check.name.as_str(), Behaviour::of(check)))
        .collect();
    let Some((first, seen)) = found.iter().find(|(_, seen)| !seen.is_pass()) else {
        return Ok(None);
    };
    if !seen.is_telling() {
        return Ok(None);
    }
    let mut known = Behaviours::of(exercise, report.seed);
    let all: Vec<&Wrong> = exercise.wrong.iter().collect();
    known.learn(&all, first)?;
    let alike: Vec<&Wrong> = all
        .into_iter()
        .filter(|wrong| known.get(wrong, first) == Some(seen))
        .collect();
    if alike.is_empty() {
        return Ok(None);
    }
    for (check, _) in &found {
        known.learn(&alike, check)?;
    }
    Ok(choose(&alike, |wrong| {
        let pairs = found
            .iter()
            .map(|(check, seen)| (seen, known.get(wrong, check)));
        Likeness::of(pairs)
    }))
}

/// How a wrong solution that is the same on the first check compares on all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// The same on each.
    Same,
    /// Where it fails, the learner's fails, and enough of that is the same.
    Part,
    /// Not the same mistake.
    Other,
}

/// One counterexample that is the same proves little beside one that is not: some have two
/// possible answers only.
const ENOUGH: usize = 2;

impl Likeness {
    fn of<'a>(pairs: impl Iterator<Item = (&'a Behaviour, Option<&'a Behaviour>)>) -> Self {
        let (mut n_same, mut n_different, mut is_all) = (0, 0, true);
        for (seen, known) in pairs {
            let fails = known.is_none_or(|known| !known.is_pass());
            if known == Some(seen) {
                n_same += usize::from(fails);
                continue;
            }
            is_all = false;
            if fails && seen.is_pass() {
                return Self::Other;
            }
            n_different += usize::from(fails && seen.is_telling());
        }
        match n_different {
            _ if is_all => Self::Same,
            0 => Self::Part,
            _ if n_same >= ENOUGH => Self::Part,
            _ => Self::Other,
        }
    }
}

/// Those that are the same, else the only one that may be a part of it.
fn choose(alike: &[&Wrong], likeness: impl Fn(&Wrong) -> Likeness) -> Option<Diagnosis> {
    let (mut same, mut parts) = (Vec::new(), Vec::new());
    for &wrong in alike {
        match likeness(wrong) {
            Likeness::Same => same.push(*wrong),
            Likeness::Part => parts.push(*wrong),
            Likeness::Other => {}
        }
    }
    let is_exact = !same.is_empty();
    let wrong = if is_exact { same } else { parts };
    (is_exact || wrong.len() == 1).then_some(Diagnosis { wrong, is_exact })
}

/// What a rule is about, as the wrong solutions show that its check is there to reject.
#[derive(Debug)]
pub(crate) enum Example {
    /// An input that matters to the rule, and what the rule asks for on it.
    Input(Counterexample),
    /// An input on which they panic.
    Panic(String),
    /// They answer as the rule asks, but not within the time: no small input shows that.
    TooLate,
}

/// An example for the rule of this check, if a wrong solution gives one.
///
/// # Errors
///
/// When the wrong solutions cannot be run.
pub(crate) fn example(
    exercise: &Exercise,
    check: &str,
    seed: Seed,
) -> anyhow::Result<Option<Example>> {
    let rejected: Vec<&Wrong> = exercise
        .wrong
        .iter()
        .filter(|wrong| wrong.rejected_by == check)
        .collect();
    let mut known = Behaviours::of(exercise, seed);
    known.learn(&rejected, check)?;
    let found = || rejected.iter().filter_map(|wrong| known.get(wrong, check));
    let kinds: [fn(&Behaviour) -> Option<Example>; 3] = [
        |behaviour| match behaviour {
            Behaviour::Broken(input) => Some(Example::Input(input.clone())),
            _ => None,
        },
        |behaviour| match behaviour {
            Behaviour::Panicked { input, .. } => input.clone().map(Example::Panic),
            _ => None,
        },
        |behaviour| match behaviour {
            Behaviour::Otherwise(Reason::TimedOut { .. }) => Some(Example::TooLate),
            _ => None,
        },
    ];
    // The most telling kind, whichever solution gives it.
    Ok(kinds.iter().find_map(|kind| found().find_map(kind)))
}

/// Whether one file, graded twice from one seed, failed in two ways: chance is in it.
pub(crate) fn is_unsteady(before: &Report, now: &Report) -> bool {
    let differs = |check: &CheckReport| {
        let found = before.checks.iter().find(|found| found.name == check.name);
        let pair = found.map(|found| (Behaviour::of(found), Behaviour::of(check)));
        pair.is_some_and(|(a, b)| a != b && !a.is_a_matter_of_luck() && !b.is_a_matter_of_luck())
    };
    before.seed == now.seed && now.checks.iter().any(differs)
}

/// What is told of such a file.
pub(crate) const UNSTEADY: &str = "The same file answered differently last time. Something in it \
    is random: a hasher with a seed of its own, or the order of a `HashMap`, perhaps.";

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(answer: &str) -> Behaviour {
        Behaviour::Broken(Counterexample::new("owner(k)", "a", answer))
    }

    #[track_caller]
    fn check(seen: &[Behaviour], known: &[Behaviour], expected: Likeness) {
        let pairs = seen.iter().zip(known.iter().map(Some));
        assert_eq!(Likeness::of(pairs), expected);
    }

    #[test]
    fn only_the_same_answer_to_every_check_is_the_same() {
        let pass = Behaviour::Passed;
        let seen = [broken("b"), pass.clone(), broken("c")];
        check(&seen, &seen, Likeness::Same);
        let known = |second: Behaviour, third: Behaviour| [broken("b"), second, third];
        // One of two failures is another: perhaps a coincidence.
        check(&seen, &known(pass.clone(), broken("d")), Likeness::Other);
        check(&seen, &known(pass.clone(), pass.clone()), Likeness::Part);
        // It fails what holds here.
        check(&seen, &known(broken("e"), broken("c")), Likeness::Other);
    }

    #[test]
    fn two_failures_that_are_the_same_outweigh_others() {
        let seen = [broken("b"), broken("c"), broken("d")];
        let known = [broken("b"), broken("c"), broken("e")];
        check(&seen, &known, Likeness::Part);
    }

    #[test]
    fn what_is_not_written_yet_speaks_neither_for_nor_against() {
        let unwritten = Behaviour::Otherwise(Reason::StackOverflow);
        check(
            &[broken("b"), unwritten],
            &[broken("b"), broken("c")],
            Likeness::Part,
        );
    }

    const FIRST: Wrong = wrong("First");
    const SECOND: Wrong = wrong("Second");

    const fn wrong(name: &'static str) -> Wrong {
        Wrong {
            name,
            diagnosis: "It is wrong.",
            rejected_by: "any",
            checks: Vec::new,
        }
    }

    #[track_caller]
    fn check_choice(likeness: [Likeness; 2], expected: &[&str]) {
        let chosen = choose(&[&FIRST, &SECOND], |wrong| {
            likeness[usize::from(wrong.name == SECOND.name)]
        });
        let named = chosen.map(|found| found.wrong);
        let names: Vec<&str> = named.iter().flatten().map(|wrong| wrong.name).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn of_two_that_may_be_a_part_neither_is_named() {
        use Likeness::{Other, Part, Same};
        check_choice([Part, Same], &["Second"]);
        check_choice([Same, Same], &["First", "Second"]);
        check_choice([Part, Other], &["First"]);
        check_choice([Part, Part], &[]);
        check_choice([Other, Other], &[]);
    }

    #[track_caller]
    fn check_told(wrong: &[Wrong], is_exact: bool, expected: &str) {
        let wrong = wrong.to_vec();
        assert_eq!(Diagnosis { wrong, is_exact }.to_string(), expected);
    }

    #[test]
    fn a_name_is_told_in_words() {
        let dedups = wrong("DedupsNeighbours");
        let named = "\"dedups neighbours\": It is wrong.";
        check_told(&[dedups], true, &format!("This looks like {named}"));
        check_told(&[dedups], false, &format!("So far it behaves like {named}"));
        check_told(
            &[dedups, FIRST],
            true,
            &format!("This looks like {named} Or like \"first\": It is wrong."),
        );
    }

    #[test]
    fn a_file_that_fails_in_two_ways_from_one_seed_is_unsteady() {
        let report = |seed: u64, answer: &str| -> Report {
            let text = format!(
                r#"{{"exercise": "", "title": "", "seed": {seed}, "isolation": "sealed", "left_out": 0,
                    "points": 0, "of": 1, "elapsed_ms": 0, "checks": [{{"name": "any", "rule": "",
                    "points": 1, "output": "", "elapsed_ms": 0, "outcome": {{"status": "failed",
                    "reason": {{"kind": "rule-broken", "counterexample":
                    {{"input": "k", "expected": "a", "actual": "{answer}"}}}}}}}}]}}"#
            );
            serde_json::from_str(&text).expect("a report")
        };
        assert!(is_unsteady(&report(0, "b"), &report(0, "c")));
        assert!(!is_unsteady(&report(0, "b"), &report(0, "b")));
        assert!(!is_unsteady(&report(0, "b"), &report(1, "c")));
    }
}
