//! The four layers of help for one rule, from the question back to the learner to the
//! code that is nearly there.

use exercises::catalog::Exercise;
use exercises::grade::{Check, CheckReport, Outcome, Reason, Seed};

use super::contract::Contract;
use super::{obstacle, trace};
use crate::practice::book;
use crate::practice::diagnosis::{self, Example};
use crate::practice::workspace::Workspace;

/// How many there are.
pub(crate) const N_LAYERS: usize = NAMES.len();

const NAMES: [&str; 4] = [
    "what the rule asks",
    "the idea",
    "the smallest trace",
    "nearly code",
];

/// A rule, and what the last check found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule<'a> {
    pub(super) exercise: &'a Exercise,
    pub(super) check: &'a Check,
    /// Nothing, if it was not tried.
    pub(super) found: Option<&'a CheckReport>,
    pub(super) seed: Seed,
}

impl<'a> Rule<'a> {
    /// Why it does not hold.
    fn reason(&self) -> Option<&'a Reason> {
        match &self.found?.outcome {
            Outcome::Failed { reason } => Some(reason),
            Outcome::Passed => None,
        }
    }
}

/// The layers of one rule, as text.
#[derive(Debug, Clone)]
pub(super) struct Layers {
    /// Name of the check.
    pub(super) check: &'static str,
    /// The rule, in a sentence.
    pub(super) rule: &'static str,
    /// A text a layer.
    pub(super) texts: [String; N_LAYERS],
}

impl Layers {
    pub(super) fn of(workspace: &Workspace, rule: Rule<'_>) -> Self {
        let [nudge, idea, nearly_code] = rule.check.hints;
        Self {
            check: rule.check.name,
            rule: rule.check.rule,
            texts: [
                asks(workspace, rule, nudge),
                format!(
                    "{idea}\nIn the book: {}",
                    book::place(workspace, rule.exercise, Some(rule.check))
                ),
                traced(workspace, rule),
                nearly_code.to_owned(),
            ],
        }
    }

    /// The layer of this number, counted from 1, under its name.
    pub(super) fn text(&self, n: usize) -> String {
        let mut text = format!("\nHint {n} of {N_LAYERS}, {}:\n", NAMES[n - 1]);
        for line in self.texts[n - 1].lines() {
            text += format!("  {line}").trim_end();
            text.push('\n');
        }
        text
    }
}

/// What happened, the first hint, and where the rule is written down.
fn asks(workspace: &Workspace, rule: Rule<'_>, nudge: &str) -> String {
    let mut lines = Vec::new();
    if let Some(reason) = rule.reason() {
        lines.extend(obstacle::in_words(workspace, reason));
    }
    lines.push(nudge.to_owned());
    let file = workspace.shown(&workspace.root().join(Contract::file(rule.exercise)));
    let contract = match Contract::read(workspace, rule.exercise) {
        Ok(contract) => format!("`{}` in {file}", contract.name),
        Err(_) => file,
    };
    lines.push(format!("The rule is part of the contract: {contract}"));
    lines.join("\n")
}

/// The learner's own counterexample; else a small input on which others break the rule.
fn traced(workspace: &Workspace, rule: Rule<'_>) -> String {
    let Rule {
        exercise, check, ..
    } = rule;
    let (opening, trace) = match rule.reason() {
        Some(Reason::RuleBroken { counterexample }) => (
            "This is the smallest input found on which your solution breaks the rule.".to_owned(),
            trace::of_counterexample(check.name, counterexample),
        ),
        reason => {
            let printed = rule.found.map_or("", |found| &found.output);
            if let Some(input) = diagnosis::input_of_panic(printed) {
                (
                    "Your solution panics in the last line of this.".to_owned(),
                    trace::of_input(check.name, input),
                )
            } else {
                let why = obstacle::why_no_trace(reason);
                match example(exercise, check, rule.seed) {
                    Some(Example::Input(input)) => (
                        format!("{why}Here is a small one on which others break this rule."),
                        trace::of_example(check.name, &input),
                    ),
                    Some(Example::Panic(input)) => (
                        format!("{why}Here is a small one on which others panic."),
                        trace::of_input(check.name, &input),
                    ),
                    Some(Example::TooLate) => return TOO_LATE.to_owned(),
                    None => return NO_INPUT.to_owned(),
                }
            }
        }
    };
    format!("{opening}\n\n{trace}\n{}", how_to_run(workspace, rule))
}

/// Of a rule that only slow solutions break.
const TOO_LATE: &str = "Those who break this rule give the right answers, too late: no small \
    input shows it. For one call of yours, count the steps that it takes when a hundred \
    thousand entries are kept.";

const NO_INPUT: &str = "No input was kept for this rule. Try the contract's example.";

fn example(exercise: &Exercise, check: &Check, seed: Seed) -> Option<Example> {
    diagnosis::example(exercise, check.name, seed)
        .ok()
        .flatten()
}

fn how_to_run(workspace: &Workspace, rule: Rule<'_>) -> String {
    let id = rule.exercise.id;
    let function = trace::name(rule.check.name);
    // A learner's folder is a package of its own.
    let package = match workspace.is_clone() {
        true => " -p exercises",
        false => "",
    };
    format!(
        "To run it, paste it at the end of {}, begin `main` with `{function}();` for as long as\n\
         you look, and add a `dbg!` where you want to see more:\n  \
         cargo test{package} --test {id}",
        workspace.stub_name(id)
    )
}
