//! Exercises as their people meet them: authors through the gate, learners
//! through the commands.
//!
//! The checks of each exercise and the engine have their own tests beside them;
//! here the real program runs.

mod class;
mod gate;
mod help;
mod journey;
mod keeping;
mod mutants;
mod new;
mod watch;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use cargo_metadata::Message;

/// Root of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The command line, built as `cargo course` builds it.
fn course() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let output = cargo()
            .args([
                "build",
                "--quiet",
                "--package",
                "course",
                "--message-format=json-render-diagnostics",
            ])
            .current_dir(root())
            .output()
            .expect("cargo starts");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Message::parse_stream(output.stdout.as_slice())
            .filter_map(|message| match message.expect("cargo speaks JSON") {
                Message::CompilerArtifact(artifact) if artifact.target.name == "course" => {
                    artifact.executable
                }
                _ => None,
            })
            .last()
            .expect("cargo names the program")
            .into()
    })
}

/// Standard output and standard error, in this order.
fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|stream| String::from_utf8_lossy(stream))
        .concat()
}
