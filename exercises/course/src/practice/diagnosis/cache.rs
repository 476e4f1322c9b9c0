//! What the wrong solutions do, found out once and remembered.
//!
//! Their behaviour depends on the check, the seed and this program only, never on the
//! learner. So it is kept in `.course/cache/`, by exercise, check and seed, with a mark
//! of the program that found it; a program built anew finds out again. Whatever cannot be
//! read or written there costs time, not a diagnosis.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};
use std::{fs, thread};

use exercises::catalog::{Exercise, Wrong};
use exercises::grade::{self, Limits, Network, Only, Options, Seed};
use serde::{Deserialize, Serialize};

use super::behaviour::Behaviour;
use crate::dev::subjects;
use crate::practice::progress::replace;
use crate::practice::workspace::Workspace;

/// Twenty times what a check of a wrong solution needs, and short enough to wait for.
const TIME: Duration = Duration::from_secs(2);

/// The same for a check with clients, who wait three seconds for an answer before they
/// say what is missing.
const TIME_WITH_CLIENTS: Duration = Duration::from_secs(6);

/// What one check finds wrong with the wrong solutions, by their names.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Page {
    /// Which program found it.
    program: String,
    by_name: BTreeMap<String, Behaviour>,
}

/// What is known of an exercise's wrong solutions, by check.
#[derive(Debug)]
pub(super) struct Behaviours<'a> {
    exercise: &'a Exercise,
    seed: Seed,
    program: String,
    folder: Option<PathBuf>,
    by_check: BTreeMap<String, Page>,
}

impl<'a> Behaviours<'a> {
    pub(super) fn of(exercise: &'a Exercise, seed: Seed) -> Self {
        let folder = Workspace::find().map(|found| found.progress_folder().join("cache"));
        Self {
            exercise,
            seed,
            program: mark_of_this_program().unwrap_or_default(),
            folder: folder.ok(),
            by_check: BTreeMap::new(),
        }
    }

    /// What the solution does in the check, if that was learned.
    pub(super) fn get(&self, wrong: &Wrong, check: &str) -> Option<&Behaviour> {
        self.by_check.get(check)?.by_name.get(wrong.name)
    }

    /// Finds out, or remembers, what these solutions do in the check.
    ///
    /// # Errors
    ///
    /// When this program cannot start itself.
    pub(super) fn learn(&mut self, wrong: &[&Wrong], check: &str) -> anyhow::Result<()> {
        let mut page = match self.by_check.remove(check) {
            Some(page) => page,
            None => self.remembered(check),
        };
        let unknown: Vec<&Wrong> = wrong
            .iter()
            .copied()
            .filter(|wrong| !page.by_name.contains_key(wrong.name))
            .collect();
        if !unknown.is_empty() {
            let found = side_by_side(&unknown, |wrong| self.behaviour(wrong, check))?;
            page.by_name.extend(found);
            self.remember(check, &page);
        }
        self.by_check.insert(check.to_owned(), page);
        Ok(())
    }

    fn behaviour(&self, wrong: &Wrong, check: &str) -> anyhow::Result<Option<Behaviour>> {
        let checks = (self.exercise.checks)();
        let found = checks.iter().find(|found| found.name == check);
        let time = match found.map(|found| found.network) {
            Some(Network::Loopback) => TIME_WITH_CLIENTS,
            Some(Network::None) | None => TIME,
        };
        let options = Options {
            seed: self.seed,
            only: Only::check(check),
            limits: Limits {
                time,
                ..Limits::default()
            },
            ..Options::default()
        };
        let report = grade::run(
            &subjects::wrong(self.exercise, wrong)?,
            self.exercise,
            &options,
        );
        Ok(report.checks.first().map(Behaviour::of))
    }

    fn file(&self, check: &str) -> Option<PathBuf> {
        let name = format!("{}-{check}-{}.json", self.exercise.id, self.seed);
        Some(self.folder.as_ref()?.join(name))
    }

    fn remembered(&self, check: &str) -> Page {
        let text = self.file(check).and_then(|file| fs::read(file).ok());
        let page = text.and_then(|text| serde_json::from_slice::<Page>(&text).ok());
        page.filter(|page| page.program == self.program && !self.program.is_empty())
            .unwrap_or_default()
    }

    fn remember(&self, check: &str, page: &Page) {
        let lasting = page.by_name.iter();
        let page = Page {
            program: self.program.clone(),
            by_name: lasting
                .filter(|(_, behaviour)| !behaviour.is_a_matter_of_luck())
                .map(|(name, behaviour)| (name.clone(), behaviour.clone()))
                .collect(),
        };
        if let (Some(file), Ok(text)) = (self.file(check), serde_json::to_vec(&page)) {
            // Best effort; see above.
            let _ = replace(&file, &text);
        }
    }
}

/// Size and time of change: hashing the program would take longer than what is saved.
fn mark_of_this_program() -> Option<String> {
    let found = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let changed = found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(format!("{} {}", found.len(), changed.as_nanos()))
}

/// What `find_out` says of each solution, on as many threads as there are cores.
fn side_by_side(
    wrong: &[&Wrong],
    find_out: impl Fn(&Wrong) -> anyhow::Result<Option<Behaviour>> + Sync,
) -> anyhow::Result<BTreeMap<String, Behaviour>> {
    let queue = Mutex::new(wrong.iter());
    let found = Mutex::new(Vec::with_capacity(wrong.len()));
    let work = || loop {
        // Taken in a statement of its own, so that the lock is free while finding out.
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some(wrong) = next else { break };
        let result = find_out(wrong).map(|behaviour| Some((wrong.name.to_owned(), behaviour?)));
        found
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(result);
    };
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..n_threads.min(wrong.len()) {
            scope.spawn(work);
        }
    });
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.into_iter().filter_map(Result::transpose).collect()
}
