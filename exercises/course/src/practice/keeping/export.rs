//! `cargo course export`: all of a learner's work in one file.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::{Context, ensure};

use super::super::files::{read, replace};
use super::super::progress::file;
use super::super::workspace::Workspace;
use super::archive::{Archive, Stub};
use super::ids::Ids;
use super::{stash, stubs};

/// Where to write.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The file to write: progress, your own stubs and your stash, as JSON.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the file if it is there.
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let path = &arguments.file;
    ensure!(
        arguments.force || !fs::exists(path).unwrap_or(true),
        "{} is there already, and may hold more than you have now; give another name, or add \
         --force to replace it",
        path.display()
    );
    let path = &std::path::absolute(path)?;
    // A slip of the fingers should not make folders.
    let folder = path.parent().unwrap_or(path);
    ensure!(
        folder.is_dir(),
        "there is no folder {}; make it, or give another place",
        folder.display()
    );
    let archive = archive(workspace, &Ids::of_catalog())?;
    let mut text = serde_json::to_vec_pretty(&archive).context("work can be written as JSON")?;
    text.push(b'\n');
    replace(path, &text)?;
    println!(
        "{} holds your progress, {} of your stubs and {} stashed versions. In another clone or \
         folder of the course:\n  cargo course import {}",
        path.display(),
        archive.stubs.len(),
        archive.stash.len(),
        path.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// A learner's work.
///
/// # Errors
///
/// When a file cannot be read or is no text; it is named, and nothing is left out
/// silently.
pub(crate) fn archive(workspace: &Workspace, ids: &Ids) -> anyhow::Result<Archive> {
    let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
    let mut archive = Archive::new(file::load(workspace, ids)?.value(), now);
    for id in stubs::present(workspace) {
        if let Some(stub) = own(workspace, ids, &id)? {
            archive.stubs.insert(id, stub);
        }
    }
    for stashed in stash::list(workspace)? {
        let text = text(&stashed.path(workspace))?.unwrap_or_default();
        archive.stash.insert(stashed.name(), text);
    }
    Ok(archive)
}

/// The learner's file, if they have changed it. Files that this course does not know,
/// under an old id for instance, are taken along.
fn own(workspace: &Workspace, ids: &Ids, id: &str) -> anyhow::Result<Option<Stub>> {
    let mine = text(&workspace.stub(id))?.unwrap_or_default();
    let base = text(&stubs::base(workspace, id))?;
    let fresh = match ids.knows(id) {
        true => text(&workspace.fresh_stub(id))?,
        false => None,
    };
    let untouched = [&base, &fresh]
        .into_iter()
        .any(|known| known.as_ref() == Some(&mine));
    Ok((!untouched).then_some(Stub { text: mine, base }))
}

fn text(path: &Path) -> anyhow::Result<Option<String>> {
    let Some(content) = read(path)? else {
        return Ok(None);
    };
    let text = String::from_utf8(content).with_context(|| {
        format!(
            "{} is not UTF-8, so it is no Rust file and cannot be exported; mend it or move it \
             away, then export again",
            path.display()
        )
    })?;
    Ok(Some(text))
}
