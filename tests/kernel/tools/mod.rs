//! Programs around Jupyter that run notebooks, each with the real kernel.
//!
//! The tools are in an environment of their own, which the course's own set-up makes from
//! `requirements.txt` beside this file: a learner needs none of them. What JupyterLab does
//! with the kernel is tested in the browser, with `tests/browser/`.

mod console;
mod nbclient;
mod nbconvert;
mod nbgrader;
mod nbgrader_exercises;
mod notebook;
mod papermill;

use crate::fixture::course::{comes_true, course, processes_with, root, said};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::Duration;
use tempfile::TempDir;

/// The environment, made if its packages are not exactly those of `requirements.txt`.
fn environment() -> &'static Path {
    static ENVIRONMENT: OnceLock<PathBuf> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kernel-tools");
        let output = course(&["setup", "--venv"])
            .arg(&environment)
            .arg("--requirements")
            .arg(root().join("tests/kernel/tools/requirements.txt"))
            .output()
            .expect("cargo runs");
        let made = output.status.success();
        assert!(
            made,
            "the tools' environment cannot be made:\n{}",
            said(&output)
        );
        environment
    })
}

/// A folder to run tools in, apart from the Jupyter of whoever runs the tests.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("tmp")).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a notebook of these code cells.
    fn write(&self, name: &str, cells: &[&str]) {
        let cell = |(index, source): (usize, &&str)| {
            json!({
                "cell_type": "code", "id": format!("cell-{index}"), "source": source,
                "metadata": {}, "outputs": [], "execution_count": null,
            })
        };
        let spec = json!({"name": "rust", "language": "rust", "display_name": "Rust"});
        let notebook = json!({
            "nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": spec},
            "cells": cells.iter().enumerate().map(cell).collect::<Vec<_>>(),
        });
        std::fs::write(self.path(name), notebook.to_string()).unwrap();
    }

    /// What the cells of a notebook show: a line an output, without their traceback.
    fn outputs(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        let notebook: Value = serde_json::from_str(&text).unwrap();
        let mut lines = Vec::new();
        for cell in notebook["cells"].as_array().unwrap() {
            for output in cell["outputs"].as_array().into_iter().flatten() {
                lines.push(match output["output_type"].as_str().unwrap() {
                    "stream" => format!("{} {}", plain(&output["name"]), plain(&output["text"])),
                    "error" => format!("error {}", plain(&output["ename"])),
                    kind => format!("{kind} {}", plain(&output["data"]["text/plain"])),
                });
            }
        }
        lines.join("\n")
    }

    /// Runs the environment's Python in the folder, to the end of it and of its kernels.
    #[track_caller]
    fn python(&self, arguments: &[&str]) -> Output {
        self.python_with(&[], arguments)
    }

    /// The same with environment variables.
    #[track_caller]
    fn python_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = self.command();
        command.args(arguments).envs(variables.iter().copied());
        let output = command.output().unwrap();
        self.assert_nothing_is_left(&output);
        output
    }

    fn command(&self) -> Command {
        let programs = environment().join("bin");
        let mut command = Command::new(programs.join("python"));
        // Isolated: nothing from variables of Python's, and no module from the folder.
        command.arg("-I").current_dir(&self.folder);
        // nbgrader looks for programs of its environment.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(programs).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(path).unwrap());
        for foreign in ["JUPYTER_PATH", "JUPYTER_CONFIG_PATH"] {
            command.env_remove(foreign);
        }
        for (variable, name) in [
            ("JUPYTER_CONFIG_DIR", "config"),
            ("JUPYTER_DATA_DIR", "data"),
            ("JUPYTER_RUNTIME_DIR", "runtime"),
            ("IPYTHONDIR", "tmp/ipython"),
            ("KERNEL_EXT_CRATES", "crates"),
            ("KERNEL_EXT_HISTORY", "history.jsonl"),
            ("TMPDIR", "tmp"),
        ] {
            command.env(variable, self.path(name));
        }
        // Tools end their kernels at once; a spare's folder would be left behind.
        command.env("KERNEL_EXT_SPARE", "off");
        command
    }

    /// Whoever asks a kernel to end does not wait for the last of its processes.
    #[track_caller]
    fn assert_nothing_is_left(&self, output: &Output) {
        let mark = format!(
            "KERNEL_EXT_HISTORY={}",
            self.path("history.jsonl").display()
        );
        let limit = Duration::from_secs(20);
        let all_gone = comes_true(limit, || processes_with(&mark).is_empty());
        let left = processes_with(&mark).join("\n");
        assert!(all_gone, "processes are left:\n{left}\n{}", said(output));
        let left: Vec<_> = std::fs::read_dir(self.path("tmp"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .filter(|name| name.to_string_lossy().contains("kernel-ext"))
            .collect();
        assert!(left.is_empty(), "{left:?} is left in the temporary folder");
    }
}

/// A script beside this file, or the tool that the kernel comes with.
fn script(path: &str) -> String {
    root().join(path).display().to_string()
}

/// Text, which the format may hold as a list of lines, on one line.
fn plain(text: &Value) -> String {
    let whole = match text {
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        text => text.as_str().unwrap_or_default().to_owned(),
    };
    whole.trim_end().replace('\n', " | ")
}
