//! Where the course's files are, and where the learner's.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place::clone_of_this_program;

/// The file by which `cargo course init` marks a learner's folder.
pub(crate) const MARKER: &str = "course.toml";

/// The course, and the place where its exercises are solved.
///
/// In a clone the two are the same. A folder made by `cargo course init` holds the
/// learner's stubs and progress, and the course stays as it was cloned.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
    home: PathBuf,
    /// Where the stubs are, relative to `home`.
    stubs: &'static str,
}

impl Workspace {
    /// The folder or clone that holds the current folder, else the clone that this
    /// program belongs to. The nearest wins, so that a copied or moved clone works
    /// on itself.
    ///
    /// # Errors
    ///
    /// When neither is there any more.
    pub(crate) fn find() -> anyhow::Result<Self> {
        let here = std::env::current_dir().unwrap_or_default();
        for folder in here.ancestors() {
            if folder.join(MARKER).is_file() {
                return Ok(Self::of_learner(&Self::of_this_program()?.root, folder));
            }
            if is_clone(folder) {
                return Ok(Self::at(folder));
            }
        }
        Self::of_this_program()
    }

    /// The clone that this program belongs to.
    ///
    /// # Errors
    ///
    /// When it is not there any more.
    pub(crate) fn of_this_program() -> anyhow::Result<Self> {
        let root = clone_of_this_program();
        anyhow::ensure!(
            is_clone(&root),
            "the course is not at {} any more; change to where it is now, then run the command \
             again; a folder of your own is linked to it by `cargo course init FOLDER --relink`",
            root.display()
        );
        Ok(Self::at(&root))
    }

    /// The clone with this root.
    pub(crate) fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            home: root.to_owned(),
            stubs: "exercises/stubs",
        }
    }

    /// A learner's folder that solves the exercises of the clone with this root.
    pub(crate) fn of_learner(root: &Path, home: &Path) -> Self {
        Self {
            root: root.to_owned(),
            home: home.to_owned(),
            stubs: "stubs",
        }
    }

    /// The top folder of the course's clone.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that holds the learner's stubs and progress; the clone's own, unless
    /// the learner has a folder apart.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Whether the learner works in the course's clone itself, not in a folder apart.
    pub(crate) fn is_clone(&self) -> bool {
        self.root == self.home
    }

    /// A path as shown to people: from the learner's folder on.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let short = path.strip_prefix(&self.home).unwrap_or(path);
        short.display().to_string()
    }

    /// The file that the learner edits.
    pub(crate) fn stub(&self, id: &str) -> PathBuf {
        self.home.join(self.stub_name(id))
    }

    /// The same, relative to the learner's folder, as shown to people.
    pub(crate) fn stub_name(&self, id: &str) -> String {
        format!("{}/{id}.rs", self.stubs)
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
        self.home.join(".course")
    }

    /// The cargo that runs this program, set to work on the course.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        command
    }
}

fn is_clone(folder: &Path) -> bool {
    folder.join("exercises/stubs").is_dir() && folder.join("Cargo.toml").is_file()
}
