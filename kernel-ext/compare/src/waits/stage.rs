//! What all scenes share: the kernels in their turn, their folders, and the log.

use super::session::Session;
use super::{Course, Plan, Row, Samples, Side, course, figures};
use crate::Contestant;
use crate::contestant::without_a_build;
use anyhow::{Context as _, Result, bail};
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

/// How long anything may take. A stock kernel compiles for minutes before its first figure on
/// a slow machine.
const LIMIT: Duration = Duration::from_secs(900);

/// The kernels, and what they find around them.
#[derive(Debug)]
pub(super) struct Stage {
    sides: Vec<(Side, Contestant)>,
    rows: BTreeSet<Row>,
    number: AtomicU64,
    /// Holds our kernel's crates and the other's caches.
    folder: TempDir,
}

impl Stage {
    /// Sets the kernels up as `cargo course setup` and `cargo install` leave them.
    pub(super) fn new(plan: &Plan, progress: &mut dyn FnMut(&str)) -> Result<Self> {
        let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
        let crates = folder.path().join("crates");
        let place = |contestant: &Contestant| {
            let mut contestant = contestant
                .clone()
                .in_folder(&plan.course.notebooks())
                .with("KERNEL_EXT_CRATES", &crates)
                // As a person has it, who sees how far a slow cell is.
                .with("KERNEL_EXT_PROGRESS", "on")
                // Not the person's: what evcxr's start-up file says costs time, or saves it.
                .with("EVCXR_CONFIG_DIR", folder.path().join("config"))
                .with("XDG_CACHE_HOME", folder.path().join("cache"))
                // A spare kernel of the person's own is no part of this.
                .with("XDG_RUNTIME_DIR", folder.path());
            if let Some(toolchain) = toolchain(&plan.course) {
                contestant = contestant.with("RUSTUP_TOOLCHAIN", toolchain);
            }
            contestant.limit = LIMIT;
            contestant
        };
        let mut sides = vec![(Side::Ours, place(&plan.ours))];
        sides.extend(plan.other.iter().map(|other| (Side::Other, place(other))));
        let stage = Self {
            sides,
            rows: plan.rows.clone(),
            number: AtomicU64::new(1),
            folder,
        };
        stage.compile_ahead(progress)?;
        Ok(stage)
    }

    /// The step *Crates* of `cargo course setup`, and a session that asks for a new crate.
    fn compile_ahead(&self, progress: &mut dyn FnMut(&str)) -> Result<()> {
        use Row::{
            Crowd, KnownCrate, Memory, SecondSession, Tour, TourBesideCache, TourLater, WarmFigure,
        };
        let ours = self.ours();
        if self.wants(&[
            Tour,
            TourBesideCache,
            TourLater,
            WarmFigure,
            KnownCrate,
            Crowd,
            Memory,
        ]) {
            progress("compiling the course's crates ahead, as its set-up does (minutes)");
            let mut command = ours.command(&["compile", course::CRATE]);
            let output = command.stdin(Stdio::null()).output();
            let output = output.context("our kernel cannot be run")?;
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                let reason = said.trim().lines().last().unwrap_or("it says nothing");
                bail!("our kernel cannot compile the course's crates: {reason}");
            }
        }
        if self.wants(&[SecondSession]) {
            progress("a first session of ours that asks for a new crate");
            let mut session = Session::start(ours)?;
            session.cell(course::NEW_CRATE)?;
            session.end();
        }
        Ok(())
    }

    /// The kernels in their turn, ours first.
    pub(super) fn sides(&self) -> &[(Side, Contestant)] {
        &self.sides
    }

    pub(super) fn ours(&self) -> &Contestant {
        &self.sides[0].1
    }

    /// The same kernel with all that it does by itself; others are measured without the spare,
    /// which would be in the way of the next scene.
    pub(super) fn with_spare(&self, kernel: &Contestant) -> Contestant {
        // Jupyter starts a kernel again in the environment that it had.
        let kernel = kernel.clone().with("TMPDIR", self.folder.path());
        kernel.with("KERNEL_EXT_SPARE", "on")
    }

    pub(super) fn wants(&self, rows: &[Row]) -> bool {
        rows.iter().any(|row| self.rows.contains(row))
    }

    /// A number that no cell had before, so that no kernel has seen its text.
    pub(super) fn number(&self) -> u64 {
        self.number.fetch_add(1, Ordering::Relaxed)
    }
}

/// The toolchain of the course's folder, by rustup's name for it. Kernels compile cells in
/// folders of their own, in which another one may be the default.
fn toolchain(course: &Course) -> Option<String> {
    let mut command = Command::new("rustup");
    command
        .args(["show", "active-toolchain"])
        .current_dir(course.notebooks());
    without_a_build(&mut command);
    let output = command.output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    Some(said.split_whitespace().next()?.to_owned())
}

/// Takes the numbers down, and tells a waiting person each.
pub(super) struct Log<'a> {
    samples: Samples,
    run: usize,
    progress: &'a mut dyn FnMut(&str),
}

impl<'a> Log<'a> {
    pub(super) fn new(progress: &'a mut dyn FnMut(&str)) -> Self {
        Self {
            samples: Samples::default(),
            run: 0,
            progress,
        }
    }

    pub(super) fn begin(&mut self, run: usize, runs: usize) {
        self.run = run;
        (self.progress)(&format!("run {} of {runs}", run + 1));
    }

    pub(super) fn is_first_run(&self) -> bool {
        self.run == 0
    }

    /// What will take a while.
    pub(super) fn tell(&mut self, side: Side, what: &str) {
        (self.progress)(&format!("  {}: {what} …", name(side)));
    }

    /// What was found; a failure is told as what the kernel answered.
    pub(super) fn note(&mut self, row: Row, side: Side, found: Result<f64>) {
        let found = found.map_err(|error| format!("{error:#}"));
        let shown = match &found {
            Ok(number) => figures::amount(*number, row.unit()),
            Err(answer) => format!("answers `{answer}`"),
        };
        (self.progress)(&format!("  {}: {}: {shown}", name(side), row.title()));
        self.samples.add(row, side, self.run, found);
    }

    pub(super) fn note_time(&mut self, row: Row, side: Side, found: Result<Duration>) {
        self.note(row, side, found.map(|time| time.as_secs_f64()));
    }

    pub(super) fn into_samples(self) -> Samples {
        self.samples
    }
}

fn name(side: Side) -> &'static str {
    match side {
        Side::Ours => "ours",
        Side::Other => "other",
    }
}
