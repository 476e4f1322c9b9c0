//! The one list of exercises.
//!
//! The command line, the stub targets in `Cargo.toml`, the author's gate, the
//! book's lists and the notebooks all read it; none keeps a list of its own. The
//! names of the checks that a run must report come from here, never from what
//! the run printed.

mod types;

pub use types::{Exercise, Wrong};

/// Chapters with exercises whose page is still to be written, by the name that
/// `book/points.txt` gives them.
///
/// Code comes before text, so for a while the graders are there and the page is not.
/// Nobody is sent to it meanwhile: the contract says all that is asked for. Named here
/// and not found out from the files, so that a page which disappears is a failing test;
/// one that is written while it is named here is one, too.
pub const UNWRITTEN: &[&str] = &[];

/// Every exercise, in the order in which the course teaches them.
pub fn all() -> Vec<Exercise> {
    let mut all = Vec::new();
    all.extend(crate::availability::exercises());
    all.extend(crate::realtime::exercises());
    all.extend(crate::eviction::exercises());
    all.extend(crate::consistent_hashing::exercises());
    all
}

/// The exercise with this id, if there is one.
pub fn find(id: &str) -> Option<Exercise> {
    all().into_iter().find(|exercise| exercise.id == id)
}

/// Says that there is no such exercise, and which there are.
pub(crate) fn unknown(id: &str) -> String {
    let known: Vec<&str> = all().iter().map(|exercise| exercise.id).collect();
    format!(
        "the catalog has no exercise `{id}`; it has: {}",
        known.join(", ")
    )
}
