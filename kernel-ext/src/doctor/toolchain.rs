//! Compiler, cargo, the source of the standard library, and the linker.

use super::finding::Finding;
use crate::environment;
use std::path::PathBuf;
use std::process::Command;

const RUSTUP: &str = "install Rust from https://rustup.rs, and start Jupyter from a terminal in \
                      which `rustc --version` works";

pub(super) fn look() -> Vec<Finding> {
    let mut findings = vec![program("rustc"), program("cargo")];
    // Without a compiler there is nothing to say about its parts.
    if findings.iter().all(|finding| !finding.is_bad()) {
        findings.push(match environment::check_toolchain() {
            Ok(_) => Finding::good("rust-src", "there, for the types of variables"),
            Err(error) => Finding::bad(
                "rust-src",
                format!("{error:#}"),
                "rustup component add rust-src",
            ),
        });
    }
    findings.push(linker());
    findings
}

fn program(name: &'static str) -> Finding {
    let output = Command::new(name).arg("--version").output();
    match output {
        Ok(output) if output.status.success() => {
            let said = String::from_utf8_lossy(&output.stdout);
            Finding::good(name, said.trim())
        }
        Ok(output) => Finding::bad(name, String::from_utf8_lossy(&output.stderr).trim(), RUSTUP),
        Err(error) => Finding::bad(name, format!("cannot be run: {error}"), RUSTUP),
    }
}

/// Which linker cells have: the compiler's own lld, or what evcxr looks for.
fn linker() -> Finding {
    const NAME: &str = "linker";
    if environment::compiler_brings_lld() {
        return Finding::good(NAME, "lld, which comes with the compiler");
    }
    let mut quick = ["mold", "lld"].into_iter();
    match quick.find(|name| on_path(name).is_some()) {
        Some(name) => Finding::good(NAME, name),
        None => Finding::optional(
            NAME,
            "the compiler's own choice",
            "mold or lld may link a cell faster: `apt install lld`, `dnf install lld`",
        ),
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(program));
    places.find(|place| place.is_file())
}
