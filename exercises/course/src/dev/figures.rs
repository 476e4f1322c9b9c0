//! `cargo course dev figures`: writes the book's figures and numbers anew.
//!
//! Run it after a change of a reference, a drawing or a sample; `--check` only
//! compares. It does not build the book.

use std::fs;
use std::process::ExitCode;

use anyhow::Context;
use exercises::figure::book_files;

use crate::practice::workspace::Workspace;

/// Options of `cargo course dev figures`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail if a file is missing or says something else.
    #[arg(long)]
    check: bool,
}

/// Writes the files that have changed, or names them.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut stale = 0;
    let files = book_files();
    for file in &files {
        let path = workspace.root().join(file.path());
        if fs::read_to_string(&path).ok().as_ref() == Some(&file.text) {
            continue;
        }
        stale += 1;
        if arguments.check {
            println!("stale: {}", file.path());
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        fs::write(&path, &file.text).with_context(|| {
            format!(
                "cannot write {}; is the disk full or the file read-only?",
                path.display()
            )
        })?;
        println!("wrote {}", file.path());
    }
    if stale == 0 {
        println!("all {} files are as the code makes them", files.len());
    } else if arguments.check {
        println!("run `cargo course dev figures` and commit what it writes");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
