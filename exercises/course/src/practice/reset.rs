//! `cargo course reset`: the fresh stub again; nothing of the learner's is lost.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use super::keeping::lock::Lock;
use super::keeping::{stash, stubs};
use super::names;
use super::progress::replace;
use super::workspace::Workspace;

/// Which exercise.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The exercise, by the name that `cargo course list` shows.
    #[arg(value_name = "EXERCISE")]
    exercise: String,
}

/// What a reset did.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// The stub was fresh already.
    Nothing,
    /// There was no stub.
    Restored,
    /// The learner's version is kept here, relative to the root.
    Kept(PathBuf),
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let id = names::exercise(&arguments.exercise)?.id;
    let stub = workspace.stub_name(id);
    match reset(workspace, id)? {
        Done::Nothing => println!("{stub} is fresh already."),
        Done::Restored => println!("{stub} was missing and is back."),
        Done::Kept(kept) => {
            let name = stash::name_of(&kept);
            println!(
                "{stub} is fresh again. Your version is {}; to take it back:\n  \
                 cargo course stash take {name}",
                kept.display()
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn reset(workspace: &Workspace, id: &str) -> anyhow::Result<Done> {
    let fresh = workspace.fresh_stub(id);
    let fresh = fs::read(&fresh).with_context(|| {
        format!(
            "{} cannot be read; `git checkout -- exercises/src/catalog/fresh` brings it back",
            fresh.display()
        )
    })?;
    let _lock = Lock::take(workspace)?;
    let stub = workspace.stub(id);
    let done = match fs::read(&stub) {
        Ok(mine) if mine == fresh => return Ok(Done::Nothing),
        Ok(mine) => {
            let kept = stash::put(workspace, id, &mine)?;
            Done::Kept(
                kept.strip_prefix(workspace.home())
                    .map(PathBuf::from)
                    .unwrap_or(kept),
            )
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Done::Restored,
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", stub.display()));
        }
    };
    replace(&stub, &fresh)?;
    // From now on it is this version that the learner starts from.
    replace(&stubs::base(workspace, id), &fresh)?;
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        replace(&workspace.fresh_stub("ring"), b"fresh").expect("written");
        (folder, workspace)
    }

    fn read(path: PathBuf) -> String {
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    #[test]
    fn every_reset_keeps_a_version_of_its_own() {
        let (folder, workspace) = workspace();
        for n in 1..=3 {
            replace(&workspace.stub("ring"), format!("mine {n}").as_bytes()).expect("written");
            let kept = PathBuf::from(format!(".course/stash/ring-{n}.rs"));
            assert_eq!(
                reset(&workspace, "ring").expect("reset"),
                Done::Kept(kept.clone())
            );
            assert_eq!(read(workspace.stub("ring")), "fresh");
            assert_eq!(read(folder.path().join(kept)), format!("mine {n}"));
        }
        assert_eq!(
            read(folder.path().join(".course/stash/ring-1.rs")),
            "mine 1"
        );
    }

    #[test]
    fn a_fresh_stub_leaves_no_stash() {
        let (folder, workspace) = workspace();
        assert_eq!(reset(&workspace, "ring").expect("reset"), Done::Restored);
        assert_eq!(reset(&workspace, "ring").expect("reset"), Done::Nothing);
        assert!(!folder.path().join(".course/stash").exists());
    }

    #[test]
    fn without_the_fresh_copy_nothing_is_touched() {
        let (_folder, workspace) = workspace();
        replace(&workspace.stub("ring"), b"mine").expect("written");
        fs::remove_file(workspace.fresh_stub("ring")).expect("removed");
        assert!(reset(&workspace, "ring").is_err());
        assert_eq!(read(workspace.stub("ring")), "mine");
    }
}
