//! `.venv/`: Python packages for this checkout alone.
//!
//! The packages are pinned and hashed in `notebooks/requirements.txt`. A stamp,
//! written last and in one piece, holds the whole text of that file, the place
//! and the Python; an environment whose stamp is not exactly right is made anew
//! from nothing, since an installer that was cut short leaves packages which it
//! takes for whole ones the next time. pip and uv keep what they downloaded, so
//! that this is quick.
//!
//! Only the folder `jupyter/` is kept then: the learner's settings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use super::{Setup, run::run};
use crate::session::files::write_in_one_piece;
use crate::session::jupyter;
use crate::session::paths::Layout;
use crate::session::prerequisites::first_line;
use crate::session::progress::Step;
use crate::session::python::{self, Interpreter};

/// The stamp's name. It exists, empty, from the moment that the folder is ours.
const STAMP: &str = "system-design-course.stamp";

/// Prints what the stamp compares, and fails if a package that the course calls is gone.
const IDENTITY: &str = "import sys, importlib.util as find
names = ['jupyterlab', 'jupytext', 'nbclient', 'nbformat', 'jupyter_client']
print(sys.version.split()[0], sys.prefix)
sys.exit(any(find.find_spec(name) is None for name in names))";

/// Makes the environment unless it is there and right.
///
/// # Errors
///
/// If there is no usable Python, the packages cannot be installed, or the folder
/// is one that the course did not make.
pub(super) fn make(setup: &Setup<'_>) -> Result<()> {
    let step = setup.console.step("Python");
    let layout = setup.layout;
    let requirements = fs::read_to_string(layout.requirements())
        .with_context(|| format!("could not read {}", layout.requirements().display()))?;
    if is_complete(layout, &requirements) {
        jupyter::configure(layout)?;
        step.done("the packages are there");
        return Ok(());
    }
    let interpreter = python::search().map_err(|lack| {
        let mend = python::MEND;
        anyhow!(
            "{lack}, so that there are no notebooks; the book and the exercises work without\n\
             Debian, Ubuntu: {}\nFedora:         {}\nmacOS:          {}\n\
             then run the same command again",
            mend.debian,
            mend.fedora,
            mend.macos
        )
    })?;
    if setup.offline && !interpreter.uv {
        bail!(
            "installing the Python packages needs the network, which --offline forbids: \
             run `cargo course setup` once without it"
        );
    }
    clear(layout.venv())?;
    create(setup, &step, &interpreter)?;
    install(setup, &step, &interpreter, &requirements)?;
    let identity =
        identity(layout).context("the Python packages were installed but do not load")?;
    jupyter::configure(layout)?;
    write_in_one_piece(&layout.venv().join(STAMP), &stamp(&identity, &requirements))?;
    step.done(&format!(
        "{} with JupyterLab in {}",
        interpreter.version,
        layout.venv().display()
    ));
    Ok(())
}

/// Whether the environment was made to its end, from these requirements, and still runs.
pub(crate) fn is_complete(layout: &Layout, requirements: &str) -> bool {
    let stamped = fs::read_to_string(layout.venv().join(STAMP)).unwrap_or_default();
    identity(layout).is_some_and(|identity| stamped == stamp(&identity, requirements))
}

/// Version and place of the environment's Python. `None` where it does not run:
/// the Python that it was made from may have been removed.
fn identity(layout: &Layout) -> Option<String> {
    first_line(Command::new(layout.python()).args(["-I", "-c", IDENTITY]))
}

fn stamp(identity: &str, requirements: &str) -> String {
    format!("{identity}\n{requirements}")
}

/// Leaves an empty folder with an empty stamp; keeps the learner's settings.
fn clear(venv: &Path) -> Result<()> {
    let context = || {
        format!(
            "could not clear {}; remove it by hand and try again",
            venv.display()
        )
    };
    fs::create_dir_all(venv).with_context(context)?;
    let entries: Vec<PathBuf> = fs::read_dir(venv)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        })
        .with_context(context)?;
    let is_ours =
        entries.is_empty() || venv.join(STAMP).exists() || venv.join("pyvenv.cfg").exists();
    if !is_ours {
        bail!(
            "{} holds other things than a Python environment; move it away",
            venv.display()
        );
    }
    write_in_one_piece(&venv.join(STAMP), "").with_context(context)?;
    for entry in entries.iter().filter(|entry| !is_kept(entry)) {
        let is_folder = entry.is_dir() && !entry.is_symlink();
        if is_folder {
            fs::remove_dir_all(entry)
        } else {
            fs::remove_file(entry)
        }
        .with_context(context)?;
    }
    Ok(())
}

fn is_kept(entry: &Path) -> bool {
    entry.ends_with(STAMP) || entry.ends_with("jupyter")
}

fn create(setup: &Setup<'_>, step: &Step, interpreter: &Interpreter) -> Result<()> {
    step.note("making the environment");
    let mut command = if interpreter.uv {
        let mut uv = uv(setup);
        uv.args([
            "venv",
            "--no-project",
            "--allow-existing",
            "--python",
            &interpreter.program,
        ]);
        uv
    } else {
        let mut python = Command::new(&interpreter.program);
        python.args(["-I", "-m", "venv"]);
        python
    };
    command.arg(setup.layout.venv());
    run(
        setup,
        "making the Python environment",
        &mut command,
        |_| {},
        |_| true,
    )
}

fn install(
    setup: &Setup<'_>,
    step: &Step,
    interpreter: &Interpreter,
    requirements: &str,
) -> Result<()> {
    let mut command = if interpreter.uv {
        let mut uv = uv(setup);
        // As pip does by itself: else each start compiles JupyterLab's files
        // anew where Python must not write them.
        uv.args(["pip", "install", "--compile-bytecode", "--python"])
            .arg(setup.layout.python());
        uv
    } else {
        let mut pip = Command::new(setup.layout.python());
        pip.args([
            "-I",
            "-m",
            "pip",
            "install",
            "--no-input",
            "--disable-pip-version-check",
        ])
        .args(["--progress-bar", "off"]);
        pip
    };
    command
        // The file is complete. Let pip resolve it again, and old ones take a
        // package wanted with an extra for one that is not pinned.
        .arg("--no-deps")
        // Wheels only: building from source would ask a learner's machine for
        // compilers that nobody has told them of.
        .args([
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--requirement",
        ])
        .arg(setup.layout.requirements());
    let mut count = Count::of(requirements);
    run(
        setup,
        "installing the Python packages",
        &mut command,
        |line| count.saw(line, step),
        |line| {
            step.note(line);
            true
        },
    )
}

fn uv(setup: &Setup<'_>) -> Command {
    let mut uv = Command::new("uv");
    uv.args(setup.offline.then_some("--offline"));
    uv
}

/// Counts what pip has collected. uv prints no such lines, and needs few seconds.
struct Count {
    collected: u64,
    total: u64,
}

impl Count {
    fn of(requirements: &str) -> Self {
        let pins = requirements
            .lines()
            .filter(|line| line.contains("==") && !line.starts_with('#'));
        Self {
            collected: 0,
            total: pins.count() as u64,
        }
    }

    fn saw(&mut self, line: &str, step: &Step) {
        if line.starts_with("Ignoring ") {
            // A pin for another system or another Python.
            self.total = self.total.saturating_sub(1);
        } else if let Some(package) = line.strip_prefix("Collecting ") {
            self.collected = (self.collected + 1).min(self.total);
            let name = package.split("==").next().unwrap_or(package);
            step.reached(self.collected, self.total, name);
        } else if line.starts_with("Installing collected packages") {
            step.reached(self.total, self.total, "installing what was collected");
        }
    }
}
