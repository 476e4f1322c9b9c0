//! Where the parts of the course lie on disk.
//!
//! Every other module asks here instead of joining names itself. Cargo's target
//! folder is not among these: it may be anywhere, so the path of the kernel is
//! taken from what cargo says when it has built it.

use std::path::{Path, PathBuf};

use crate::place::clone_of_this_program;

/// The folders and files of one checkout.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    root: PathBuf,
    venv: PathBuf,
    requirements: PathBuf,
}

impl Layout {
    /// The checkout that this program belongs to. `venv` replaces the usual place of
    /// the Python environment.
    pub(crate) fn of_this_checkout(venv: Option<PathBuf>) -> Self {
        let root = clone_of_this_program();
        let venv = venv
            .map(|given| std::path::absolute(&given).unwrap_or(given))
            .unwrap_or_else(|| root.join(".venv"));
        let requirements = root.join("notebooks").join("requirements.txt");
        Self {
            root,
            venv,
            requirements,
        }
    }

    /// The same with other Python packages, which must include those of the course.
    pub(crate) fn with_requirements(mut self, other: Option<PathBuf>) -> Self {
        if let Some(other) = other {
            // pip runs in another folder than the caller.
            self.requirements = std::path::absolute(&other).unwrap_or(other);
        }
        self
    }

    /// The root of the checkout.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The book's sources: the folder of `book.toml`.
    pub(crate) fn book(&self) -> PathBuf {
        self.root.join("book")
    }

    /// The folder that JupyterLab shows.
    pub(crate) fn notebooks(&self) -> PathBuf {
        self.root.join("notebooks")
    }

    /// The pinned Python packages.
    pub(crate) fn requirements(&self) -> &Path {
        &self.requirements
    }

    /// The Python environment, a `sys.prefix`.
    pub(crate) fn venv(&self) -> &Path {
        &self.venv
    }

    /// The environment's interpreter. Programs of the environment are run with
    /// `-m` through it, never by their scripts: a script's first line holds an
    /// absolute path, which long folder names and a moved checkout break.
    pub(crate) fn python(&self) -> PathBuf {
        self.venv.join("bin").join("python")
    }

    /// What Jupyter keeps for the learner: settings, signatures of trusted
    /// notebooks, running servers, the history of inputs. It outlives the packages around it.
    pub(crate) fn jupyter_state(&self) -> PathBuf {
        self.venv.join("jupyter")
    }

    /// Where the kernel keeps crates that cells have had compiled.
    pub(crate) fn kept_crates(&self) -> PathBuf {
        self.jupyter_state().join("crates")
    }

    /// Where a running JupyterLab writes down its address.
    pub(crate) fn jupyter_runtime(&self) -> PathBuf {
        self.jupyter_state().join("runtime")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace_and_the_notebooks() {
        let layout = Layout::of_this_checkout(None);
        assert!(layout.root().join("rust-toolchain.toml").is_file());
        assert!(layout.requirements().starts_with(layout.root()));
        assert_eq!(layout.venv(), layout.root().join(".venv"));
    }

    #[test]
    fn another_place_for_the_environment_is_made_absolute() {
        let layout = Layout::of_this_checkout(Some("elsewhere".into()));
        assert!(layout.python().is_absolute());
        assert!(layout.python().ends_with("elsewhere/bin/python"));
    }

    #[test]
    fn other_packages_change_nothing_but_where_they_are_listed() {
        let layout = |other| Layout::of_this_checkout(None).with_requirements(other);
        let usual = layout(None).requirements().to_owned();
        assert!(usual.ends_with("notebooks/requirements.txt"));
        let other = layout(Some("more.txt".into()));
        assert!(other.requirements().is_absolute() && other.requirements().ends_with("more.txt"));
        assert_eq!(other.notebooks(), layout(None).notebooks());
    }
}
