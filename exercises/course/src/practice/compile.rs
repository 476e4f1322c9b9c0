//! Compiling one stub, and passing on what the compiler says.

use std::io::{BufReader, IsTerminal};
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, bail};
use cargo_metadata::Message;
use cargo_metadata::diagnostic::DiagnosticLevel;

use super::workspace::Workspace;

/// What became of a stub.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The program, if the stub compiles.
    pub(crate) program: Option<PathBuf>,
    /// The compiler's own messages, warnings included.
    pub(crate) messages: String,
}

/// Compiles the stub of an exercise, as `cargo test -p exercises --test ID` would.
///
/// # Errors
///
/// When cargo cannot be started, or fails for a reason other than the stub.
pub(crate) fn stub(workspace: &Workspace, id: &str) -> anyhow::Result<Compiled> {
    let format = match std::io::stderr().is_terminal() {
        true => "--message-format=json-diagnostic-rendered-ansi",
        false => "--message-format=json",
    };
    let mut cargo = workspace
        .cargo()
        .args([
            "test",
            "--quiet",
            "--package",
            "exercises",
            "--test",
            id,
            "--no-run",
            format,
        ])
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo does not start; is it in the PATH?")?;
    let stdout = cargo.stdout.take().context("cargo's output was piped")?;
    let mut compiled = Compiled {
        program: None,
        messages: String::new(),
    };
    let mut stub_is_at_fault = false;
    for message in Message::parse_stream(BufReader::new(stdout)) {
        match message.context("cargo's messages are not what this version of the course reads")? {
            Message::CompilerMessage(found) => {
                stub_is_at_fault |=
                    found.target.name == id && found.message.level == DiagnosticLevel::Error;
                compiled.messages += found.message.rendered.as_deref().unwrap_or_default();
            }
            Message::CompilerArtifact(artifact) if artifact.target.name == id => {
                compiled.program = artifact.executable.map(Into::into);
            }
            _ => {}
        }
    }
    let status = cargo.wait().context("cargo was lost while it compiled")?;
    if !status.success() && !stub_is_at_fault {
        bail!(
            "{}cargo could not build `{id}`, and not for a fault in {}; what it says is above.\n\
             Mend that, then run `cargo course check {id}` again",
            compiled.messages,
            Workspace::stub_name(id),
        );
    }
    if stub_is_at_fault {
        compiled.program = None;
    }
    Ok(compiled)
}
