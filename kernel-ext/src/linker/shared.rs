//! The shared library of a crate, beside what the compiler has made of it.

use super::arguments::Link;
use anyhow::{Context as _, bail};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::thread;
use std::time::UNIX_EPOCH;

/// By this extension they are kept with the crate. Not `so`: rustc would look into them for
/// crates.
pub(crate) const EXTENSION: &str = "shared";

/// Links a cell against the crates' libraries, which are made where there are none; then there
/// is the file `made`, too.
///
/// # Errors
///
/// If one cannot be made, or the cell needs what they do not have.
pub(super) fn link(compiler: &Path, link: &Link, made: &Path) -> anyhow::Result<()> {
    let libraries = link.crates().iter().map(|path| library_of(path));
    let libraries: Vec<PathBuf> = libraries.collect::<anyhow::Result<_>>()?;
    make_missing(compiler, link, &libraries, made)?;
    run(compiler, &link.against(&libraries))
}

/// Where the library of a compiled crate is. A crate that is compiled again within a session has
/// another one, for a process that has loaded the first would not load it anew.
fn library_of(compiled: &Path) -> anyhow::Result<PathBuf> {
    let modified = fs::metadata(compiled).and_then(|found| found.modified());
    let modified = modified.with_context(|| format!("cannot read {}", compiled.display()))?;
    let modified = modified.duration_since(UNIX_EPOCH)?.as_nanos();
    let stem = compiled.file_stem().context("a crate without a name")?;
    let mut name = OsString::from(format!("{modified:x}-"));
    name.push(stem);
    name.push(".");
    name.push(EXTENSION);
    Ok(compiled.with_file_name(name))
}

/// Makes them on all processors; there are dozens after a first `:dep`.
fn make_missing(
    compiler: &Path,
    link: &Link,
    libraries: &[PathBuf],
    made: &Path,
) -> anyhow::Result<()> {
    let all = link.crates().iter().zip(libraries);
    let missing: Vec<_> = all.filter(|(_, library)| !library.exists()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    fs::write(made, "")?;
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let missing = Mutex::new(missing.into_iter());
    let next = || {
        missing
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .next()
    };
    thread::scope(|scope| {
        let work = || {
            std::iter::from_fn(&next)
                .try_for_each(|(compiled, library)| make(compiler, link, compiled, library))
        };
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| match thread.join() {
                Ok(made) => made,
                Err(_) => bail!("a thread that links crates has panicked"),
            })
    })
}

/// Makes one, which is there as a whole or not at all.
fn make(compiler: &Path, link: &Link, compiled: &Path, library: &Path) -> anyhow::Result<()> {
    let folder = library.parent().context("a crate in no folder")?;
    let name = library.file_name().context("a crate without a name")?;
    let new = tempfile::Builder::new()
        .prefix(".new-")
        .tempdir_in(folder)?;
    let made = new.path().join("library");
    run(compiler, &link.sharing(name, compiled, &made))?;
    fs::rename(made, library)?;
    remove_earlier(compiled, library)
}

/// Removes what was made before the crate was compiled again: it would be kept with the crate.
fn remove_earlier(compiled: &Path, library: &Path) -> anyhow::Result<()> {
    let (Some(folder), Some(stem)) = (compiled.parent(), compiled.file_stem()) else {
        return Ok(());
    };
    let end = format!("-{}.{EXTENSION}", stem.to_string_lossy());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path != library && path.to_string_lossy().ends_with(&end) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn run(compiler: &Path, arguments: &[OsString]) -> anyhow::Result<()> {
    let output = Command::new(compiler)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", compiler.display()))?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_crate_that_is_compiled_again_has_another_library() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let compiled = folder.path().join("liba-0123456789abcdef.rlib");
        let file = fs::File::create(&compiled).expect("files can be written");
        let library_at = |seconds| {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            file.set_modified(time).expect("it can be set");
            let library = library_of(&compiled).expect("it is there");
            library
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
        };
        assert_eq!(
            library_at(1).as_deref(),
            Some("3b9aca00-liba-0123456789abcdef.shared")
        );
        assert_ne!(library_at(1), library_at(2));
        assert_eq!(library_at(1), library_at(1));
    }
}
