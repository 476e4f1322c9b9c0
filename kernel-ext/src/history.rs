//! Where the kernel keeps the history of its inputs.
//!
//! Use it when the kernel starts; `kernel-protocol` does the keeping. The file belongs to
//! the user and not to a notebook: all kernels of a user share it, as they do IPython's.

use std::ffi::OsString;
use std::path::PathBuf;

/// Environment variable: the file to keep the history in; empty to keep none.
///
/// A relative path is relative to the folder that the kernel runs in.
const FILE_VAR: &str = "KERNEL_EXT_HISTORY";

/// The history's file; `None` where the user wants none, or has no home directory.
///
/// It is `kernel-ext/history.jsonl` in the user's data directory (on Linux
/// `~/.local/share`), unless [`FILE_VAR`] says otherwise.
pub(crate) fn file() -> Option<PathBuf> {
    choose(std::env::var_os(FILE_VAR), dirs::data_dir())
}

fn choose(wanted: Option<OsString>, data_directory: Option<PathBuf>) -> Option<PathBuf> {
    match wanted {
        Some(path) if path.is_empty() => None,
        Some(path) => Some(PathBuf::from(path)),
        None => data_directory.map(|directory| directory.join("kernel-ext/history.jsonl")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wanted: Option<&str>, data_directory: Option<&str>, expected: Option<&str>) {
        let chosen = choose(
            wanted.map(OsString::from),
            data_directory.map(PathBuf::from),
        );
        assert_eq!(chosen, expected.map(PathBuf::from));
    }

    #[test]
    fn the_variable_is_asked_before_the_data_directory() {
        check(None, Some("/data"), Some("/data/kernel-ext/history.jsonl"));
        check(Some("/own/file"), Some("/data"), Some("/own/file"));
        check(Some("/own/file"), None, Some("/own/file"));
    }

    #[test]
    fn an_empty_variable_means_no_history() {
        check(Some(""), Some("/data"), None);
    }

    #[test]
    fn without_a_home_there_is_no_file() {
        check(None, None, None);
    }
}
