//! `kernel-ext compile`: crates compiled before a notebook asks for them.
//!
//! It runs a cell of `:dep` lines, so that what is kept is just what a notebook's cell
//! would have had compiled; and one that uses them, for which they are linked.

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
    let mut execute = |count, code: &str| {
        let cell = Cell {
            code,
            count,
            allows_input: false,
        };
        evaluator.execute(cell, &mut |_| {})
    };
    let result = execute(1, &lines.collect::<String>());
    if result.is_ok() {
        // A crate's library may have another name. Then the first cell that uses it links it.
        for name in dependencies.iter().filter_map(|text| name(text)) {
            let _ = execute(2, &format!("use {name} as _;"));
        }
    }
    evaluator.shutdown();
    match result {
        Ok(_) => Ok(()),
        Err(failure) => bail!("{}: {}", failure.ename, failure.evalue),
    }
}

/// What a crate is called in Rust.
fn name(dependency: &str) -> Option<String> {
    let name = dependency.split('=').next()?.trim();
    (!name.is_empty()).then(|| name.replace('-', "_"))
}
