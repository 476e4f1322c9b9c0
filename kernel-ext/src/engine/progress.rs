//! What a cell that takes longer is doing, as one line that changes and then goes away.
//!
//! evcxr says nothing while it works, and cargo says it to evcxr. But which compilers run
//! can be seen, and what is built lies in the folder of the cells.

use super::Event;
use super::claim::Claim;
use crate::crates::CELLS;
use crate::environment;
use crate::processes::descendants;
use rustix::process::getpid;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Environment variable: `off` for whoever keeps or compares all that a kernel sends.
const PROGRESS_VAR: &str = "KERNEL_EXT_PROGRESS";

/// A cell that is done by then shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line changes at most.
const PAUSE: Duration = Duration::from_millis(250);

/// Watches a cell until it is dropped.
///
/// The thread may outlast that by a moment; nobody waits for it, and what it still says names
/// a cell that is over.
#[derive(Debug)]
pub(super) struct Progress(
    #[expect(dead_code, reason = "dropped, it ends the watching")] Sender<()>,
);

impl Progress {
    /// Watches from now on, and sends [`Event::Progress`] with the number of the cell;
    /// `None` if the user does not want to see it.
    pub(super) fn watch(cell: u64, claim: Arc<Claim>, events: Sender<Event>) -> Option<Self> {
        if std::env::var_os(PROGRESS_VAR).is_some_and(|value| value == "off") {
            return None;
        }
        let (end, ended) = channel();
        let watcher = std::thread::Builder::new().name("progress".to_owned());
        watcher
            .spawn(move || watch(cell, &claim, &events, &ended))
            // Without it nothing is shown, and nothing else is missing.
            .inspect_err(|error| tracing::warn!(%error, "no thread to show progress"))
            .ok()?;
        Some(Self(end))
    }
}

fn watch(cell: u64, claim: &Claim, events: &Sender<Event>, ended: &Receiver<()>) {
    let goes_on = |pause| ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout);
    if !goes_on(PATIENCE) {
        return;
    }
    let mut crates = Crates::default();
    let mut last = String::new();
    loop {
        let line = match claim.is_waiting() {
            true => "waiting for another kernel that compiles these crates".to_owned(),
            false => crates.describe(&compilers()),
        };
        if line != last {
            last.clone_from(&line);
            // Without a receiver the kernel is ending.
            let _ = events.send(Event::Progress { cell, line });
        }
        if !goes_on(PAUSE) {
            return;
        }
    }
}

/// The crates that are being compiled, by name.
fn compilers() -> BTreeSet<String> {
    let under = descendants(getpid()).into_iter();
    let commands = under.filter_map(|pid| {
        fs::read(format!("/proc/{pid}/cmdline", pid = pid.as_raw_nonzero())).ok()
    });
    commands.filter_map(|command| crate_of(&command)).collect()
}

/// The crate that a command line compiles, if it is a compiler's.
fn crate_of(command: &[u8]) -> Option<String> {
    let mut words = command.split(|&byte| byte == 0);
    words.find(|word| *word == b"--crate-name")?;
    let name = String::from_utf8_lossy(words.next()?).into_owned();
    // cargo asks the compiler about itself under this name.
    (name != "___").then_some(name)
}

/// The crates that a cell needs.
#[derive(Debug, Default)]
struct Crates {
    /// By the names of their packages; `None` until it is known that some are compiled.
    needed: Option<BTreeSet<String>>,
}

impl Crates {
    fn describe(&mut self, compiled: &BTreeSet<String>) -> String {
        let Some(name) = compiled.iter().find(|name| *name != CELLS) else {
            return match compiled.is_empty() {
                true => "getting ready".to_owned(),
                false => "compiling the cell".to_owned(),
            };
        };
        let Some(folder) = environment::cells_folder() else {
            return format!("compiling {name}");
        };
        let needed = self.needed.get_or_insert_with(|| needed(&folder));
        let built = built(&folder);
        let n_built = needed
            .iter()
            .filter(|package| built.contains(*package))
            .count();
        describe(name, n_built, needed.len())
    }
}

fn describe(name: &str, n_built: usize, n_needed: usize) -> String {
    match n_needed {
        0 => format!("compiling {name}"),
        n => format!("compiling {name} ({n_built}/{n})"),
    }
}

/// The packages that the cells depend on, on this system; none where cargo cannot say.
fn needed(folder: &Path) -> BTreeSet<String> {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--offline",
            "--prefix",
            "none",
            "--edges",
            "normal,build",
        ])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let tree = output.map(|output| output.stdout).unwrap_or_default();
    let lines = String::from_utf8_lossy(&tree).into_owned();
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    names
        .filter(|name| *name != CELLS && !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The packages of which a library has been built.
fn built(folder: &Path) -> BTreeSet<String> {
    let entries = |path: PathBuf| fs::read_dir(path).into_iter().flatten().flatten();
    let targets = entries(folder.join("target")).map(|entry| entry.path());
    let profiles = targets.flat_map(|target| [target.join("debug"), target]);
    let prints = profiles.flat_map(|profile| entries(profile.join(".fingerprint")));
    // `serde-0123456789abcdef` has a file `lib-serde` when its library is complete.
    let is_complete = |folder: &Path| {
        entries(folder.to_owned()).any(|file| {
            let name = file.file_name();
            name.to_string_lossy().starts_with("lib-")
        })
    };
    let complete = prints.filter(|print| is_complete(&print.path()));
    complete
        .filter_map(|print| {
            let name = print.file_name().to_string_lossy().into_owned();
            Some(name.rsplit_once('-')?.0.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_is_known_by_its_command_line() {
        let name = |words: &[&str]| crate_of(words.join("\0").as_bytes());
        let serde = name(&["rustc", "--crate-name", "serde", "src/lib.rs"]);
        assert_eq!(serde.as_deref(), Some("serde"));
        assert_eq!(name(&["rustc", "-", "--crate-name", "___"]), None);
        assert_eq!(name(&["cargo", "build"]), None);
    }

    #[test]
    fn a_line_says_how_far_it_is() {
        assert_eq!(describe("serde", 3, 12), "compiling serde (3/12)");
        assert_eq!(describe("serde", 0, 0), "compiling serde");
        let mut crates = Crates::default();
        assert_eq!(crates.describe(&BTreeSet::new()), "getting ready");
        let cells = BTreeSet::from([CELLS.to_owned()]);
        assert_eq!(crates.describe(&cells), "compiling the cell");
    }

    #[test]
    fn what_is_built_has_a_library() {
        let folder = tempfile::tempdir().unwrap();
        for file in [
            "target/debug/.fingerprint/serde-0123456789abcdef/lib-serde",
            "target/x86_64-unknown-linux-gnu/debug/.fingerprint/a-b-0123456789abcdef/lib-a_b",
            "target/debug/.fingerprint/open-0123456789abcdef/invoked.timestamp",
        ] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let expected = ["a-b", "serde"].map(str::to_owned);
        assert_eq!(built(folder.path()), BTreeSet::from(expected));
    }
}
