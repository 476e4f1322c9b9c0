//! `cargo course dev mutants`: proves the checks by small changes to the references.
//!
//! Whatever `cargo-mutants` can change in a reference, some check must notice, or the
//! topic's `survivors.toml` says why none can. Use it after a change of a reference or
//! of a check. It proves nothing about right solutions of another shape: they must
//! pass, which `cargo course dev check` tries.
//!
//! What became of the mutants is kept in a page of the book ([`page`]), with a hash of
//! what it was made from ([`inputs`]), by which `cargo test` notices a table that is
//! out of date.

mod inputs;
mod mutant;
mod page;
mod program;
mod proof;
mod reasons;
#[cfg(test)]
mod tests;
mod tool;
mod topic;
mod trial;

use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use exercises::catalog::{self, Exercise};

use super::fault::Fault;
use crate::grading::Library;
use crate::practice::names;
use crate::practice::progress::replace;
use crate::practice::workspace::Workspace;
use crate::session::progress::Console;
use page::{PAGE, Row};
use proof::{Fate, Finding, Proof};
use reasons::{REASONS, Reasons};
use topic::Topic;

/// Which mutants to try, and what to do with the table.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Only the references of these exercises.
    #[arg(value_name = "EXERCISE")]
    exercises: Vec<String>,
    /// Write nothing; fail if the table says something else.
    #[arg(long)]
    check: bool,
    /// Only exercises whose reference, checks or reasons differ from those of this commit.
    #[arg(long, value_name = "REV")]
    changed: Option<String>,
    /// Try nothing: only see whether the table was made from today's sources.
    #[arg(long, conflicts_with_all = ["check", "changed"])]
    recorded: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let all = catalog::all();
    let mut chosen = match arguments.exercises.as_slice() {
        [] => all.clone(),
        names => names
            .iter()
            .map(|name| names::exercise(name))
            .collect::<anyhow::Result<_>>()?,
    };
    if let Some(revision) = &arguments.changed {
        chosen = inputs::changed_since(workspace, revision, chosen, &all)?;
        if chosen.is_empty() {
            println!("no reference and no check differs from {revision}");
            return Ok(ExitCode::SUCCESS);
        }
    }
    let table = Table::read(workspace, all)?;
    let faults = match arguments.recorded {
        true => table.faults_of_record(&chosen)?,
        false => table.made_anew(&chosen, arguments.check)?,
    };
    for fault in &faults {
        eprintln!("\n{fault}");
    }
    Ok(match faults.as_slice() {
        [] => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// The committed table, and what it is about.
struct Table<'a> {
    workspace: &'a Workspace,
    catalog: Vec<Exercise>,
    text: String,
}

impl<'a> Table<'a> {
    fn read(workspace: &'a Workspace, catalog: Vec<Exercise>) -> anyhow::Result<Self> {
        Ok(Self {
            workspace,
            catalog,
            // There is none before the first run.
            text: fs::read_to_string(workspace.root().join(PAGE)).unwrap_or_default(),
        })
    }

    /// Whether it is about today's sources.
    fn faults_of_record(&self, chosen: &[Exercise]) -> anyhow::Result<Vec<Fault>> {
        let rows = page::rows(&self.text);
        let mut faults = Vec::new();
        for exercise in chosen {
            let made_from = self.made_from(exercise)?;
            let row = rows.iter().find(|row| row.exercise == exercise.id);
            let what = match row {
                Some(row) if row.made_from == made_from => None,
                Some(_) => {
                    Some("its reference or its checks have changed since its mutants were tried")
                }
                None => Some("its mutants have never been tried"),
            };
            if let Some(what) = what {
                let next = format!("run `cargo course dev mutants {}`", exercise.id);
                faults.push(Fault::new(exercise.id, what, next));
            }
        }
        if faults.is_empty() {
            faults.extend(self.compare(&rows)?);
        }
        Ok(faults)
    }

    /// Tries the mutants of these exercises, and writes the table or compares it.
    fn made_anew(&self, chosen: &[Exercise], only_compare: bool) -> anyhow::Result<Vec<Fault>> {
        let started = Instant::now();
        let library = Library::build(self.workspace)?;
        let mut rows = page::rows(&self.text);
        let mut faults = Vec::new();
        // A program answers for one topic's exercises.
        for exercises in chosen.chunk_by(|one, next| one.topic == next.topic) {
            let findings = self.try_all(&library, exercises)?;
            faults.extend(self.judge(exercises, &findings)?);
            for exercise in exercises {
                let row = Row::count(exercise.id, &findings, self.made_from(exercise)?);
                rows.retain(|row| row.exercise != exercise.id);
                rows.push(row);
            }
            say(&rows, exercises, &findings);
        }
        println!("took {} s", started.elapsed().as_secs());
        if faults.is_empty() {
            match only_compare {
                true => faults.extend(self.compare(&rows)?),
                false => self.write(&rows)?,
            }
        }
        Ok(faults)
    }

    fn try_all(&self, library: &Library, exercises: &[Exercise]) -> anyhow::Result<Vec<Finding>> {
        let topic = Topic::of(self.workspace, &exercises[0])?;
        let proof = Proof::new(self.workspace, library, &topic, exercises.iter().collect())?;
        let mutants = tool::list(self.workspace, proof.files())?;
        let (step, total) = (Console::default().step("Mutants"), mutants.len() as u64);
        let findings = proof.of(mutants, |n_tried, mutant| {
            let at = format!("{}: {}", mutant.file_name(), mutant.function());
            step.reached(n_tried, total, &at);
        })?;
        step.done(&format!("{total} changes tried"));
        Ok(findings)
    }

    fn judge(&self, exercises: &[Exercise], findings: &[Finding]) -> anyhow::Result<Vec<Fault>> {
        let topic = Topic::of(self.workspace, &exercises[0])?;
        let tried: Vec<&str> = exercises.iter().map(|exercise| exercise.id).collect();
        let reasons = Reasons::read(self.workspace, &topic)?;
        Ok(reasons.faults(&topic.in_folder(REASONS), &tried, findings))
    }

    fn made_from(&self, exercise: &Exercise) -> anyhow::Result<String> {
        let topic = Topic::of(self.workspace, exercise)?;
        let files = inputs::files(self.workspace, &topic, exercise, &self.catalog)?;
        inputs::hash(&topic, &files)
    }

    fn compare(&self, rows: &[Row]) -> anyhow::Result<Option<Fault>> {
        let next = "run `cargo course dev mutants` and commit what it writes";
        let stale = self.render(rows)? != self.text;
        Ok(stale.then(|| Fault::new(PAGE, "the table says something else", next)))
    }

    fn write(&self, rows: &[Row]) -> anyhow::Result<()> {
        let path = self.workspace.root().join(PAGE);
        let text = self.render(rows)?;
        if text == self.text {
            println!("{PAGE} says so already");
            return Ok(());
        }
        let folder = path.parent().context("the page lies in a folder")?;
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        replace(&path, text.as_bytes())?;
        println!("wrote {PAGE}");
        Ok(())
    }

    /// The page, with the rows in the catalog's order; of exercises that are gone, none.
    fn render(&self, rows: &[Row]) -> anyhow::Result<String> {
        let of = |exercise: &Exercise| rows.iter().find(|row| row.exercise == exercise.id);
        let rows: Vec<Row> = self.catalog.iter().filter_map(of).cloned().collect();
        let mut reasons = Vec::new();
        for exercises in self.catalog.chunk_by(|one, next| one.topic == next.topic) {
            let topic = Topic::of(self.workspace, &exercises[0])?;
            reasons.push(Reasons::read(self.workspace, &topic)?);
        }
        Ok(page::render(&rows, &reasons))
    }
}

/// Says what became of the mutants, and how many of them had to be stopped.
fn say(rows: &[Row], exercises: &[Exercise], findings: &[Finding]) {
    let is_new = |row: &&Row| exercises.iter().any(|it| it.id == row.exercise);
    for row in rows.iter().filter(is_new) {
        println!(
            "{:<17} {:>3} mutants: {:>3} out of reach, {:>2} unviable, {:>3} caught, {:>2} survive",
            row.exercise,
            row.n_mutants,
            row.n_out_of_reach,
            row.n_unviable,
            row.n_caught,
            row.n_survived
        );
    }
    let is_endless = |it: &&Finding| it.fate == Fate::Caught { timed_out: true };
    let n_endless = findings.iter().filter(is_endless).count();
    if n_endless > 0 {
        println!("{n_endless} of those caught had to be stopped, as they did not end");
    }
    let is_missed = |it: &&Finding| it.fate == Fate::OutOfReach;
    let missed: BTreeSet<&str> = findings
        .iter()
        .filter(is_missed)
        .map(|it| it.mutant.function())
        .collect();
    if !missed.is_empty() {
        let missed = Vec::from_iter(missed).join(", ");
        println!("no check of some or all of these exercises enters: {missed}");
    }
}
