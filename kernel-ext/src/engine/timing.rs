//! Where the time of the last cell went, for `:time`.
//!
//! evcxr tells when a cell has ended and little more. What lies between is read off the
//! files that it and the compiler write one after the other: the source, the object files
//! and the library.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Where the compiler writes object files, from the folder of a cell's library or the one
/// around it.
const INCREMENTAL: &str = "incremental";

/// Moments of a cell that has run.
#[derive(Debug, Clone, Default)]
pub(super) struct Timing {
    /// The cell has been asked for.
    asked: Option<SystemTime>,
    /// evcxr is free for it.
    begun: Option<SystemTime>,
    /// The source for its last compilation has been written.
    source: Option<SystemTime>,
    /// How often it has been compiled.
    n_compilations: usize,
    objects: Option<SystemTime>,
    library: Option<SystemTime>,
    /// The library is about to be loaded.
    started: Option<SystemTime>,
    loading: Duration,
    /// Its code has ended.
    finished: Option<SystemTime>,
    /// It can be answered.
    answered: Option<SystemTime>,
}

impl Timing {
    /// A cell is asked for now.
    pub(super) fn ask() -> Self {
        Self {
            asked: Some(SystemTime::now()),
            ..Self::default()
        }
    }

    /// The library is there, and is about to be loaded.
    pub(super) fn start(&mut self, library: &Path) {
        self.started = Some(SystemTime::now());
        self.library = modified(library);
        self.objects = newest_object(library);
    }

    /// The code has ended; loading it has taken this long.
    pub(super) fn finish(&mut self, loading: Duration) {
        self.finished = Some(SystemTime::now());
        self.loading = loading;
    }

    /// The cell is answered; evcxr has told when it began, and how often it compiled.
    pub(super) fn answer(&mut self, work: &Work) {
        self.answered = Some(SystemTime::now());
        self.begun = work.begun;
        self.source = work.source;
        self.n_compilations = work.n_compilations;
    }

    /// A line a phase, in milliseconds; `None` if no cell has been run to its end.
    pub(super) fn describe(&self) -> Option<String> {
        let total = between(self.asked, self.answered)?;
        let run =
            between(self.started, self.finished).map(|time| time.saturating_sub(self.loading));
        let compilations = match self.n_compilations {
            0 | 1 => "rustc".to_owned(),
            n => format!("rustc, the last time of {n}"),
        };
        let phases = [
            (
                "wait",
                between(self.asked, self.begun),
                "for evcxr, which was busy",
            ),
            (
                "analysis",
                between(self.begun, self.source),
                "statements, crates, types",
            ),
            ("compile", between(self.source, self.objects), &compilations),
            (
                "link",
                between(self.objects, self.library),
                "by the compiler's linker",
            ),
            (
                "start",
                between(self.library, self.started),
                "hand it to the process",
            ),
            (
                "load",
                self.finished.map(|_| self.loading),
                "by the dynamic linker",
            ),
            ("run", run, "your code"),
            (
                "end",
                between(self.finished, self.answered),
                "output, variables",
            ),
        ];
        let mut text = format!("{:>9} ms  the last cell, of which\n", total.as_millis());
        for (name, time, what) in phases {
            if let Some(time) = time {
                // Writing to a string cannot fail.
                let _ = writeln!(
                    text,
                    "{:>9.1} ms  {name:<9} {what}",
                    time.as_secs_f64() * 1e3
                );
            }
        }
        Some(text)
    }
}

/// What evcxr's thread tells of a cell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Work {
    pub(super) begun: Option<SystemTime>,
    pub(super) source: Option<SystemTime>,
    pub(super) n_compilations: usize,
}

fn between(from: Option<SystemTime>, to: Option<SystemTime>) -> Option<Duration> {
    to?.duration_since(from?).ok()
}

/// When a file was written; `None` if it is not there.
pub(super) fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// When the last object file for a cell was written.
///
/// Only what has changed since the cell before is compiled, so the newest counts.
fn newest_object(library: &Path) -> Option<SystemTime> {
    let around = library.ancestors().skip(1).take(2);
    let mut around = around.map(|folder| folder.join(INCREMENTAL));
    let folder = around.find(|folder| folder.is_dir())?;
    let entries = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten();
    let crates = entries(&folder).flat_map(|entry| entries(&entry.path()).collect::<Vec<_>>());
    let crates = crates.filter(|session| session.path().is_dir());
    let session = crates.max_by_key(|session| modified(&session.path()))?;
    let objects = entries(&session.path());
    let objects = objects.filter(|entry| entry.path().extension().is_some_and(|end| end == "o"));
    objects.filter_map(|entry| modified(&entry.path())).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn at(millis: u64) -> Option<SystemTime> {
        Some(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
    }

    /// Without the space that aligns the lines.
    #[track_caller]
    fn check(timing: &Timing, expected: Expect) {
        let text = timing.describe().expect("the cell was answered");
        let lines: Vec<_> = text.lines().map(str::trim_start).collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn phases_follow_one_another() {
        let timing = Timing {
            asked: at(1),
            begun: at(2),
            source: at(40),
            n_compilations: 2,
            objects: at(140),
            library: at(180),
            started: at(181),
            loading: Duration::from_micros(500),
            finished: at(191),
            answered: at(201),
        };
        check(
            &timing,
            expect![[r#"
            200 ms  the last cell, of which
            1.0 ms  wait      for evcxr, which was busy
            38.0 ms  analysis  statements, crates, types
            100.0 ms  compile   rustc, the last time of 2
            40.0 ms  link      by the compiler's linker
            1.0 ms  start     hand it to the process
            0.5 ms  load      by the dynamic linker
            9.5 ms  run       your code
            10.0 ms  end       output, variables"#]],
        );
    }

    #[test]
    fn what_was_not_reached_is_left_out() {
        let timing = Timing {
            asked: at(1),
            begun: at(2),
            answered: at(9),
            ..Timing::default()
        };
        check(
            &timing,
            expect![[r#"
            8 ms  the last cell, of which
            1.0 ms  wait      for evcxr, which was busy"#]],
        );
        assert_eq!(Timing::ask().describe(), None);
    }
}
