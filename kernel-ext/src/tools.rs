//! This program in the place of others: evcxr, cargo and rustc call it by their names.
//!
//! evcxr has no say in how a cell is built: it calls cargo, which calls rustc, which calls `cc`.
//! So the kernel's search path has a folder in front in which three of those programs are links
//! to this one. It does what they would do in another way only for cells ([`builder`],
//! [`linker`]); whatever else they are called for is left to the programs that there are
//! without it. Cells have the search path of the user.

use crate::environment::{self, PATH_VAR};
use crate::{builder, linker};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Where they are, in the folder of a kernel.
const FOLDER: &str = "bin";

/// A program in whose place this one can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Builds cells.
    Cargo,
    /// What rustc calls to link.
    Cc,
    /// Says to evcxr where cargo is.
    Rustup,
}

impl Tool {
    const ALL: [Self; 3] = [Self::Cargo, Self::Cc, Self::Rustup];

    /// As what this process was started; `None` if by its own name.
    pub(crate) fn called() -> Option<Self> {
        let called = env::args_os().next()?;
        let name = Path::new(&called).file_name()?;
        Self::ALL.into_iter().find(|tool| name == tool.name())
    }

    /// Does what it is called for.
    pub(crate) fn run(self) -> ExitCode {
        let arguments: Vec<OsString> = env::args_os().skip(1).collect();
        match self {
            Self::Cargo => builder::run(&arguments),
            Self::Cc => linker::run(&arguments),
            Self::Rustup => rustup(&arguments),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cargo => "cargo",
            Self::Cc => "cc",
            Self::Rustup => "rustup",
        }
    }

    /// Goes on as the program that there is without this one.
    pub(crate) fn pass_on(self, arguments: &[OsString]) -> ExitCode {
        let Some(program) = self.other() else {
            let name = self.name();
            eprintln!("there is no `{name}` on the search path: {}", self.remedy());
            return ExitCode::FAILURE;
        };
        become_program(&program, arguments)
    }

    /// The program that there is without this one: of any kernel, as a cell may start another.
    pub(crate) fn other(self) -> Option<PathBuf> {
        let own = fs::canonicalize(env::current_exe().ok()?).ok()?;
        let path = env::var_os(PATH_VAR)?;
        env::split_paths(&path).find_map(|folder| other_than(&own, &folder.join(self.name())))
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::Cargo | Self::Rustup => "install Rust from https://rustup.rs",
            Self::Cc => "install a C compiler, such as gcc",
        }
    }
}

/// Goes on as that program.
pub(crate) fn become_program(program: &Path, arguments: &[OsString]) -> ExitCode {
    let error = Command::new(program).args(arguments).exec();
    eprintln!("cannot run {}: {error}", program.display());
    ExitCode::FAILURE
}

/// The search path with this program in front in the place of others, whose links are made in
/// `directory`, a kernel's own.
///
/// # Errors
///
/// If they cannot be made.
pub(crate) fn search_path(directory: &Path) -> io::Result<OsString> {
    let folder = directory.join(FOLDER);
    fs::create_dir_all(&folder)?;
    for tool in Tool::ALL {
        let link = folder.join(tool.name());
        // evcxr may be started again.
        if link.symlink_metadata().is_err() {
            symlink(env::current_exe()?, link)?;
        }
    }
    let path = search_path_of_user().unwrap_or_default();
    let folders = std::iter::once(folder).chain(env::split_paths(&path));
    env::join_paths(folders).map_err(io::Error::other)
}

/// The search path as the user has it; `None` if there is none.
pub(crate) fn search_path_of_user() -> Option<OsString> {
    let path = env::var_os(PATH_VAR)?;
    let Some(directory) = environment::directory() else {
        return Some(path);
    };
    let own = directory.join(FOLDER);
    env::join_paths(env::split_paths(&path).filter(|folder| *folder != own)).ok()
}

/// Says to evcxr that cargo is this program. All other questions are not for us, and nor are
/// those of others.
fn rustup(arguments: &[OsString]) -> ExitCode {
    let is_by_evcxr = environment::is_child_of_kernel();
    if is_by_evcxr
        && arguments == ["which", "cargo"]
        && let Some(directory) = environment::directory()
    {
        let cargo = directory.join(FOLDER).join(Tool::Cargo.name());
        println!("{}", cargo.display());
        return ExitCode::SUCCESS;
    }
    Tool::Rustup.pass_on(arguments)
}

fn other_than(own: &Path, program: &Path) -> Option<PathBuf> {
    let found = fs::canonicalize(program).ok()?;
    (found.file_name() != own.file_name() && found.is_file()).then(|| program.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_program_is_one_that_is_not_this() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let place = |name: &str| folder.path().join(name);
        for name in ["kernel-ext", "gcc"] {
            fs::write(place(name), "").expect("files can be written");
        }
        let own = place("kernel-ext");
        symlink(&own, place("own")).expect("a link can be made");
        symlink(place("gcc"), place("cc")).expect("a link can be made");
        assert_eq!(other_than(&own, &place("own")), None);
        assert_eq!(other_than(&own, &place("cc")), Some(place("cc")));
        assert_eq!(other_than(&own, &place("none")), None);
    }

    #[test]
    fn the_search_path_begins_with_this_program() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        for _ in 0..2 {
            let path = search_path(folder.path()).expect("it can be made");
            let first = env::split_paths(&path).next().expect("it is not empty");
            for tool in Tool::ALL {
                let target = fs::read_link(first.join(tool.name())).expect("it is there");
                assert_eq!(target, env::current_exe().expect("it is known"));
            }
        }
    }
}
