//! Where the course's files are.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;

/// A clone of the course.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The clone that holds the current folder, else the one that this program was
    /// built from. The first wins, so that a copied or moved clone works on itself.
    ///
    /// # Errors
    ///
    /// When neither is there any more.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let here = std::env::current_dir().unwrap_or_default();
        let built_from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        here.ancestors()
            .chain([built_from.as_path()])
            .find(|folder| folder.join("exercises/stubs").is_dir() && folder.join("Cargo.toml").is_file())
            .map(Self::at)
            .context("this is not the course's folder; change to where you cloned it, then run the command again")
    }

    /// The clone with this root.
    pub(crate) fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }

    /// Its top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The file that the learner edits.
    pub(crate) fn stub(&self, id: &str) -> PathBuf {
        self.root.join(Self::stub_name(id))
    }

    /// The same, relative to the root, as shown to people.
    pub(crate) fn stub_name(id: &str) -> String {
        format!("exercises/stubs/{id}.rs")
    }

    /// The stub as the course ships it.
    ///
    /// A copy in the tree rather than `git show HEAD:...`: a learner may have
    /// committed a solution, or have downloaded the course without its history.
    /// Read when needed rather than compiled into `exercises`, which every
    /// notebook compiles.
    pub(crate) fn fresh_stub(&self, id: &str) -> PathBuf {
        self.root
            .join("exercises/src/catalog/fresh")
            .join(format!("{id}.rs"))
    }

    /// Where the learner's progress is kept, ignored by git.
    ///
    /// Beside the exercises rather than in the user's data folder, so that two
    /// clones do not mix; outside `target/`, so that `cargo clean` loses nothing.
    pub(crate) fn progress_folder(&self) -> PathBuf {
        self.root.join(".course")
    }

    /// The cargo that runs this program, set to work on this clone.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        command
    }
}
