//! What the course needs from a machine, and how to get what is missing.
//!
//! Everything is looked for at once, because nobody wants to mend a machine one
//! error at a time. Nothing is installed here: the findings say what to type.
//! The table is printed by [`super::doctor`].

use std::path::Path;
use std::process::Command;

use exercises::grade::walls::{self, Wall};

use super::paths::Layout;
use super::python::{self, Interpreter};

/// Free space that a first set-up asks for: the built kernel, JupyterLab and the
/// crates of both took 2.3 GB when measured (November 2026), and notebooks
/// compile their cells beside them.
const DISK_BYTES: u64 = 4_000_000_000;

/// How to get something on the systems that the course is tried on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mend {
    pub(crate) debian: &'static str,
    pub(crate) fedora: &'static str,
    pub(crate) macos: &'static str,
}

/// Something that the course uses, and whether it is there.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    /// What was looked for.
    pub(crate) name: &'static str,
    /// Whether it is there.
    pub(crate) state: State,
    /// Its version, or what is wrong.
    pub(crate) found: String,
    /// How to get it.
    pub(crate) mend: Mend,
}

/// Whether something is there, and whether that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// There, and good enough.
    Ok,
    /// Not there, but `cargo course setup` adds it.
    Added,
    /// Not there; the course can do without.
    Optional,
    /// Not there, and needed.
    Missing,
}

/// How to install Rust's installer.
const RUSTUP: Mend = Mend {
    debian: "sudo apt install rustup   (or the installer of https://rustup.rs)",
    fedora: "sudo dnf install rustup && rustup-init",
    macos: "brew install rustup && rustup-init",
};
const RUST_SRC: Mend = Mend {
    debian: "rustup component add rust-src",
    fedora: "rustup component add rust-src",
    macos: "rustup component add rust-src",
};
const C_COMPILER: Mend = Mend {
    debian: "sudo apt install build-essential",
    fedora: "sudo dnf install gcc",
    macos: "xcode-select --install",
};
const GIT: Mend = Mend {
    debian: "sudo apt install git",
    fedora: "sudo dnf install git",
    macos: "xcode-select --install",
};
const DISK: Mend = Mend {
    debian: "free some space, or set CARGO_TARGET_DIR to a folder on another disk",
    fedora: "free some space, or set CARGO_TARGET_DIR to a folder on another disk",
    macos: "free some space, or set CARGO_TARGET_DIR to a folder on another disk",
};
const BROWSER: Mend = Mend {
    debian: "open the printed address yourself, or: sudo apt install firefox-esr",
    fedora: "open the printed address yourself, or: sudo dnf install firefox",
    macos: "open the printed address yourself",
};
const WALLS: Mend = Mend {
    debian: "grade only files that you trust; a kernel from Linux 5.13 on with Landlock has all walls",
    fedora: "grade only files that you trust; a kernel from Linux 5.13 on with Landlock has all walls",
    macos: "grade only files that you trust; only Linux has all walls",
};

/// Looks for everything.
///
/// # Time complexity
///
/// A handful of short processes, all at the same time.
pub(crate) fn look_for_all(layout: &Layout) -> Vec<Finding> {
    let root = layout.root();
    std::thread::scope(|scope| {
        let looks = [
            scope.spawn(|| tool("rustup", "rustup", RUSTUP)),
            scope.spawn(|| rust(root)),
            scope.spawn(|| rust_src(root)),
            scope.spawn(|| tool("C compiler", "cc", C_COMPILER)),
            scope.spawn(python_finding),
            scope.spawn(|| tool("git", "git", GIT)),
            scope.spawn(|| disk(root)),
            scope.spawn(browser),
            scope.spawn(walls),
        ];
        looks
            .into_iter()
            .map(|look| look.join().expect("looking does not panic"))
            .collect()
    })
}

/// What keeps a solution that is being graded from the rest of the machine.
fn walls() -> Finding {
    let missing: Vec<String> = walls::missing().iter().map(Wall::to_string).collect();
    let (state, found) = match missing.is_empty() {
        true => (State::Ok, "memory, files, network, processes".to_owned()),
        false => (
            State::Optional,
            format!("the grader cannot guard: {}", missing.join(", ")),
        ),
    };
    Finding {
        name: "walls",
        state,
        found,
        mend: WALLS,
    }
}

