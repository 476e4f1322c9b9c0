//! Every mutant of an exercise's reference, and what became of it.
//!
//! A mutant in a function that no check enters says nothing about the checks: it is
//! out of their reach. Which functions these are is tried, too: a panic is put at the
//! beginning of each, and if every check still passes, none has been there. Methods
//! in the exercise's own file that belong to a trait are never left out, since the
//! contract asks for them: a check that does not call one of them is too weak. A trait
//! that is itself a part of the references is how they are built, and asks for nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, bail};
use exercises::catalog::Exercise;
use exercises::grade::Seed;

use super::mutant::Mutant;
use super::program::{Change, Sources};
use super::topic::Topic;
use super::trial::{self, Verdict};
use crate::dev::check::side_by_side;
use crate::grading::Library;
use crate::practice::workspace::Workspace;

/// A mutant before the checks of one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) exercise: &'static str,
    pub(super) mutant: Mutant,
    /// See [`Mutant::becomes`].
    pub(super) becomes: String,
    pub(super) fate: Fate,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// No check enters the function.
    OutOfReach,
    /// It does not compile.
    Unviable,
    /// A check fails, whatever the seed.
    Caught { timed_out: bool },
    /// With this seed, every check passes.
    Survived { seed: Seed },
}

/// Exercises of one topic with all that their trial needs.
#[derive(Debug)]
pub(super) struct Proof<'a> {
    library: &'a Library,
    topic: &'a Topic,
    exercises: Vec<&'a Exercise>,
    sources: Sources,
    /// Files with their texts, and the exercises whose references stand on them.
    files: BTreeMap<String, (String, BTreeSet<&'static str>)>,
}

impl<'a> Proof<'a> {
    /// Reads the sources.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub(super) fn new(
        workspace: &Workspace,
        library: &'a Library,
        topic: &'a Topic,
        exercises: Vec<&'a Exercise>,
    ) -> anyhow::Result<Self> {
        let mut files: BTreeMap<String, (String, BTreeSet<&str>)> = BTreeMap::new();
        for exercise in &exercises {
            for file in topic.stands_on(exercise)? {
                let text = topic.text(&file)?;
                let (_, users) = files.entry(file).or_insert((text, BTreeSet::new()));
                users.insert(exercise.id);
            }
        }
        Ok(Self {
            library,
            topic,
            sources: Sources::of(workspace, topic, &exercises)?,
            exercises,
            files,
        })
    }

    /// The files that can be changed.
    pub(super) fn files(&self) -> &[String] {
        self.sources.files()
    }

    /// Tries these mutants, and tells `tried` of each, with their number so far.
    ///
    /// # Errors
    ///
    /// When the references themselves fail, or the machinery does.
    pub(super) fn of(
        &self,
        mutants: Vec<Mutant>,
        tried: impl Fn(u64, &Mutant) + Sync,
    ) -> anyhow::Result<Vec<Finding>> {
        self.references_pass()?;
        let mut by_function: BTreeMap<(String, String), Vec<Mutant>> = BTreeMap::new();
        for mutant in mutants {
            let function = (mutant.file.clone(), mutant.function().to_owned());
            by_function.entry(function).or_default().push(mutant);
        }
        let functions: Vec<Vec<Mutant>> = by_function.into_values().collect();
        let n_tried = AtomicU64::new(0);
        let tried = |mutant: &Mutant| tried(n_tried.fetch_add(1, Ordering::Relaxed) + 1, mutant);
        let mut findings = side_by_side(&functions, |mutants| self.of_function(mutants, &tried))?;
        // As listed, whichever was done first.
        let place = |it: &Finding| (it.mutant.file.clone(), it.mutant.function().to_owned());
        findings.sort_by_cached_key(place);
        Ok(findings)
    }

    /// Else every mutant would be caught, and that would prove nothing.
    fn references_pass(&self) -> anyhow::Result<()> {
        let program = match self.sources.compile(self.library, None)? {
            Ok(program) => program,
            Err(messages) => bail!("the references do not compile on their own:\n{messages}"),
        };
        for exercise in &self.exercises {
            let verdict = trial::all_seeds(&program.subject(exercise), exercise)?;
            if let Verdict::Rejected { by, .. } = verdict {
                let id = exercise.id;
                bail!("the reference of {id} fails `{by}`; `cargo course dev check {id}` says more")
            }
        }
        Ok(())
    }

    fn of_function(
        &self,
        mutants: &[Mutant],
        tried: &impl Fn(&Mutant),
    ) -> anyhow::Result<Vec<Finding>> {
        let Some(first) = mutants.first() else {
            return Ok(Vec::new());
        };
        let (text, users) = self
            .files
            .get(&first.file)
            .with_context(|| format!("{} is no file of a reference", first.file))?;
        let exercises = self.exercises.iter().copied();
        let exercises: Vec<&Exercise> = exercises.filter(|it| users.contains(it.id)).collect();
        let reached = self.reached(mutants, text, &exercises)?;
        let mut findings = Vec::new();
        for mutant in mutants {
            let fates = self.fates(mutant, text, &reached)?;
            for exercise in &exercises {
                findings.push(Finding {
                    exercise: exercise.id,
                    mutant: mutant.clone(),
                    becomes: mutant.becomes(text)?,
                    fate: fates.get(exercise.id).cloned().unwrap_or(Fate::OutOfReach),
                });
            }
            tried(mutant);
        }
        Ok(findings)
    }

    /// The exercises whose checks enter the mutants' function, or must.
    fn reached(
        &self,
        mutants: &[Mutant],
        text: &str,
        exercises: &[&'a Exercise],
    ) -> anyhow::Result<Vec<&'a Exercise>> {
        let mut probe = None;
        for mutant in mutants {
            probe = probe.or(mutant.probe_in(text)?.map(|text| (mutant, text)));
        }
        // Without a probe, it counts.
        let Some((mutant, text)) = probe else {
            return Ok(exercises.to_vec());
        };
        let file = &mutant.file;
        let change = Change { file, text: &text };
        let program = match self.sources.compile(self.library, Some(change))? {
            Ok(program) => program,
            Err(messages) => bail!("{file}: a panic in it does not compile:\n{messages}"),
        };
        let is_the_contracts = mutant
            .implements()
            .is_some_and(|name| !self.topic.is_of_references(name));
        let mut reached = Vec::new();
        for exercise in exercises {
            let must = exercise.reference == file && is_the_contracts;
            let passes = |verdict| matches!(verdict, Verdict::Passes { .. });
            if must || !passes(trial::all_seeds(&program.subject(exercise), exercise)?) {
                reached.push(*exercise);
            }
        }
        Ok(reached)
    }

    fn fates(
        &self,
        mutant: &Mutant,
        text: &str,
        exercises: &[&Exercise],
    ) -> anyhow::Result<BTreeMap<&'static str, Fate>> {
        if exercises.is_empty() {
            return Ok(BTreeMap::new());
        }
        let changed = mutant.applied_to(text)?;
        let change = Change {
            file: &mutant.file,
            text: &changed,
        };
        let compiled = self.sources.compile(self.library, Some(change))?;
        let fate = |exercise: &&Exercise| {
            let fate = match &compiled {
                Err(_) => Fate::Unviable,
                Ok(program) => trial::all_seeds(&program.subject(exercise), exercise)?.into(),
            };
            Ok((exercise.id, fate))
        };
        exercises.iter().map(fate).collect()
    }
}

impl From<Verdict> for Fate {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Rejected { timed_out, .. } => Self::Caught { timed_out },
            Verdict::Passes { seed } => Self::Survived { seed },
        }
    }
}
