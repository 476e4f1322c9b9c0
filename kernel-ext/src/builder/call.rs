//! A call of rustc: how cargo has made it, and the same once more.

use super::{messages, status_of};
use crate::linker::CELL;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::process::parent_id;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};

/// The words, each with a zero behind it, in the folder of the cells.
const WORDS: &str = "last-call";
/// The environment, in the same form.
const VARIABLES: &str = "last-call-environment";

/// How cargo's jobs agree on how many they are: by pipes of a cargo that has ended.
const OF_THAT_CARGO: [&str; 2] = ["CARGO_MAKEFLAGS", "MAKEFLAGS"];

/// Notes the call of the rustc by which this process was started, to link a cell.
///
/// Read off `/proc`, because nothing has to be put in front of every rustc for that, as cargo's
/// `RUSTC_WRAPPER` would be. What fails costs the next cell the time of cargo.
pub(crate) fn note(cells: &Path) {
    let of_rustc = PathBuf::from(format!("/proc/{}", parent_id()));
    for (from, to) in [("cmdline", WORDS), ("environ", VARIABLES)] {
        if fs::read(of_rustc.join(from))
            .and_then(|text| fs::write(cells.join(to), text))
            .is_err()
        {
            return Call::forget(cells);
        }
    }
}

/// How rustc was called for a cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Call {
    program: OsString,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
}

/// What became of a call.
pub(super) enum Made {
    /// The cell is compiled, or has errors; both have been told as cargo tells it.
    Answered(ExitCode),
    /// Nothing has been told, and cargo has to see to it.
    Unanswered,
}

impl Call {
    /// The last one that was noted in the folder of the cells.
    pub(super) fn read(cells: &Path) -> Option<Self> {
        let mut words = split(&fs::read(cells.join(WORDS)).ok()?);
        let variables = split(&fs::read(cells.join(VARIABLES)).ok()?);
        if words.is_empty() {
            return None;
        }
        let program = words.remove(0);
        let environment = variables
            .iter()
            .filter_map(|variable| variable_of(variable));
        Some(Self {
            program,
            arguments: words,
            environment: environment.collect(),
        })
    }

    /// Forgets what was noted.
    pub(super) fn forget(cells: &Path) {
        for name in [WORDS, VARIABLES] {
            // There may be none.
            let _ = fs::remove_file(cells.join(name));
        }
    }

    /// Has rustc compile what is there now, and puts the library where cargo puts it.
    pub(super) fn make(&self, cells: &Path) -> Made {
        self.try_to_make(cells).unwrap_or(Made::Unanswered)
    }

    fn try_to_make(&self, cells: &Path) -> io::Result<Made> {
        let rustc = Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(cells)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let (status, said) = wait(rustc)?;
        if !status.success() && !messages::blame_the_cell(&said) {
            return Ok(Made::Unanswered);
        }
        let library = match status.success() {
            true => Some(self.put_library()?),
            false => None,
        };
        let mut stdout = io::stdout().lock();
        messages::pass_on(&said, library.as_deref(), &mut stdout)?;
        stdout.flush()?;
        Ok(Made::Answered(status_of(status)))
    }

    /// Moves the library from among the crates to where cargo has a second name for it. Moved, it
    /// is missing for cargo, which takes no library for that of a later source then.
    fn put_library(&self) -> io::Result<PathBuf> {
        let mut words = self.arguments.iter();
        let option = words.find(|word| *word == "--out-dir");
        let folder = option.and_then(|_| words.next()).map(Path::new);
        let folder = folder.ok_or(io::ErrorKind::InvalidData)?;
        let outer = folder.parent().unwrap_or(folder).join(CELL);
        fs::rename(folder.join(CELL), &outer)?;
        Ok(outer)
    }
}

fn wait(mut rustc: Child) -> io::Result<(ExitStatus, Vec<String>)> {
    let stderr = rustc.stderr.take().map(BufReader::new);
    let said = stderr.into_iter().flat_map(BufReader::lines);
    let said = said.collect::<io::Result<_>>();
    Ok((rustc.wait()?, said?))
}

fn split(text: &[u8]) -> Vec<OsString> {
    let text = text.strip_suffix(b"\0").unwrap_or(text);
    let words = text.split(|&byte| byte == 0);
    words
        .map(|word| OsString::from_vec(word.to_owned()))
        .collect()
}

fn variable_of(text: &OsStr) -> Option<(OsString, OsString)> {
    let bytes = text.as_bytes();
    let at = bytes.iter().position(|&byte| byte == b'=')?;
    let [name, value] = [&bytes[..at], &bytes[at + 1..]].map(OsStr::from_bytes);
    let is_of_that_cargo = OF_THAT_CARGO.iter().any(|other| name == *other);
    (!is_of_that_cargo).then(|| (name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_read_as_it_was_noted() {
        let cells = tempfile::tempdir().expect("the system has a temporary folder");
        let write = |name: &str, text: &str| {
            fs::write(cells.path().join(name), text).expect("files can be written");
        };
        assert_eq!(Call::read(cells.path()), None);
        write(WORDS, "/rustc\0--cfg\0\0");
        write(VARIABLES, "A=1=2\0CARGO_MAKEFLAGS=-j\0B=\0");
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        let variable = |name: &str, value: &str| (name.into(), value.into());
        let call = Call::read(cells.path()).expect("it is noted");
        let expected = Call {
            program: "/rustc".into(),
            arguments: words(&["--cfg", ""]),
            environment: vec![variable("A", "1=2"), variable("B", "")],
        };
        assert_eq!(call, expected);
        Call::forget(cells.path());
        assert_eq!(Call::read(cells.path()), None);
    }

    #[test]
    fn a_call_that_cannot_be_made_is_unanswered() {
        let call = Call {
            program: "/nowhere/rustc".into(),
            arguments: Vec::new(),
            environment: Vec::new(),
        };
        assert!(matches!(call.make(Path::new("/")), Made::Unanswered));
    }
}
