//! `cargo course dev notebooks`: makes `notebooks/NAME.ipynb` from `NAME.md`, with outputs.
//!
//! The source is text, because notebooks in JSON can neither be reviewed nor
//! merged; jupytext converts it and nbclient runs it on the course's own kernel,
//! both from `.venv/`. What differs from run to run is removed, so that `--check`
//! can run a notebook again and compare. The outputs of a cell with the tag
//! `volatile` are kept, but not compared.
//!
//! The files are not paired in jupytext's sense: saving a notebook in JupyterLab
//! must not overwrite the source.

mod difference;
mod document;
pub(super) mod tools;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::session::paths::Layout;
use document::Notebook;

/// Options of `cargo course dev notebooks`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Notebooks without their extension; without a name, all of them.
    names: Vec<String>,
    /// Run, but write nothing; fail if a notebook is missing or says something else.
    #[arg(long)]
    check: bool,
    /// Run this source as if it lay in the notebooks' folder, and print the notebook.
    #[arg(long = "try", value_name = "FILE", conflicts_with_all = ["check", "names"])]
    trial: Option<PathBuf>,
    /// Where the Python environment lies [default: .venv in the checkout].
    #[arg(long, value_name = "FOLDER")]
    venv: Option<PathBuf>,
}

/// Runs the notebooks and writes or compares them.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let layout = Layout::of_this_checkout(arguments.venv.clone());
    tools::are_there(&layout)?;
    if let Some(source) = &arguments.trial {
        let notebook = fresh(&layout, source)?;
        // Whoever reads the notebook may stop reading; that is not our failure.
        let _ = std::io::stdout().write_all(notebook.to_text().as_bytes());
        return Ok(ExitCode::SUCCESS);
    }
    let mut stale = Vec::new();
    for source in chosen(&layout.notebooks(), &arguments.names)? {
        if !settle(&layout, &source, arguments.check)? {
            stale.push(stem(&source));
        }
    }
    if stale.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "if the change is meant, run `cargo course dev notebooks {}` and commit what it writes",
        stale.join(" ")
    );
    Ok(ExitCode::FAILURE)
}

/// The sources with these names, or all.
fn chosen(folder: &Path, names: &[String]) -> Result<Vec<PathBuf>> {
    let mut sources: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<std::io::Result<_>>()
        })
        .with_context(|| format!("cannot list {}", folder.display()))?;
    sources.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    sources.sort();
    if let Some(unknown) = names
        .iter()
        .find(|name| !sources.iter().any(|path| stem(path) == **name))
    {
        let known: Vec<String> = sources.iter().map(|path| stem(path)).collect();
        bail!(
            "no notebook has the source notebooks/{unknown}.md; there are: {}",
            known.join(", ")
        );
    }
    sources.retain(|path| names.is_empty() || names.contains(&stem(path)));
    Ok(sources)
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The notebook of a source, just run.
fn fresh(layout: &Layout, source: &Path) -> Result<Notebook> {
    let run = tools::execute(layout, &tools::convert(layout, source)?)
        .with_context(|| format!("{} does not run to its end", source.display()))?;
    Notebook::normal(run, &stem(source))
}

/// Makes one notebook and the file agree. Answers `false` where it may not write
/// and they do not.
fn settle(layout: &Layout, source: &Path, check: bool) -> Result<bool> {
    let started = Instant::now();
    let name = format!("notebooks/{}.ipynb", stem(source));
    println!("running {name}");
    let fresh = fresh(layout, source)?;
    let seconds = started.elapsed().as_secs();
    let path = layout.root().join(&name);
    let committed = fs::read_to_string(&path).ok();
    let differences = difference::between(committed.as_deref(), &fresh);
    if differences.is_empty() {
        println!("{name} is as its source and the kernel make it ({seconds} s)");
        return Ok(true);
    }
    if check {
        println!("{name} is not what its source and the kernel make:");
        differences
            .iter()
            .for_each(|difference| println!("{difference}"));
        return Ok(false);
    }
    fs::write(&path, fresh.to_text()).with_context(|| {
        format!(
            "cannot write {}; is the disk full or the file read-only?",
            path.display()
        )
    })?;
    println!("wrote {name} ({seconds} s)");
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        Layout::of_this_checkout(None).notebooks()
    }

    #[test]
    fn without_a_name_every_source_is_chosen() {
        let all = chosen(&folder(), &[]).expect("the folder is there");
        assert!(
            all.iter().any(|path| stem(path) == "28-consistent-hashing"),
            "{all:?}"
        );
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let error =
            chosen(&folder(), &["28-consistent-hash".to_owned()]).expect_err("no such notebook");
        assert!(
            error.to_string().contains("28-consistent-hashing"),
            "{error}"
        );
    }
}
