//! Measures stock evcxr_jupyter and our kernel, and writes the table.
//!
//! `cargo course dev compare` calls it with the paths of our kernel and of the Python of the
//! course. The stock kernel is no dependency of this project: it is looked for on the path.
//! With `--waits` it prints in place of the table what `kernel-ext bench` does.

use anyhow::{Context as _, bail};
use clap::{Parser, ValueEnum};
use kernel_compare::table::{Row, Section, Table};
use kernel_compare::waits::{Course, Machine, Plan};
use kernel_compare::{BOOK_FILE, Bench, Contestant, Identity, Point, Sharing, conformance, points};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compare stock evcxr_jupyter with the course's kernel, point by point
#[derive(Debug, Parser)]
#[command(name = "cargo course dev compare")]
struct Arguments {
    /// The stock kernel; if not given, `evcxr_jupyter` on the path
    #[arg(long, value_name = "PATH", default_value = "evcxr_jupyter")]
    stock: PathBuf,
    /// Our kernel
    #[arg(long, value_name = "PATH")]
    ours: PathBuf,
    /// A Python with jupyter_kernel_test
    #[arg(long, value_name = "PATH")]
    python: PathBuf,
    /// The suite's cells for jupyter_kernel_test
    #[arg(long, value_name = "FILE")]
    script: PathBuf,
    /// How the table looks
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write the table to this file instead of printing it
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Write the table of the book; the same as `--format markdown --write` with its place
    #[arg(long, conflicts_with_all = ["format", "write"])]
    book: bool,
    /// Only lines whose title contains this; with `--book` the others stay as they are
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
    /// Print how long a person waits, in place of the table; takes half an hour
    #[arg(long, conflicts_with_all = ["book", "write"])]
    waits: bool,
    /// How often each session is repeated, with `--waits`
    #[arg(long, value_name = "N", default_value = "5", requires = "waits")]
    runs: usize,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
}

