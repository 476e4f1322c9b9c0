//! How a report was made, in words: enough to repeat it.
//!
//! Only for a report with a provenance. One made in a notebook has none: it is kept
//! with the notebook's outputs, and must be the same each time.

use super::report::{Isolation, Provenance, Report};

impl Report {
    /// A name and a value a row; empty for a report without a provenance.
    pub(super) fn particulars(&self) -> Vec<(&'static str, String)> {
        let Some(provenance) = &self.provenance else {
            return Vec::new();
        };
        vec![
            ("file", format!("SHA-256 {}", provenance.solution_sha256)),
            ("course", provenance.course.clone()),
            ("compiler", provenance.toolchain.clone()),
            ("seed", self.seed.to_string()),
            ("graded at", provenance.graded_at.clone()),
            ("took", format!("{:.1} s", self.elapsed_ms as f64 / 1000.0)),
            ("hints used", hints(provenance)),
            ("kept apart", kept_apart(self.isolation).to_owned()),
        ]
    }
}

fn hints(provenance: &Provenance) -> String {
    provenance
        .hints_used
        .map_or_else(|| "not known".to_owned(), |n| n.to_string())
}

fn kept_apart(isolation: Isolation) -> &'static str {
    match isolation {
        Isolation::Sealed => {
            "compiled alone, without the references; a process for each rule, behind walls"
        }
        Isolation::Process => "a process for each rule, behind walls; the program is the learner's",
        Isolation::Thread => "a thread for each rule, in the notebook",
    }
}
