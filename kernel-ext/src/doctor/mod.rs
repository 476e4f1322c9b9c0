//! `kernel-ext doctor`: what the kernel needs, what is there, and what to do.
//!
//! The last finding is a cell that is compiled and run: whatever else may be wrong shows
//! there. It does not look into notebooks, and it changes nothing.

mod finding;
mod installed;
mod system;
mod toolchain;

use crate::engine::{Pauses, RustEvaluator};
use finding::Finding;
use kernel_protocol::{Cell, Evaluator as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Prints the findings; fails if something that is needed is not there.
///
/// `directory` is for the files of the trial cell.
pub(crate) fn run(directory: &Path) -> ExitCode {
    let mut is_well = true;
    let mut tell = |finding: Finding| {
        print!("{finding}");
        is_well &= !finding.is_bad();
    };
    toolchain::look().into_iter().for_each(&mut tell);
    system::look(directory).into_iter().for_each(&mut tell);
    installed::look().into_iter().for_each(&mut tell);
    tell(try_a_cell(directory));
    if is_well {
        println!("\nEverything needed is there.");
        ExitCode::SUCCESS
    } else {
        println!("\nMend what is marked BAD, and run `kernel-ext doctor` again.");
        ExitCode::FAILURE
    }
}

/// The whole way: compiler, evcxr, supervisor, worker.
fn try_a_cell(directory: &Path) -> Finding {
    const NAME: &str = "a cell";
    let started = Instant::now();
    let mut evaluator = match RustEvaluator::start(directory, Pauses::Unused) {
        Ok(evaluator) => evaluator,
        Err(error) => return Finding::bad(NAME, format!("{error:#}"), "see above"),
    };
    let cell = Cell {
        code: "let n = 20; n + 1",
        count: 1,
        allows_input: false,
    };
    let result = evaluator.execute(cell, &mut |_| {});
    evaluator.shutdown();
    let seconds = started.elapsed().as_secs_f64();
    match result {
        Ok(Some(value)) if value.get("text/plain") == Some("21") => Finding::good(
            NAME,
            format!("compiled and run, {seconds:.1} s with the start"),
        ),
        Ok(value) => Finding::bad(
            NAME,
            format!("`n + 1` should be 21 and is {value:?}"),
            "please report this, with all of the above",
        ),
        Err(failure) => Finding::bad(
            NAME,
            format!("{}: {}", failure.ename, failure.evalue),
            &failure.traceback.join("\n"),
        ),
    }
}
