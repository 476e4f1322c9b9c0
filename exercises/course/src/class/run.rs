//! Grades a class from the folder to the files, in the guarded process.

use std::fs::{self, File, TryLockError};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, bail, ensure};
use exercises::catalog::Exercise;
use exercises::grade::walls::{self, Wall};

use super::found::{Class, Learner};
use super::page::Page;
use super::record::{Entry, Record};
use super::table::{self, Grades, Row};
use super::work::Work;
use super::{Arguments, learner, tally};
use crate::grading::Grader;
use crate::practice::names;
use crate::practice::workspace::Workspace;
use crate::session::files::write_in_one_piece;
use crate::session::progress::Console;

/// Grades the class and writes what there is to say about it.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    may_grade(&walls::missing(), arguments.trusted)?;
    let out = out_folder(arguments)?;
    let class = Class::open(&arguments.submissions)?;
    let exercises = exercises(arguments, &class)?;
    fs::create_dir_all(&out).with_context(|| format!("{} cannot be made", out.display()))?;
    let _lock = lock(&out)?;
    let console = Console::default();
    let step = console.step("Course");
    let grader = Grader::new(&Workspace::find()?)?.silent();
    let fingerprint = grader.fingerprint()?;
    step.done("built");

    let jobs = arguments
        .jobs
        .or_else(|| thread::available_parallelism().ok());
    let work = Work {
        class: &class,
        exercises: &exercises,
        grader: &grader,
        fingerprint,
        seed: arguments.seed,
        jobs: jobs.unwrap_or(NonZero::<usize>::MIN),
        out: &out,
    };
    let step = console.step("Grading");
    let done = work.run(&step)?;
    step.done(&summary(&done.records, done.n_kept));
    let results = Results {
        class: &class,
        exercises: &exercises,
        records: &done.records,
    };
    results.write(arguments, grader.toolchain(), &out)?;
    for name in &class.passed_over {
        console.say(format!("passed over, as it is no learner's folder: {name}"));
    }
    console.say(format!("The class: {}", out.join("class.html").display()));
    let is_graded = |record: &Record| !matches!(record.entry, Entry::NotGraded { .. });
    Ok(if done.records.iter().all(is_graded) {
        ExitCode::SUCCESS
    } else {
        console.say("some submissions could not be graded, which is no fault of theirs; run the command again");
        ExitCode::FAILURE
    })
}

/// Strangers' files run only behind all walls, unless the instructor trusts them.
fn may_grade(missing: &[Wall], trusted: bool) -> anyhow::Result<()> {
    if missing.is_empty() || trusted {
        return Ok(());
    }
    let walls: Vec<String> = missing.iter().map(Wall::to_string).collect();
    bail!(
        "this machine cannot keep a submission from: {}; grade on a current Linux, in a virtual \
         machine for instance, or add --trusted if you trust every learner's file",
        walls.join(", ")
    )
}

/// Where the results go: never among the submissions, where the next run would find them.
fn out_folder(arguments: &Arguments) -> anyhow::Result<PathBuf> {
    let submissions = fs::canonicalize(&arguments.submissions).with_context(|| {
        format!(
            "{} cannot be read; name the folder that holds the learners' folders",
            arguments.submissions.display()
        )
    })?;
    let out = match &arguments.out {
        Some(out) => std::path::absolute(out)?,
        None => {
            let mut name = submissions.file_name().unwrap_or_default().to_owned();
            name.push("-grades");
            submissions.with_file_name(name)
        }
    };
    // Of what is there already, links are followed.
    let resolved = resolve(&out);
    ensure!(
        !resolved.starts_with(&submissions) && !submissions.starts_with(&resolved),
        "{} and {} lie within each other; name another folder with --out",
        out.display(),
        submissions.display()
    );
    Ok(out)
}

/// A path without links, as far as it exists.
fn resolve(path: &Path) -> PathBuf {
    let mut existing = path.ancestors();
    let found = existing.find_map(|folder| Some((folder, fs::canonicalize(folder).ok()?)));
    match found {
        Some((folder, real)) => real.join(path.strip_prefix(folder).unwrap_or(Path::new(""))),
        None => path.to_owned(),
    }
}

fn exercises(arguments: &Arguments, class: &Class) -> anyhow::Result<Vec<Exercise>> {
    if arguments.exercises.is_empty() {
        let found = class.exercises();
        ensure!(
            !found.is_empty(),
            "no learner's folder in {} holds an exercise; a file is called as its exercise, \
             such as `hash_ring.rs`, and `cargo course list` shows their names",
            arguments.submissions.display()
        );
        return Ok(found);
    }
    let mut exercises: Vec<Exercise> = Vec::new();
    for name in &arguments.exercises {
        let exercise = names::exercise(name)?;
        if exercises.iter().all(|known| known.id != exercise.id) {
            exercises.push(exercise);
        }
    }
    Ok(exercises)
}

