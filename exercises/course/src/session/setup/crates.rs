//! Compiling ahead what the notebooks use, so that the first cell need not.
//!
//! The kernel keeps compiled crates (see `kernel-ext/src/crates/`). Whether they are fresh
//! only cargo knows, and asking takes the kernel ten seconds; so this step writes down
//! for which sources it was done, and is done again when they have changed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Setup, run::run};
use crate::grading::sha256;
use crate::session::files::write_in_one_piece;

/// The `:dep` lines of a notebook. As a whole, because features add up over them.
type Dependencies = Vec<String>;

/// Compiles them unless that was done. What goes wrong costs a notebook's first cell a
/// minute, so it is said and the set-up goes on.
pub(super) fn compile_ahead(setup: &Setup<'_>, kernel: &Path) {
    let step = setup.console.step("Crates");
    let compiled = used(&setup.layout.notebooks()).and_then(|used| {
        let mark = mark(setup.layout.root(), kernel, &used)?;
        let done = setup.layout.kept_crates().join("compiled-ahead");
        if fs::read_to_string(&done).is_ok_and(|before| before == mark) {
            return Ok(());
        }
        step.note("compiling what the notebooks use, about three minutes");
        fs::create_dir_all(setup.layout.kept_crates())?;
        for dependencies in &used {
            compile(setup, kernel, dependencies, |line| step.note(line))?;
        }
        write_in_one_piece(&done, &mark)
    });
    match compiled {
        Ok(()) => step.done("what the notebooks use is compiled"),
        Err(error) => step.done(&format!(
            "not compiled ahead, so a notebook's first cell takes about a minute: {error:#}"
        )),
    }
}

/// What the course's notebooks ask for, each different list once. Those have their text
/// beside them; a learner's own may ask for what does not compile.
fn used(notebooks: &Path) -> Result<BTreeSet<Dependencies>> {
    let mut used = BTreeSet::new();
    for entry in fs::read_dir(notebooks)? {
        let path = entry?.path();
        let is_notebook = path.extension().is_some_and(|found| found == "ipynb");
        if is_notebook && path.with_extension("md").is_file() {
            let text = fs::read_to_string(&path)?;
            let notebook = serde_json::from_str(&text)
                .with_context(|| format!("{} is no notebook", path.display()))?;
            used.insert(dependencies(&notebook));
        }
    }
    used.remove(&Vec::new());
    Ok(used)
}

fn dependencies(notebook: &Value) -> Dependencies {
    let cells = notebook["cells"].as_array().into_iter().flatten();
    let code = cells.filter(|cell| cell["cell_type"] == "code");
    let lines = code.flat_map(|cell| cell["source"].as_array().into_iter().flatten());
    let lines = lines.filter_map(Value::as_str);
    lines
        .filter_map(|line| line.trim().strip_prefix(":dep "))
        .map(str::to_owned)
        .collect()
}

/// Runs in the notebooks' folder, from which their paths are.
fn compile(
    setup: &Setup<'_>,
    kernel: &Path,
    dependencies: &Dependencies,
    mut note: impl FnMut(&str),
) -> Result<()> {
    let layout = setup.layout;
    let mut command = Command::new(kernel);
    command
        .arg("compile")
        .args(dependencies)
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

/// What it depends on: what is used, the kernel, the versions, and when each source was
/// changed.
fn mark(root: &Path, kernel: &Path, used: &BTreeSet<Dependencies>) -> Result<String> {
    let mut text = format!("{used:?}\n{}", changed(kernel)?);
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
        let mut used = BTreeSet::from([vec!["exercises = { path = \"../exercises\" }".to_owned()]]);
        let mark =
            |used: &_| super::mark(root, &root.join("kernel"), used).expect("all files are there");
        let mut before = mark(&used);
        assert_eq!(mark(&used), before);
        for (later, file) in (1..).zip(FILES) {
            let time = SystemTime::now() + std::time::Duration::from_secs(later);
            let changed = File::open(root.join(file)).expect("it is there");
            changed.set_modified(time).expect("times can be set");
            assert_ne!(mark(&used), before, "{file}");
            before = mark(&used);
        }
        File::create(root.join("exercises/src/ring/new.rs")).expect("files can be made");
        assert_ne!(mark(&used), before);
        before = mark(&used);
        used.insert(vec!["rand".to_owned()]);
        assert_ne!(mark(&used), before);
    }

    #[test]
    fn each_list_of_dependencies_is_compiled_once() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let write = |name: &str, source: &[&str]| {
            let cell = serde_json::json!({ "cell_type": "code", "source": source });
            let text = serde_json::json!({ "cells": [cell] }).to_string();
            let path = folder.path().join(name);
            fs::write(&path, text).expect("files can be written");
            fs::write(path.with_extension("md"), "").expect("files can be written");
        };
        write("1.ipynb", &[":dep rand\n", ":dep serde = \"1\"\n", "1 + 1"]);
        write("2.ipynb", &[":dep rand\n", ":dep serde = \"1\""]);
        write("3.ipynb", &[":dep rand"]);
        write("4.ipynb", &["1 + 1"]);
        write("5.ipynb", &[":dep tokio"]);
        fs::remove_file(folder.path().join("5.md")).expect("it was written");
        let used = used(folder.path()).expect("all are notebooks");
        let lists: Vec<String> = used.iter().map(|list| list.join(", ")).collect();
        assert_eq!(lists, ["rand", "rand, serde = \"1\""]);
    }
}
