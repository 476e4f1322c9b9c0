//! `cargo course stash`: see what is kept, and take a version back.

use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::{Context, anyhow};

use super::super::super::files::{read, replace};
use super::super::super::names;
use super::super::super::workspace::Workspace;
use super::super::ids::Ids;
use super::super::lock::Lock;
use super::super::stubs;
use super::{Stashed, list, name_of, put};

/// What to do with the stash.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// List the versions that are kept; this happens without an action, too.
    List,
    /// Print a version.
    Show {
        /// Its name, as the list shows it: hash_ring-1.
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Put a version in the place of your file, which is kept in turn.
    Take {
        /// Its name, as the list shows it: hash_ring-1.
        #[arg(value_name = "NAME")]
        name: String,
    },
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.action {
        None | Some(Action::List) => print!("{}", table(workspace)?),
        Some(Action::Show { name }) => print!("{}", content(workspace, &find(workspace, name)?)?),
        Some(Action::Take { name }) => {
            let stashed = find(workspace, name)?;
            println!("{}", take(workspace, &Ids::of_catalog(), &stashed)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn table(workspace: &Workspace) -> anyhow::Result<String> {
    let stash = list(workspace)?;
    if stash.is_empty() {
        return Ok("The stash is empty: no file of yours had to make room yet.\n".to_owned());
    }
    let width = stash
        .iter()
        .map(|stashed| stashed.name().len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for stashed in &stash {
        let path = stashed.path(workspace);
        let kept = path.metadata().and_then(|about| about.modified());
        let kept = humantime::format_rfc3339_seconds(kept.unwrap_or(SystemTime::UNIX_EPOCH));
        let n_lines = content(workspace, stashed)?.lines().count();
        text += &format!(
            "{:width$}  {n_lines:4} lines  kept {kept}\n",
            stashed.name()
        );
    }
    text +=
        "\nread one: cargo course stash show NAME\ntake one back: cargo course stash take NAME\n";
    Ok(text)
}

fn find(workspace: &Workspace, name: &str) -> anyhow::Result<Stashed> {
    let stash = list(workspace)?;
    let asked = Stashed::named(name.trim());
    let found = stash
        .iter()
        .find(|stashed| Some(*stashed) == asked.as_ref());
    found.cloned().ok_or_else(|| {
        let known: Vec<String> = stash.iter().map(Stashed::name).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        anyhow!(
            "{}",
            names::unknown("stashed version", name, &known, "cargo course stash")
        )
    })
}

fn content(workspace: &Workspace, stashed: &Stashed) -> anyhow::Result<String> {
    let path = stashed.path(workspace);
    let content = read(&path)?.with_context(|| format!("{} is gone", path.display()))?;
    Ok(String::from_utf8_lossy(&content).into_owned())
}

fn take(workspace: &Workspace, ids: &Ids, stashed: &Stashed) -> anyhow::Result<String> {
    let id = ids.now(&stashed.id);
    let path = stashed.path(workspace);
    if !ids.knows(id) {
        return Err(anyhow!(
            "the course has no exercise {id}, so there is no place to put it; it stays at {}",
            path.display()
        ));
    }
    let _lock = Lock::take(workspace)?;
    let stub = stubs::stub(workspace, id)?;
    let content = read(&path)?.with_context(|| format!("{} is gone", path.display()))?;
    let own = stub.own_work()?.filter(|own| *own != content);
    let kept = own.map(|own| put(workspace, id, &own)).transpose()?;
    replace(&stub.place, &content)?;
    Ok(match kept {
        Some(kept) => format!(
            "{} is {} again; what it was before is {}.",
            stub.name,
            stashed.name(),
            name_of(&kept)
        ),
        None => format!("{} is {} again.", stub.name, stashed.name()),
    })
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

    #[test]
    fn taking_a_version_back_keeps_the_one_that_was_there() {
        let (_folder, workspace) = workspace();
        let ids = Ids::new([("ring", &[][..])]);
        replace(&workspace.stub("ring"), b"second").expect("written");
        put(&workspace, "ring", b"first").expect("kept");
        let first = find(&workspace, "ring-1.rs").expect("it is there");
        let said = take(&workspace, &ids, &first).expect("taken");
        assert!(said.ends_with("what it was before is ring-2."), "{said}");
        assert_eq!(
            read(&workspace.stub("ring")).expect("read").as_deref(),
            Some(&b"first"[..])
        );
        let second = find(&workspace, "ring-2").expect("it is there");
        assert_eq!(content(&workspace, &second).expect("read"), "second");
    }

    #[test]
    fn an_unknown_version_is_answered_with_the_nearest() {
        let (_folder, workspace) = workspace();
        put(&workspace, "ring", b"first").expect("kept");
        let error = find(&workspace, "rnig-1")
            .expect_err("there is none")
            .to_string();
        assert!(error.contains("did you mean ring-1?"), "{error}");
    }
}
