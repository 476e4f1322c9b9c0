//! Compiles `hooks/` with the user's compiler.
//!
//! Half a second at a start, while evcxr starts as well; so it is kept for later kernels that
//! have the very same standard library, whose place is written into it.

mod kept;

use crate::channel::LOCK_EXTENSION;
use crate::crates::Crates;
use anyhow::{Context as _, bail};
use kept::Kept;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::JoinHandle;

/// Name and text of each file; the first is the library's root.
const SOURCES: [(&str, &str); 3] = [
    ("lib.rs", include_str!("../../hooks/lib.rs")),
    ("input.rs", include_str!("../../hooks/input.rs")),
    ("panics.rs", include_str!("../../hooks/panics.rs")),
];

/// A compilation that is going on.
#[derive(Debug)]
pub(super) struct Compilation {
    library: PathBuf,
    thread: JoinHandle<anyhow::Result<()>>,
}

impl Compilation {
    /// Starts to compile the library into `directory`, for the compiler in `sysroot`, or has it
    /// from an earlier kernel.
    ///
    /// A file beside it is locked meanwhile: the supervisor waits for that before it starts a
    /// worker.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, or there is no thread.
    pub(super) fn start(
        directory: &Path,
        sysroot: &Path,
        crates: Option<&Crates>,
    ) -> anyhow::Result<Self> {
        let sources = directory.join("hooks");
        let library = directory.join("libkernel_ext_hooks.so");
        fs::create_dir_all(&sources)
            .with_context(|| format!("cannot make {}", sources.display()))?;
        for (name, text) in SOURCES {
            let path = sources.join(name);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        let lock = library.with_extension(LOCK_EXTENSION);
        let lock = File::create(&lock)
            .and_then(|file| file.lock().map(|()| file))
            .with_context(|| format!("cannot lock {}", lock.display()))?;
        let (source, target) = (sources.join(SOURCES[0].0), library.clone());
        let thread = std::thread::Builder::new().name("hooks".to_owned());
        let kept = crates.and_then(|crates| Kept::for_compiler(sysroot, crates));
        let thread = thread.spawn(move || {
            let result = make(&source, &target, kept);
            drop(lock);
            result
        });
        Ok(Self {
            library,
            thread: thread.context("the system has no thread to compile the kernel's hooks")?,
        })
    }

    /// Where the library will be.
    pub(super) fn library(&self) -> &Path {
        &self.library
    }

    /// Waits for the end.
    ///
    /// # Errors
    ///
    /// If there is no `rustc`, or it fails; the message repeats what it says.
    pub(super) fn wait(self) -> anyhow::Result<()> {
        let ended = self.thread.join();
        ended.unwrap_or_else(|_| bail!("the thread that compiles the kernel's hooks panicked"))
    }
}

fn make(source: &Path, library: &Path, kept: Option<Kept>) -> anyhow::Result<()> {
    let Some(kept) = kept else {
        return compile(source, library, ["-C", "rpath"]);
    };
    if let Some(content) = kept.read() {
        return fs::write(library, content)
            .with_context(|| format!("cannot write {}", library.display()));
    }
    // Not by a path from its own place, which changes.
    let place = format!("link-arg=-Wl,-rpath,{}", kept.library_folder().display());
    compile(source, library, ["-C", &place])?;
    if let Err(error) = kept.write(library) {
        tracing::warn!("the next kernel compiles its hooks again: {error:#}");
    }
    Ok(())
}

/// `place`: how the standard library is found.
fn compile(source: &Path, library: &Path, place: [&str; 2]) -> anyhow::Result<()> {
    let output = Command::new("rustc")
        // The cells use the shared standard library, and the hooks have to use the same one.
        .args(["--edition", "2024", "--crate-type", "cdylib"])
        .args(["-C", "prefer-dynamic"])
        .args(place)
        .arg("-o")
        .args([library, source])
        .output()
        .context("cannot run rustc; install Rust from https://rustup.rs and restart the kernel")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("rustc cannot compile the kernel's own hooks; is its toolchain complete?\n{said}");
    }
    Ok(())
}
