//! This program as the `cc` by which rustc links cells: crates are linked once for all cells.
//!
//! A cell is a library of its own, and rustc links the crates that it uses into each anew. So
//! every cell would have its own statics of them: what `log` is told in one, it would not know
//! in the next. And each would take the linker as long as it takes to look through all crates.
//! Here, each crate becomes a shared library as soon as a cell needs it ([`shared`]), and a cell
//! is linked against those. They are kept with what the compiler made of the crates.
//!
//! rustc looks for `cc` on its search path, at the front of which [`search_path`] puts a folder.
//! A user who has told cargo of another linker has that one. Whatever else is linked there, and
//! any cell for which this does not work, is left to the `cc` that there is without it.

mod arguments;
mod shared;

use crate::environment::cells_folder;
use arguments::Link;
pub(crate) use shared::EXTENSION;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What rustc calls to link.
const NAME: &str = "cc";

/// A file in the folder of the cells: libraries have been made since it was removed.
pub(crate) const MADE: &str = "libraries-made";

/// Whether this process was started as `cc`.
pub(crate) fn is_called() -> bool {
    let name = env::args_os().next();
    name.is_some_and(|name| Path::new(&name).file_name() == Some(NAME.as_ref()))
}

/// Links.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let Some(compiler) = compiler() else {
        eprintln!("there is no `{NAME}` on the search path; install a C compiler, such as gcc");
        return ExitCode::FAILURE;
    };
    if let Some(cells) = cells_folder()
        && let Some(link) = Link::of_cell(&arguments, &cells)
        && shared::link(&compiler, &link, &cells.join(MADE)).is_ok()
    {
        return ExitCode::SUCCESS;
    }
    let error = Command::new(&compiler).args(&arguments).exec();
    eprintln!("cannot run {}: {error}", compiler.display());
    ExitCode::FAILURE
}

/// The search path with a folder in front in which `cc` is this program.
///
/// # Errors
///
/// If the folder cannot be made.
pub(crate) fn search_path(directory: &Path) -> io::Result<OsString> {
    let folder = directory.join("bin");
    fs::create_dir_all(&folder)?;
    let link = folder.join(NAME);
    // evcxr may be started again.
    if link.symlink_metadata().is_err() {
        symlink(env::current_exe()?, link)?;
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder).chain(env::split_paths(&path));
    env::join_paths(folders).map_err(io::Error::other)
}

/// The `cc` that there is without this one: of any kernel, as a cell may start another one.
fn compiler() -> Option<PathBuf> {
    let own = fs::canonicalize(env::current_exe().ok()?).ok()?;
    let path = env::var_os("PATH")?;
    env::split_paths(&path).find_map(|folder| other_than(&own, &folder.join(NAME)))
}

fn other_than(own: &Path, program: &Path) -> Option<PathBuf> {
    let found = fs::canonicalize(program).ok()?;
    (found.file_name() != own.file_name() && found.is_file()).then(|| program.to_owned())
}

/// Whether a file's name ends like this.
fn has_extension(path: &OsStr, extension: &str) -> bool {
    Path::new(path).extension() == Some(extension.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_is_one_that_is_not_this_program() {
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
            let target = fs::read_link(first.join(NAME)).expect("it is there");
            assert_eq!(target, env::current_exe().expect("it is known"));
        }
    }
}
