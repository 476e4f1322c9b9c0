//! Runs `cargo course` for this folder, from the clone of the course.
//!
//! A program rather than an alias that names the clone: when the clone has moved, cargo
//! could only say that a manifest is missing, not what to do about it.
//! `cargo course init` made this file; `cargo course sync` replaces it.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

/// Holds the clone's path; set in `.cargo/config.toml`.
const CLONE: &str = "COURSE_CLONE";
/// Says which Rust compiles the course.
const TOOLCHAIN: &str = "rust-toolchain.toml";

fn main() -> ExitCode {
    let clone = env::var(CLONE).unwrap_or_default();
    let manifest = Path::new(&clone).join("Cargo.toml");
    if !manifest.is_file() {
        eprintln!(
            "error: the course is not at {clone} any more\n\
             If you moved it, run this here, with its new place for NEW:\n  \
             cargo run --manifest-path NEW/Cargo.toml --package course -- init . --relink\n\
             If you deleted it, clone it again, then run the same. Your stubs and your progress \
             are in this folder and stay as they are."
        );
        return ExitCode::FAILURE;
    }
    // The course may want a newer Rust since it was updated, and rustup goes by this folder.
    if let Some(folder) = env::var_os("CARGO_MANIFEST_DIR")
        && let Some(home) = Path::new(&folder).ancestors().nth(2)
        && let Ok(wanted) = fs::read(Path::new(&clone).join(TOOLCHAIN))
        && fs::read(home.join(TOOLCHAIN)).is_ok_and(|found| found != wanted)
    {
        let _ = fs::write(home.join(TOOLCHAIN), wanted);
    }
    let run = Command::new("cargo")
        .args(["run", "--package", "course", "--manifest-path"])
        .arg(manifest)
        .arg("--")
        .args(env::args_os().skip(1))
        .env_remove("RUSTUP_TOOLCHAIN")
        .status();
    match run {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(status) => ExitCode::from(status.code().map_or(1, |code| code as u8)),
        Err(error) => {
            eprintln!("error: cargo does not start: {error}");
            ExitCode::FAILURE
        }
    }
}
