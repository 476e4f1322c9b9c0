//! `cargo course` from the outside: the machine looked at, set up, started and stopped.
//!
//! These run the real thing: pip or uv, JupyterLab, the kernel. They use the checkout's
//! own `.venv/` only where that changes nothing; what breaks an environment works on one
//! in a temporary folder. Ports are the system's choice, so that a course that a learner
//! has running is not disturbed.

mod doctor;
mod environment;
mod requirements;
mod running;
mod stopping;
mod without;

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::fixture::course::root;

/// The program behind `cargo course`, for tests that must change what cargo itself needs.
fn program() -> Command {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let path = PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").expect("cargo names itself to the tests it runs");
        let output = Command::new(cargo)
            .args(["build", "--package", "course", "--message-format=json"])
            .current_dir(root())
            .output()
            .expect("cargo is there: it runs this test");
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter(|message| message["target"]["name"] == "course")
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .expect("cargo names the executable that it has built")
    });
    let mut command = Command::new(path);
    command.current_dir(root());
    command
}

/// A folder for PATH in which `tools` can be found and nothing else.
fn path_of(tools: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    for tool in tools {
        let found = std::env::split_paths(&path)
            .map(|place| place.join(tool))
            .find(|file| file.is_file());
        let found = found.unwrap_or_else(|| panic!("{tool} is on the PATH"));
        std::os::unix::fs::symlink(found, folder.path().join(tool)).expect("a link");
    }
    folder
}