fn main() -> ExitCode {
    match compare(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Not `{error:?}`, which adds a backtrace wherever RUST_BACKTRACE is set.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn compare(arguments: &Arguments) -> anyhow::Result<()> {
    let kernels = [
        Contestant::stock(&program(&arguments.stock)?),
        Contestant::ours(&program(&arguments.ours)?),
    ];
    if arguments.waits {
        return waits(arguments, kernels);
    }
    let stock = identity(&kernels[0]).context(
        "no stock kernel to compare with; `cargo install evcxr_jupyter --version 0.22.0 --locked` \
         builds it, `--stock PATH` says where it is",
    )?;
    if stock.name != "evcxr_jupyter" {
        bail!(
            "the stock kernel is to be evcxr_jupyter, and not {}",
            stock.name
        );
    }
    let ours = identity(&kernels[1]).context("run `cargo course setup` to build our kernel")?;
    let circumstances = circumstances(&stock, &ours);
    let others = match arguments.book && !arguments.only.is_empty() {
        true => of_the_book(&circumstances)?,
        false => Vec::new(),
    };
    let table = Table {
        circumstances,
        sections: sections(arguments, &kernels, &others)?,
    };
    if arguments.book {
        return write(Path::new(BOOK_FILE), &table.markdown());
    }
    let text = match arguments.format {
        Format::Text => table.text(),
        Format::Markdown => table.markdown(),
    };
    match &arguments.write {
        Some(path) => write(path, &text),
        None => {
            print!("{text}");
            Ok(())
        }
    }
}

fn waits(arguments: &Arguments, [stock, ours]: [Contestant; 2]) -> anyhow::Result<()> {
    let plan = Plan {
        ours,
        other: Some(stock),
        course: Course::around(".".as_ref())?,
        runs: arguments.runs,
        rows: Plan::rows(&arguments.only, true),
    };
    let report = plan.measure(&mut |line| eprintln!("{line}"))?;
    match arguments.format {
        Format::Text => print!("{}", report.text()),
        Format::Markdown => print!("{}", report.markdown()),
    }
    Ok(())
}

/// A path that holds in any folder; a bare name is looked for on the path.
fn program(given: &Path) -> std::io::Result<PathBuf> {
    match given.components().count() {
        1 => Ok(given.to_owned()),
        _ => std::path::absolute(given),
    }
}

fn identity(kernel: &Contestant) -> anyhow::Result<Identity> {
    Ok(kernel.identity()?)
}

/// The lines of the book's table, if it was made under the same circumstances: one date
/// stands over all of them.
fn of_the_book(circumstances: &[String]) -> anyhow::Result<Vec<Row>> {
    let text = std::fs::read_to_string(BOOK_FILE)
        .with_context(|| format!("cannot read {BOOK_FILE}; measure without `--only` first"))?;
    if !text.contains(&circumstances.join("\n")) {
        bail!("{BOOK_FILE} was made on another day or machine; measure without `--only`");
    }
    Ok(text.lines().filter_map(Row::from_markdown).collect())
}

/// Measures the chosen lines, and takes the others over.
fn sections(
    arguments: &Arguments,
    kernels: &[Contestant; 2],
    others: &[Row],
) -> anyhow::Result<Vec<Section>> {
    let is_chosen = |title: &str| title.contains(&arguments.only);
    let other = |title: &str| others.iter().find(|row| row.title == title).cloned();
    let mut benches = Vec::new();
    for kernel in kernels {
        benches.push(Bench::new(kernel.clone(), Sharing::Fresh)?);
    }
    let mut sections = Vec::new();
    for group in points::all() {
        let mut rows = Vec::new();
        for point in &group.points {
            match is_chosen(point.title) {
                true => rows.push(measured(point, &mut benches)),
                false => rows.extend(other(point.title)),
            }
        }
        if group.title == points::MESSAGES {
            match is_chosen(conformance::TITLE) {
                true => rows.push(conformance_row(arguments, kernels)?),
                false => rows.extend(other(conformance::TITLE)),
            }
        }
        if !rows.is_empty() {
            sections.push(Section {
                title: group.title.to_owned(),
                note: group.note.to_owned(),
                rows,
            });
        }
    }
    Ok(sections)
}

/// One line, for the stock kernel first.
fn measured(point: &Point, benches: &mut [Bench]) -> Row {
    // Said as it is found: all of it takes minutes.
    eprint!("{}: ", point.title);
    let stock = benches[0].fact(point);
    eprint!("{stock} | ");
    let ours = benches[1].fact(point);
    eprintln!("{ours}");
    Row {
        title: point.title.to_owned(),
        wanted: point.wanted.to_owned(),
        stock,
        ours,
    }
}

fn conformance_row(arguments: &Arguments, kernels: &[Contestant; 2]) -> anyhow::Result<Row> {
    let fact = |kernel| conformance::fact(kernel, &arguments.python, &arguments.script);
    Ok(Row {
        title: conformance::TITLE.to_owned(),
        wanted: conformance::WANTED.to_owned(),
        stock: fact(&kernels[0])?,
        ours: fact(&kernels[1])?,
    })
}

/// What, when, where: enough to judge the numbers, and no name of a machine.
fn circumstances(stock: &Identity, ours: &Identity) -> Vec<String> {
    let Machine {
        day,
        system,
        n_cores,
        ..
    } = Machine::now();
    vec![
        format!(
            "Measured on {day} with {} {} and {} {}, rustc {},",
            stock.name,
            stock.version,
            ours.name,
            ours.version,
            kernel_compare::rustc_version(),
        ),
        format!(
            "on {system} with {n_cores} cores. Each had a new kernel, but for lines about one and the same cell."
        ),
    ]
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| {
        format!(
            "cannot write {}; is the disk full or the file read-only?",
            path.display()
        )
    })?;
    println!("wrote {}", path.display());
    Ok(())
}
