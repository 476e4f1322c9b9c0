//! How far a learner is with an exercise, and which one comes next.
//!
//! An exercise is *done* when it is solved, or when its chapter was tested out of. It is
//! *open* when it is not done and everything that it requires is. The catalog lists each
//! exercise behind those that it requires, so its order is an order to solve them in.

use std::fmt;

use exercises::catalog::Exercise;

use super::keeping::stubs;
use super::progress::{Entry, Progress};
use super::workspace::Workspace;

/// How far a learner is with an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing was changed or checked, and it can be begun.
    New,
    /// The file differs from the fresh one, or was checked.
    Begun,
    /// Every rule held once.
    Solved,
    /// Not solved; but the last exercises of its chapter were, and build on it.
    TestedOut,
    /// Neither done nor begun, and builds on these, which are not done.
    After(Vec<&'static str>),
}

/// The names by which `cargo course list --state` selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum State {
    /// Nothing done yet, and nothing in the way.
    New,
    /// Changed or checked, and not solved.
    Begun,
    /// Every rule held once.
    Solved,
    /// Counts as done, because its chapter was tested out of.
    TestedOut,
    /// Comes after exercises that are not done; shown as `after ...`.
    Locked,
}

impl Standing {
    /// How far the learner of this folder is with the exercise.
    pub(crate) fn of(workspace: &Workspace, progress: &Progress, exercise: &Exercise) -> Self {
        let is_changed = stubs::is_own_work(workspace, exercise.id);
        Self::from(progress, exercise, is_changed)
    }

    fn from(progress: &Progress, exercise: &Exercise, is_changed: bool) -> Self {
        let entry = progress.of(exercise.id);
        let missing = missing(progress, exercise);
        match entry {
            Entry { solved: true, .. } => Self::Solved,
            Entry {
                tested_out: true, ..
            } => Self::TestedOut,
            _ if entry.n_checked > 0 || is_changed => Self::Begun,
            _ if missing.is_empty() => Self::New,
            _ => Self::After(missing),
        }
    }

    /// The name to select it by.
    pub(crate) fn state(&self) -> State {
        match self {
            Self::New => State::New,
            Self::Begun => State::Begun,
            Self::Solved => State::Solved,
            Self::TestedOut => State::TestedOut,
            Self::After(_) => State::Locked,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After(missing) => write!(f, "after {}", missing.join(", ")),
            other => write!(f, "{}", other.state()),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::Begun => "begun",
            Self::Solved => "solved",
            Self::TestedOut => "tested out",
            Self::Locked => "locked",
        })
    }
}

/// Whether an exercise stands in the way of none that builds on it.
pub(crate) fn is_done(progress: &Progress, id: &str) -> bool {
    let entry = progress.of(id);
    entry.solved || entry.tested_out
}

/// What an exercise requires and is not done.
pub(crate) fn missing(progress: &Progress, exercise: &Exercise) -> Vec<&'static str> {
    let mut required = exercise.requires.to_vec();
    required.retain(|id| !is_done(progress, id));
    required
}

/// The first open exercise.
pub(crate) fn next<'a>(progress: &Progress, all: &'a [Exercise]) -> Option<&'a Exercise> {
    all.iter()
        .find(|it| !is_done(progress, it.id) && missing(progress, it).is_empty())
}

#[cfg(test)]
mod tests {
    use exercises::catalog;

    use super::*;

    fn progress(entries: &[(&str, Entry)]) -> Progress {
        let mut progress = Progress::default();
        for (id, entry) in entries {
            let known = progress.exercises.entry((*id).to_owned());
            *known.or_default() = entry.clone();
        }
        progress
    }

    fn solved() -> Entry {
        Entry {
            solved: true,
            n_checked: 1,
            ..Entry::default()
        }
    }

    fn tested_out() -> Entry {
        Entry {
            tested_out: true,
            ..Entry::default()
        }
    }

    #[track_caller]
    fn check(progress: &Progress, id: &str, is_changed: bool, expected: &str) {
        let exercise = catalog::find(id).expect("it is in the catalog");
        let standing = Standing::from(progress, &exercise, is_changed);
        assert_eq!(standing.to_string(), expected);
    }

    #[test]
    fn what_was_done_outweighs_what_stands_in_the_way() {
        let progress = progress(&[("hash_ring", solved())]);
        check(&progress, "modulo_placement", false, "new");
        check(&progress, "hash_ring", true, "solved");
        check(&progress, "virtual_nodes", false, "new");
        check(&progress, "virtual_nodes", true, "begun");
        check(&progress, "replicas", false, "after virtual_nodes");
        check(&progress, "replicas", true, "begun");
    }

    #[test]
    fn tested_out_is_done_and_is_not_called_solved() {
        let progress = progress(&[("modulo_placement", tested_out())]);
        check(&progress, "modulo_placement", true, "tested out");
        check(&progress, "hash_ring", false, "new");
    }

    #[test]
    fn the_next_one_is_the_first_that_nothing_stands_in_the_way_of() {
        let mut all = catalog::all();
        all.retain(|exercise| exercise.topic == "consistent_hashing");
        let id = |progress: &Progress| next(progress, &all).map(|it| it.id);
        assert_eq!(id(&progress(&[])), Some("modulo_placement"));
        let skips = progress(&[
            ("modulo_placement", tested_out()),
            ("hash_ring", solved()),
            ("virtual_nodes", solved()),
            ("weighted_nodes", solved()),
        ]);
        assert_eq!(id(&skips), Some("replicas"));
        let entries: Vec<_> = all.iter().map(|it| (it.id, solved())).collect();
        assert_eq!(id(&progress(&entries)), None);
    }
}