/// Whether the source of the standard library is there, which rust-analyzer
/// reads inside the kernel.
pub(crate) fn has_rust_src(root: &Path) -> bool {
    let sysroot = first_line(
        Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(root),
    );
    sysroot.is_some_and(|sysroot| {
        Path::new(&sysroot)
            .join("lib/rustlib/src/rust/library/core/src/lib.rs")
            .is_file()
    })
}

/// Whether a browser can be shown here.
pub(crate) fn has_display() -> bool {
    cfg!(target_os = "macos")
        || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn tool(name: &'static str, program: &str, mend: Mend) -> Finding {
    let version = first_line(Command::new(program).arg("--version"));
    found_or(
        name,
        version,
        State::Missing,
        format!("`{program}` is not there or does not run"),
        mend,
    )
}

fn rust(root: &Path) -> Finding {
    let version = first_line(Command::new("rustc").arg("--version").current_dir(root));
    found_or(
        "Rust",
        version,
        State::Missing,
        "`rustc` is not there or does not run".into(),
        RUSTUP,
    )
}

fn rust_src(root: &Path) -> Finding {
    let there = has_rust_src(root).then(|| "there".to_owned());
    let by_rustup = first_line(Command::new("rustup").arg("--version")).is_some();
    let otherwise = if by_rustup {
        State::Added
    } else {
        State::Missing
    };
    found_or(
        "rust-src",
        there,
        otherwise,
        "the standard library's source is not there".into(),
        RUST_SRC,
    )
}

fn python_finding() -> Finding {
    let search = python::search();
    let (state, found) = match &search {
        Ok(Interpreter {
            version, uv: false, ..
        }) => (State::Ok, format!("Python {version}")),
        Ok(Interpreter {
            version, uv: true, ..
        }) => (State::Ok, format!("{version}, made by uv")),
        Err(lack) => (State::Missing, lack.to_string()),
    };
    Finding {
        name: "Python",
        state,
        found,
        mend: python::MEND,
    }
}

fn disk(root: &Path) -> Finding {
    let free = rustix::fs::statvfs(root).map(|disk| disk.f_bavail * disk.f_frsize);
    let (state, found) = match free {
        Ok(free) if free < DISK_BYTES => (
            State::Optional,
            format!(
                "{} free; a first set-up needs about {}",
                gigabytes(free),
                gigabytes(DISK_BYTES)
            ),
        ),
        Ok(free) => (State::Ok, format!("{} free", gigabytes(free))),
        Err(error) => (State::Optional, format!("could not be measured: {error}")),
    };
    Finding {
        name: "disk space",
        state,
        found,
        mend: DISK,
    }
}

fn browser() -> Finding {
    let there = has_display().then(|| "a display to open one on".to_owned());
    found_or(
        "browser",
        there,
        State::Optional,
        "no display".into(),
        BROWSER,
    )
}

fn gigabytes(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}

fn found_or(
    name: &'static str,
    there: Option<String>,
    otherwise: State,
    lack: String,
    mend: Mend,
) -> Finding {
    let (state, found) = match there {
        Some(found) => (State::Ok, found),
        None => (otherwise, lack),
    };
    Finding {
        name,
        state,
        found,
        mend,
    }
}

/// What a program prints first, if it can be run and succeeds.
pub(crate) fn first_line(command: &mut Command) -> Option<String> {
    let output = command
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().map(|line| line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_does_not_exist_is_missing_and_says_its_name() {
        let finding = tool("C compiler", "no-such-compiler", C_COMPILER);
        assert_eq!(finding.state, State::Missing);
        assert!(finding.found.contains("no-such-compiler"));
    }

    #[test]
    fn a_tool_that_fails_counts_as_missing() {
        assert_eq!(tool("git", "false", GIT).state, State::Missing);
    }

    #[test]
    fn space_is_told_in_the_units_of_disk_makers() {
        assert_eq!(gigabytes(DISK_BYTES), "4.0 GB");
    }
}
