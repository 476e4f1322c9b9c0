//! `kernel-ext compile`: crates compiled before a notebook asks for them.
//!
//! It runs a cell of `:dep` lines, so that what is kept is just what a notebook's cell
//! would have had compiled.

use crate::engine::{Pauses, RustEvaluator};
use anyhow::bail;
use kernel_protocol::{Cell, Evaluator as _};
use std::path::Path;

/// Compiles what would stand behind `:dep`; `directory` is for the files of the cell.
///
/// # Errors
///
/// If there is no usable compiler, or a crate does not compile.
pub(crate) fn compile(directory: &Path, dependencies: &[String]) -> anyhow::Result<()> {
    let lines = dependencies.iter().map(|text| format!(":dep {text}\n"));
    let mut evaluator = RustEvaluator::start(directory, Pauses::Unused)?;
    let cell = Cell {
        code: &lines.collect::<String>(),
        count: 1,
        allows_input: false,
    };
    let result = evaluator.execute(cell, &mut |_| {});
    evaluator.shutdown();
    match result {
        Ok(_) => Ok(()),
        Err(failure) => bail!("{}: {}", failure.ename, failure.evalue),
    }
}