/// One run at a time in an output folder; the system lets go of the lock when this ends.
fn lock(out: &Path) -> anyhow::Result<Option<File>> {
    let folder = File::open(out).with_context(|| format!("{} cannot be read", out.display()))?;
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(TryLockError::WouldBlock) => bail!(
            "another `cargo course grade` writes to {}; wait for it, or name another folder with --out",
            out.display()
        ),
        // Not every file system has locks.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

fn summary(records: &[Record], n_kept: usize) -> String {
    let count = |word: &str| {
        let found = records.iter().filter(|record| record.entry.word() == word);
        Some(found.count())
            .filter(|n| *n > 0)
            .map(|n| format!(", {n} {word}"))
    };
    let graded = records
        .iter()
        .filter(|record| record.entry.report().is_some())
        .count();
    let others = ["does not compile", "refused", "missing", "not graded"];
    let kept = match n_kept {
        0 => String::new(),
        n => format!("; {n} taken over from an earlier run"),
    };
    format!(
        "{graded} graded{}{kept}",
        others
            .iter()
            .filter_map(|word| count(word))
            .collect::<String>()
    )
}

/// Everything that is known about a class.
struct Results<'a> {
    class: &'a Class,
    exercises: &'a [Exercise],
    /// By learner, and for each learner in the order of the exercises.
    records: &'a [Record],
}

impl Results<'_> {
    /// Each learner with the results of all exercises.
    fn by_learner(&self) -> impl Iterator<Item = (&Learner, Vec<(&Exercise, &Record)>)> {
        let records = self.records.chunks(self.exercises.len());
        let learners = self.class.learners.iter().zip(records);
        learners.map(|(learner, records)| (learner, self.exercises.iter().zip(records).collect()))
    }

    fn write(&self, arguments: &Arguments, toolchain: &str, out: &Path) -> anyhow::Result<()> {
        let mut rows = Vec::with_capacity(self.records.len());
        for (learner, results) in self.by_learner() {
            self.write_learner(learner, &results, arguments, out)?;
            rows.extend(
                results
                    .iter()
                    .map(|(exercise, record)| Row::new(learner, exercise, record)),
            );
        }
        let passed_over = &self.class.passed_over;
        let made_with = (toolchain, arguments.seed);
        let grades = Grades::new(
            &rows,
            self.exercises,
            passed_over,
            made_with,
            walls::missing(),
        );
        write_in_one_piece(&out.join("grades.csv"), &table::csv(&rows)?)?;
        write_in_one_piece(&out.join("grades.json"), &grades.json()?)?;
        let page = Page {
            exercises: self.exercises,
            rows: &rows,
            rules: tally::rules(self.records, self.exercises),
            hints: tally::hints(self.records, self.exercises),
            passed_over,
            made_with: format!(
                "Graded with the course's version {}, {toolchain}, seed {}.",
                env!("CARGO_PKG_VERSION"),
                arguments.seed
            ),
        };
        write_in_one_piece(&out.join("class.html"), &page.html())
    }

    fn write_learner(
        &self,
        learner: &Learner,
        results: &[(&Exercise, &Record)],
        arguments: &Arguments,
        out: &Path,
    ) -> anyhow::Result<()> {
        let reports = out.join("reports");
        let page = learner::page(learner, results, &arguments.book);
        write_in_one_piece(&reports.join(format!("{}.html", learner.key)), &page)?;
        for (exercise, record) in results.iter().filter(|_| arguments.html) {
            let page = learner::single(learner, exercise, record, &arguments.book);
            let name = format!("{}.html", exercise.id);
            write_in_one_piece(&reports.join(&learner.key).join(name), &page)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_walls_only_trusted_files_are_graded() {
        let missing = [Wall::Files, Wall::Network];
        assert!(may_grade(&[], false).is_ok());
        assert!(may_grade(&missing, true).is_ok());
        let error = may_grade(&missing, false)
            .expect_err("there are no walls")
            .to_string();
        assert!(
            error.contains("from: files, network;") && error.contains("--trusted"),
            "{error}"
        );
    }

    #[test]
    fn results_never_go_among_the_submissions() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let class = folder.path().join("week 3");
        fs::create_dir(&class).expect("made");
        std::os::unix::fs::symlink(&class, folder.path().join("link")).expect("made");
        let out = |out: Option<&str>| {
            let out = out.map(|out| folder.path().join(out));
            out_folder(&Arguments::of(&class, out))
        };
        let beside = out(None).expect("beside the folder");
        assert!(beside.ends_with("week 3-grades"), "{}", beside.display());
        assert!(out(Some("elsewhere/deep")).is_ok());
        for within in ["week 3", "week 3/out", "link/out", ""] {
            assert!(out(Some(within)).is_err(), "{within:?}");
        }
    }
}
