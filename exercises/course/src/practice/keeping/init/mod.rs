//! `cargo course init`: a folder for a learner's solutions, apart from the clone.
//!
//! Whoever works in the clone has changed files there that git tracks, and `git pull`
//! stumbles over them. In a folder of their own they have their stubs, their progress,
//! and nothing else; it needs no git.

mod files;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};

use super::super::workspace::{MARKER, Workspace};
use super::ids::Ids;
use super::lock::Lock;
use super::sync;

pub(crate) use files::{copy_lock_file, handed};

/// Where to make the folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder: new, or empty.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Link a folder that is there to this clone, because the clone has moved.
    #[arg(long)]
    relink: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let clone = Workspace::of_this_program()?;
    let ids = Ids::of_catalog();
    let shown = arguments.folder.display();
    if arguments.relink {
        relink(&clone, &arguments.folder, &ids)?;
        println!("{shown} is linked to {}.", clone.root().display());
        return Ok(ExitCode::SUCCESS);
    }
    init(&clone, &arguments.folder, &ids)?;
    println!(
        "{shown} is yours: {} stubs to solve. Next:\n  cd {:?}\n  cargo course list",
        ids.current().len(),
        // In quotes: the path may have spaces.
        arguments.folder
    );
    if clone.progress_folder().join("progress.json").exists() {
        println!(
            "To take along what you have done in the clone, run `cargo course export FILE` there \
             and `cargo course import FILE` here."
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn init(clone: &Workspace, folder: &Path, ids: &Ids) -> anyhow::Result<()> {
    ensure_apart(clone, folder)?;
    let was_there = folder.exists();
    ensure_empty(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let workspace = Workspace::of_learner(clone.root(), &folder.canonicalize()?);
    let made = sync::sync(&workspace, ids).map(drop);
    if made.is_err() {
        // It was empty, so all that is in it is ours; half a folder would be refused the
        // next time.
        clear(folder, was_there);
    }
    made
}

fn clear(folder: &Path, keep_folder: bool) {
    if keep_folder {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
        }
    } else {
        let _ = fs::remove_dir_all(folder);
    }
}

/// Refuses a folder inside the clone or inside another learner's folder.
fn ensure_apart(clone: &Workspace, folder: &Path) -> anyhow::Result<()> {
    let folder = std::path::absolute(folder)?;
    let existing = folder.ancestors().find_map(|path| path.canonicalize().ok());
    let existing = existing.context("no part of the path exists")?;
    let root = clone.root().canonicalize()?;
    ensure!(
        !existing.starts_with(&root),
        "{} is inside the course's clone, {}, where git and cargo would meet it; give a folder \
         outside, such as {}",
        folder.display(),
        root.display(),
        root.with_file_name("my-exercises").display(),
    );
    if let Some(other) = existing
        .ancestors()
        .find(|path| path.join(MARKER).is_file())
    {
        bail!(
            "{} is a learner's folder already; work there, or give a folder outside it",
            other.display()
        );
    }
    Ok(())
}

fn ensure_empty(folder: &Path) -> anyhow::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let entries = fs::read_dir(folder)
        .with_context(|| format!("{} is no folder that can be read", folder.display()))?;
    let first = entries.flatten().next();
    if let Some(first) = first {
        bail!(
            "{} is not empty: it holds {}; give a new folder, so that nothing of yours is mixed up",
            folder.display(),
            first.file_name().display()
        );
    }
    Ok(())
}

/// Writes the files that name the clone anew, and leaves the stubs alone.
fn relink(clone: &Workspace, folder: &Path, ids: &Ids) -> anyhow::Result<()> {
    ensure!(
        folder.join(MARKER).is_file(),
        "{} has no {MARKER}, so it is no folder that `cargo course init` made; name the one that \
         holds your stubs",
        folder.display()
    );
    let workspace = Workspace::of_learner(clone.root(), &folder.canonicalize()?);
    let _lock = Lock::take(&workspace)?;
    let mut done = sync::Done::default();
    for file in handed(&workspace, ids)? {
        sync::apply::apply(&workspace, &file, &mut done)?;
    }
    for line in done.lines {
        println!("{line}");
    }
    copy_lock_file(&workspace)
}

/// Says so if a learner's folder is linked to another clone than the one at work.
pub(crate) fn check_link(workspace: &Workspace) {
    let marker = fs::read_to_string(workspace.home().join(MARKER)).unwrap_or_default();
    let marker: toml::Table = toml::from_str(&marker).unwrap_or_default();
    let linked = marker.get("clone").and_then(toml::Value::as_str);
    if let Some(linked) = linked
        && Path::new(linked) != workspace.root()
    {
        eprintln!(
            "note: this folder is linked to the course at {linked}, and you run the one at {}; to \
             link it here, run `cargo course init {} --relink` there",
            workspace.root().display(),
            workspace.home().display()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::files::replace;
    use super::*;

    /// A clone with one exercise, in a folder that has room beside it.
    fn clone() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let root = folder
            .path()
            .canonicalize()
            .expect("it is there")
            .join("clone");
        let clone = Workspace::at(&root);
        for (name, text) in [
            ("Cargo.lock", "lock"),
            ("rust-toolchain.toml", "[toolchain]"),
        ] {
            replace(&root.join(name), text.as_bytes()).expect("written");
        }
        replace(&clone.fresh_stub("ring"), b"fresh").expect("written");
        (folder, clone)
    }

    fn ids() -> Ids {
        Ids::new([("ring", &[][..])])
    }

    #[track_caller]
    fn refuses(clone: &Workspace, folder: &Path, because: &str) {
        let error = init(clone, folder, &ids()).expect_err("it is refused");
        let error = format!("{error:#}");
        assert!(error.contains(because), "{error}");
    }

    #[test]
    fn a_new_folder_gets_the_stubs_and_what_cargo_needs() {
        let (folder, clone) = clone();
        let mine = folder.path().join("mine");
        init(&clone, &mine, &ids()).expect("made");
        for name in [
            MARKER,
            "Cargo.toml",
            "Cargo.lock",
            "stubs/ring.rs",
            ".cargo/config.toml",
        ] {
            assert!(mine.join(name).is_file(), "{name}");
        }
        refuses(&clone, &mine, "is a learner's folder already");
    }

    #[test]
    fn a_folder_that_is_not_empty_or_inside_the_clone_is_refused_untouched() {
        let (folder, clone) = clone();
        let full = folder.path().join("full");
        replace(&full.join("thesis.txt"), b"mine").expect("written");
        refuses(&clone, &full, "is not empty: it holds thesis.txt");
        assert_eq!(fs::read_dir(&full).expect("it is there").count(), 1);
        refuses(&clone, &full.join("thesis.txt"), "thesis.txt is no folder");
        refuses(
            &clone,
            &clone.root().join("a/b"),
            "is inside the course's clone",
        );
        assert!(!clone.root().join("a").exists());
    }

    #[test]
    fn when_it_cannot_be_finished_nothing_is_left() {
        let (folder, clone) = clone();
        fs::remove_file(clone.fresh_stub("ring")).expect("removed");
        let mine = folder.path().join("mine");
        refuses(&clone, &mine, "cannot be read");
        assert!(!mine.exists());
    }

    #[test]
    fn a_folder_is_linked_to_a_clone_that_has_moved() {
        let (folder, clone) = clone();
        let mine = folder.path().join("mine");
        init(&clone, &mine, &ids()).expect("made");
        let there = folder.path().join("there");
        fs::rename(clone.root(), &there).expect("moved");
        relink(&Workspace::at(&there), &mine, &ids()).expect("linked");
        let manifest = fs::read_to_string(mine.join("Cargo.toml")).expect("it is there");
        assert!(manifest.contains("there/exercises"), "{manifest}");
    }
}
