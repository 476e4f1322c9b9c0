//! The clone of the course whose notebooks are timed, and what their cells say.

use anyhow::bail;
use std::path::{Path, PathBuf};

/// A clone of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course(PathBuf);

impl Course {
    /// The course in this folder, or in one above it.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn around(folder: &Path) -> anyhow::Result<Self> {
        let is_course = |root: &&Path| {
            root.join("exercises/Cargo.toml").is_file() && root.join("notebooks").is_dir()
        };
        let folder = std::path::absolute(folder)?;
        match folder.ancestors().find(is_course) {
            Some(root) => Ok(Self(root.to_owned())),
            None => bail!(
                "the course is not in {} or above; run this in a clone of its repository",
                folder.display()
            ),
        }
    }

    /// Where its notebooks are, and their kernels run.
    pub(super) fn notebooks(&self) -> PathBuf {
        self.0.join("notebooks")
    }
}

/// Of the notebooks, the one that the tour begins as.
pub(super) const NOTEBOOK: &str = "28-consistent-hashing.ipynb";

/// What stands behind `:dep` in the first cell of each notebook.
pub(super) const CRATE: &str = r#"exercises = { path = "../exercises" }"#;

/// The first cells of a notebook up to the first figure, shortened.
pub(super) fn tour() -> [String; 3] {
    [
        format!(":dep {CRATE}"),
        USES.to_owned(),
        format!("{RING}{}", figure(0)),
    ]
}

/// The same figure under another title, from what the tour has left.
pub(super) fn figure(number: u64) -> String {
    format!("{DOTS}.draw(\"Four servers, once more: {number}\")")
}

const USES: &str = "use std::num::NonZeroU32;
use exercises::consistent_hashing::figures::RingFigure;
use exercises::consistent_hashing::{RingHash, VirtualRing, sample_keys};";

const RING: &str = "let keys: Vec<String> = sample_keys(28, 100);
let mut ring: VirtualRing = VirtualRing::new(RingHash::XXH3, NonZeroU32::MIN);
for number in 0..4 {
    ring.add(&format!(\"s{number}\")).expect(\"the names are distinct\");
}
";

const DOTS: &str = "keys
    .iter()
    .fold(RingFigure::of(ring.circle()), |figure, key| figure.key(key, ring.position(key)))
    ";

/// A crate that `exercises` has brought, written as there.
pub(super) const KNOWN_CRATE: &str =
    r#":dep rand = { version = "0.10", default-features = false, features = ["chacha"] }"#;

/// A crate that the course does not use, and that takes seconds to compile.
pub(super) const NEW_CRATE: &str = r#":dep regex = "1""#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_course_is_found_from_a_folder_within() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let course = Course::around(here).expect("this package is a part of it");
        assert_eq!(
            Course::around(&course.notebooks()).expect("it is above"),
            course
        );
        let nowhere = tempfile::tempdir().expect("the system has a temporary folder");
        assert!(Course::around(nowhere.path()).is_err());
    }

    #[test]
    fn notebooks_begin_as_the_tour_does() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let course = Course::around(here).expect("this package is a part of it");
        let notebook = course.notebooks().join("28-consistent-hashing.md");
        let text = std::fs::read_to_string(notebook).expect("the notebook is there");
        assert!(text.contains(&tour()[0]), "{}", tour()[0]);
        let manifest = course.notebooks().join("../exercises/Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).expect("the crate is there");
        let known = KNOWN_CRATE.trim_start_matches(":dep ");
        assert!(manifest.contains(known), "{known}");
    }
}
