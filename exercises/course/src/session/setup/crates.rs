//! Compiling ahead what the notebooks use, so that the first cell need not.
//!
//! The kernel keeps compiled crates (see `kernel-ext/src/crates/`). Whether they are fresh
//! only cargo knows, and asking takes the kernel ten seconds; so this step writes down
//! for which sources it was done, and is done again when they have changed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};

use super::{Setup, run::run};
use crate::grading::sha256;
use crate::session::files::write_in_one_piece;

/// Compiles them unless that was done. What goes wrong costs a notebook's first cell a
/// minute, so it is said and the set-up goes on.
pub(super) fn compile_ahead(setup: &Setup<'_>, kernel: &Path) {
    let step = setup.console.step("Crates");
    let compiled = mark(setup.layout.root(), kernel).and_then(|mark| {
        let done = setup.layout.kept_crates().join("compiled-ahead");
        if fs::read_to_string(&done).is_ok_and(|before| before == mark) {
            return Ok(());
        }
        step.note("compiling what the notebooks use, about a minute");
        compile(setup, kernel, |line| step.note(line))?;
        write_in_one_piece(&done, &mark)
    });
    match compiled {
        Ok(()) => step.done("what the notebooks use is compiled"),
        Err(error) => step.done(&format!(
            "not compiled ahead, so a notebook's first cell takes about a minute: {error:#}"
        )),
    }
}

fn compile(setup: &Setup<'_>, kernel: &Path, mut note: impl FnMut(&str)) -> Result<()> {
    let layout = setup.layout;
    fs::create_dir_all(layout.kept_crates())?;
    let exercises = layout.root().join("exercises");
    let mut command = Command::new(kernel);
    command
        .arg("compile")
        .arg(format!("exercises = {{ path = {exercises:?} }}"))
        .current_dir(layout.notebooks())
        .env("KERNEL_EXT_CRATES", layout.kept_crates());
    if setup.offline {
        command.env("CARGO_NET_OFFLINE", "true");
    }
    let is_progress = |line: &str| line.trim_start().starts_with("Compiling ");
    run(
        setup,
        "compiling what the notebooks use",
        &mut command,
        |_| {},
        |line| {
            note(line.trim());
            !is_progress(line)
        },
    )
}

/// What it depends on: the kernel, the versions, and when each source was changed.
fn mark(root: &Path, kernel: &Path) -> Result<String> {
    let mut text = changed(kernel)?;
    for file in [
        "Cargo.lock",
        "Cargo.toml",
        "rust-toolchain.toml",
        "exercises/Cargo.toml",
    ] {
        text += &changed(&root.join(file))?;
    }
    let mut folders = vec![root.join("exercises/src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            match path.is_dir() {
                true => folders.push(path),
                false => sources.push(changed(&path)?),
            }
        }
    }
    sources.sort_unstable();
    Ok(sha256((text + &sources.concat()).as_bytes()))
}

fn changed(file: &Path) -> Result<String> {
    let shown = file.display();
    let modified = fs::metadata(file)
        .and_then(|found| found.modified())
        .with_context(|| format!("cannot look at {shown}"))?;
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{shown} {}\n", since.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::time::SystemTime;

    const FILES: [&str; 6] = [
        "kernel",
        "Cargo.lock",
        "Cargo.toml",
        "rust-toolchain.toml",
        "exercises/Cargo.toml",
        "exercises/src/ring/mod.rs",
    ];

    #[test]
    fn what_is_compiled_ahead_is_compiled_again_when_anything_changed() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let root = folder.path();
        fs::create_dir_all(root.join("exercises/src/ring")).expect("folders can be made");
        for file in FILES {
            File::create(root.join(file)).expect("files can be made");
        }
        let mark = || super::mark(root, &root.join("kernel")).expect("all files are there");
        let mut before = mark();
        assert_eq!(mark(), before);
        for (later, file) in (1..).zip(FILES) {
            let time = SystemTime::now() + std::time::Duration::from_secs(later);
            let changed = File::open(root.join(file)).expect("it is there");
            changed.set_modified(time).expect("times can be set");
            assert_ne!(mark(), before, "{file}");
            before = mark();
        }
        File::create(root.join("exercises/src/ring/new.rs")).expect("files can be made");
        assert_ne!(mark(), before);
    }
}
