//! What the programs of a quiz really print.
//!
//! Each is compiled on its own by plain `rustc`, with the standard library only and
//! warnings as errors, and run. They are the author's own, so nothing confines them
//! but a time limit.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context;
use wait_timeout::ChildExt;

use super::source::Output;
use crate::dev::fault::Fault;
use crate::practice::workspace::Workspace;

/// A reader runs these in the head; a second would be long.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// The fault of one program, `at` its question, if it has one.
///
/// # Errors
///
/// When there is no compiler, or no temporary folder.
pub(super) fn fault(
    workspace: &Workspace,
    at: &str,
    question: &Output,
) -> anyhow::Result<Option<Fault>> {
    let folder = tempfile::tempdir().context("there is no temporary folder")?;
    let program = folder.path().join("program");
    if let Err(said) = compile(workspace, &question.program, folder.path(), &program)? {
        return Ok(Some(Fault::new(
            at,
            format!("its program does not compile without warnings:\n{said}"),
            "mend the program; it has the standard library only",
        )));
    }
    let wanted = question.output.trim();
    Ok(match run(&program)? {
        Err(how) => Some(Fault::new(
            at,
            format!("its program {how}"),
            "let it end well within ten seconds",
        )),
        Ok(printed) if printed.trim() == wanted => None,
        Ok(printed) => Some(Fault::new(
            at,
            format!("its program prints\n{}\nand not\n{wanted}", printed.trim()),
            "mend `output`, or the program; `why` may be wrong as well",
        )),
    })
}

/// Compiles the text; the inner error is what the compiler says.
fn compile(
    workspace: &Workspace,
    text: &str,
    folder: &Path,
    program: &Path,
) -> anyhow::Result<Result<(), String>> {
    let source = folder.join("program.rs");
    fs::write(&source, text).with_context(|| format!("cannot write {}", source.display()))?;
    let output = Command::new("rustc")
        .args(["--edition=2024", "-Dwarnings", "--color=never", "-o"])
        .args([program, &source])
        // In the course's folder rustup takes the toolchain that the course pins.
        .current_dir(workspace.root())
        .output()
        .context("`rustc` does not start; run `cargo course doctor`")?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(if output.status.success() {
        Ok(())
    } else {
        Err(said)
    })
}

/// What the program prints; the inner error says how else it ended.
fn run(program: &Path) -> anyhow::Result<Result<String, String>> {
    let mut child = Command::new(program)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("a compiled program does not start")?;
    let mut stdout = child.stdout.take().context("its output is piped")?;
    // Read beside the waiting: a program that prints much would wait for a reader.
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let Some(status) = child.wait_timeout(TIME_LIMIT)? else {
        child.kill()?;
        child.wait()?;
        return Ok(Err(format!("still runs after {TIME_LIMIT:?}")));
    };
    let printed = reader
        .join()
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    Ok(if status.success() {
        Ok(printed)
    } else {
        Err(format!("ends with {status}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(program: &str, output: &str, wanted: Option<&str>) {
        let question = Output {
            program: program.to_owned(),
            output: output.to_owned(),
            why: String::new(),
            mistakes: Vec::new(),
        };
        let workspace = Workspace::of_this_program().expect("the course is here");
        let found = fault(&workspace, "any", &question).expect("there is a compiler");
        let what = found.map(|fault| fault.what);
        match wanted {
            None => assert_eq!(what, None),
            Some(part) => assert!(
                what.as_ref().is_some_and(|what| what.contains(part)),
                "{what:?}"
            ),
        }
    }

    #[test]
    fn a_program_prints_what_the_quiz_says() {
        check("fn main() { println!(\"4\\n2\") }", " 4\n2\n", None);
        check("fn main() { println!(\"42\") }", "43", Some("prints\n42"));
    }

    #[test]
    fn a_program_compiles_without_warnings_and_ends_well() {
        check("fn main() { let a = 1; }", "", Some("unused variable"));
        check(
            "fn main() { panic!() }",
            "",
            Some("ends with exit status: 101"),
        );
    }
}
