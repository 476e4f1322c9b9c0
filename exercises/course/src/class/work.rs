//! Grades a class: as many submissions at a time as there are jobs.

use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use exercises::catalog::Exercise;
use exercises::grade::{Options, Seed};

use super::found::{Class, Handed, Learner};
use super::record::{Basis, Entry, Record};
use crate::grading::{Grader, Submission, sha256};
use crate::session::progress::Step;

/// A class and how to grade it.
pub(super) struct Work<'a> {
    pub(super) class: &'a Class,
    pub(super) exercises: &'a [Exercise],
    pub(super) grader: &'a Grader,
    /// [`Grader::fingerprint`].
    pub(super) fingerprint: String,
    pub(super) seed: Seed,
    pub(super) jobs: NonZero<usize>,
    pub(super) out: &'a Path,
}

/// What came of it: a record for each learner and exercise, by learner, and how many of
/// them an earlier run had made.
pub(super) struct Done {
    pub(super) records: Vec<Record>,
    pub(super) n_kept: usize,
}

impl Work<'_> {
    /// Grades everything that no earlier run has graded.
    ///
    /// # Errors
    ///
    /// When a result cannot be written; whoever asks again goes on from there.
    ///
    /// # Time complexity
    ///
    /// One compilation and one process a check for each submission.
    pub(super) fn run(&self, step: &Step) -> anyhow::Result<Done> {
        let learners = self.class.learners.iter();
        let tasks: Vec<(&Learner, &Exercise)> = learners
            .flat_map(|learner| {
                self.exercises
                    .iter()
                    .map(move |exercise| (learner, exercise))
            })
            .collect();
        let next = AtomicUsize::new(0);
        let done = Mutex::new((Vec::with_capacity(tasks.len()), 0));
        thread::scope(|scope| {
            let workers: Vec<_> = (0..self.jobs.get().min(tasks.len()))
                .map(|_| scope.spawn(|| self.serve(&tasks, &next, &done, step)))
                .collect();
            workers.into_iter().try_for_each(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
        })?;
        let (mut records, n_kept) = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        records.sort_by_key(|(index, _)| *index);
        Ok(Done {
            records: records.into_iter().map(|(_, record)| record).collect(),
            n_kept,
        })
    }

    /// Takes one task after the other.
    fn serve(
        &self,
        tasks: &[(&Learner, &Exercise)],
        next: &AtomicUsize,
        done: &Mutex<(Vec<(usize, Record)>, usize)>,
        step: &Step,
    ) -> anyhow::Result<()> {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((learner, exercise)) = tasks.get(index) else {
                return Ok(());
            };
            let (record, is_kept) = self.one(learner, exercise, tasks.len()).inspect_err(|_| {
                // The others stop, too: they would fail alike.
                next.store(tasks.len(), Ordering::Relaxed);
            })?;
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.0.push((index, record));
            done.1 += usize::from(is_kept);
            step.reached(done.0.len() as u64, tasks.len() as u64, &learner.name);
        }
    }

    /// One submission: its record, and whether an earlier run made it.
    fn one(
        &self,
        learner: &Learner,
        exercise: &Exercise,
        n_tasks: usize,
    ) -> anyhow::Result<(Record, bool)> {
        let record = |file, basis, entry| Record {
            learner: learner.name.clone(),
            exercise: exercise.id.to_owned(),
            file,
            basis,
            entry,
        };
        let place = self.out.join(Record::place(&learner.key, exercise));
        let (record, is_kept) = match self.class.handed_in(learner, exercise) {
            Handed::Nothing => (record(None, None, Entry::Missing), false),
            Handed::Refused(why) => (record(None, None, Entry::Refused { why }), false),
            Handed::File { path, text } => {
                let basis = self.basis(&text);
                match Record::load(&place, &basis) {
                    Some(kept) => (record(Some(path), Some(basis), kept.entry), true),
                    None => {
                        let entry = self.grade(exercise, &path, &text, n_tasks);
                        (record(Some(path), Some(basis), entry), false)
                    }
                }
            }
        };
        if !is_kept {
            record.save(&place)?;
        }
        Ok((self.with_help(record, learner, exercise), is_kept))
    }

    fn basis(&self, text: &str) -> Basis {
        Basis {
            sha256: sha256(text.as_bytes()),
            seed: self.seed,
            course: env!("CARGO_PKG_VERSION").to_owned(),
            grader: self.fingerprint.clone(),
        }
    }

    fn grade(&self, exercise: &Exercise, path: &str, text: &str, n_tasks: usize) -> Entry {
        let options = Options {
            seed: self.seed,
            // With more jobs than submissions, the cores are shared out among the checks.
            jobs: NonZero::new(self.jobs.get() / n_tasks.max(1)).or(NonZero::new(1)),
            ..Options::default()
        };
        let submission = Submission {
            shown_as: path,
            text,
        };
        match self.grader.grade(exercise, submission, &options) {
            Ok(graded) => graded.into(),
            Err(error) => Entry::NotGraded {
                why: format!("{error:#}"),
            },
        }
    }

    /// Asked anew each time: it may change while the solution stays as it is.
    fn with_help(&self, mut record: Record, learner: &Learner, exercise: &Exercise) -> Record {
        if let Entry::Graded(report) = &mut record.entry
            && let Some(provenance) = &mut report.provenance
        {
            let help = self.class.help_used(learner, exercise);
            provenance.hints_used = help.map(|help| help.n_hints);
            provenance.solution_seen = help.is_some_and(|help| help.solution_seen);
        }
        record
    }
}
