//! `kernel-ext bench`: how long a person waits for this kernel, beside the stock one.
//!
//! What is measured, and how, is `kernel-compare`'s; here are the options, and the kernel that
//! is measured, which is this very program. It measures processes as Jupyter starts them, so
//! it needs no environment of its own.

use anyhow::Context as _;
use clap::ValueEnum;
use kernel_compare::Contestant;
use kernel_compare::waits::{Course, Plan};
use std::path::{Path, PathBuf};

/// Options of `kernel-ext bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Measure another kernel beside this one, in turn: `stock` for the evcxr_jupyter on the
    /// path, or the path of one
    #[arg(long, value_name = "KERNEL")]
    against: Option<PathBuf>,
    /// How often each session is repeated; with the stock kernel each takes some minutes
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Only the lines whose title contains this, such as "figure"
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Also the lines that take many minutes more: a session of 200 cells, and the stock
    /// kernel with its own cache
    #[arg(long)]
    long: bool,
    /// How the table looks
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The clone of the course whose notebooks are run; if not given, the one around this
    /// folder or around this program
    #[arg(long, value_name = "FOLDER")]
    course: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
}

/// Measures and prints.
///
/// # Errors
///
/// If there is no clone of the course, a kernel cannot be started, or no line is chosen.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let program = std::env::current_exe().context("cannot find the kernel's own binary")?;
    let rows = Plan::rows(&options.only, options.long);
    anyhow::ensure!(
        !rows.is_empty(),
        "no line's title contains `{}`; without `--only` all are measured",
        options.only
    );
    let plan = Plan {
        course: course(options.course.as_deref(), &program)?,
        ours: Contestant::ours(&program),
        other: other(options.against.as_deref())?,
        runs: usize::try_from(options.runs)?,
        rows,
    };
    let report = plan.measure(&mut |line| eprintln!("{line}"))?;
    print!(
        "{}",
        match options.format {
            Format::Text => report.text(),
            Format::Markdown => report.markdown(),
        }
    );
    Ok(())
}

fn course(given: Option<&Path>, program: &Path) -> anyhow::Result<Course> {
    match given {
        Some(folder) => Course::around(folder),
        None => Course::around(Path::new(".")).or_else(|_| Course::around(program)),
    }
}

/// A bare name is looked for on the path; kernels run in another folder than this program.
fn other(given: Option<&Path>) -> anyhow::Result<Option<Contestant>> {
    let program = match given {
        None => return Ok(None),
        Some(name) if name == Path::new("stock") => PathBuf::from("evcxr_jupyter"),
        Some(name) if name.components().count() == 1 => name.to_owned(),
        Some(path) => std::path::absolute(path)?,
    };
    Ok(Some(Contestant::stock(&program)))
}
