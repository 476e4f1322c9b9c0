//! What submissions are compiled against: the crate `exercises` without its references.

use std::ffi::OsString;
use std::fs;
use std::io::{BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use cargo_metadata::Message;
use indicatif::ProgressBar;

use crate::practice::workspace::Workspace;
use crate::scratch::Scratch;
use crate::terminal::can_redraw;

/// The library as cargo built it, and the compiler that built it.
#[derive(Debug, Clone)]
pub(crate) struct Library {
    /// A copy of it. Cargo deletes its own file whenever something else builds in the
    /// same target folder: an editor, another terminal, a second clone.
    copy: Arc<Scratch>,
    /// Where cargo keeps what the library was built from.
    dependencies: PathBuf,
    sysroot: PathBuf,
    toolchain: String,
}

/// The copy's name: rustc goes by the `lib` and the extension.
const FILE: &str = "libexercises.rlib";

/// How often another build may take the library away before it is copied. Each time,
/// cargo waits for that build, so one more attempt is nearly always enough.
const ATTEMPTS: usize = 5;

impl Library {
    /// Builds the library, or finds it built. Nothing is downloaded: whatever it needs,
    /// this program needed.
    ///
    /// # Errors
    ///
    /// When it does not compile, or when cargo or rustc do not start.
    pub(crate) fn build(workspace: &Workspace) -> anyhow::Result<Self> {
        let bar = match can_redraw(&std::io::stderr()) {
            true => ProgressBar::new_spinner(),
            false => ProgressBar::hidden(),
        };
        Self::build_beside(workspace, bar)
    }

    /// The same with another bar, or with a hidden one.
    ///
    /// # Errors
    ///
    /// As there.
    pub(super) fn build_beside(workspace: &Workspace, bar: ProgressBar) -> anyhow::Result<Self> {
        // Ten seconds the first time, and nothing to see later.
        let waiting = bar.with_message("preparing the grader");
        waiting.enable_steady_tick(Duration::from_millis(200));
        let built = Self::copied(workspace);
        waiting.finish_and_clear();
        let (copy, dependencies) = built?;
        Ok(Self {
            copy: Arc::new(copy),
            dependencies,
            sysroot: ask_rustc(workspace, &["--print", "sysroot"])?.into(),
            toolchain: ask_rustc(workspace, &["--version"])?,
        })
    }

    /// Builds the library and copies it; also tells where its dependencies are.
    fn copied(workspace: &Workspace) -> anyhow::Result<(Scratch, PathBuf)> {
        let folder = Scratch::new("grader")?;
        for _ in 0..ATTEMPTS {
            let built = built_by_cargo(workspace)?;
            match fs::copy(&built, folder.path().join(FILE)) {
                Ok(_) => return Ok((folder, dependencies_of(&built))),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(error)
                        .with_context(|| format!("{} cannot be copied", built.display()));
                }
            }
        }
        bail!(
            "another build keeps replacing the crate `exercises` in the same target folder; \
             wait for it, then run the command again"
        )
    }

    /// What `rustc --version` prints.
    pub(crate) fn toolchain(&self) -> &str {
        &self.toolchain
    }

    /// The compiler itself, not rustup's proxy: the proxy reads its user's settings,
    /// which are behind the wall.
    pub(crate) fn rustc(&self) -> PathBuf {
        self.sysroot.join("bin/rustc")
    }

    /// Where the compiler and its standard library are.
    pub(super) fn sysroot(&self) -> &Path {
        &self.sysroot
    }

    /// The argument by which rustc finds the library under a name.
    pub(crate) fn as_extern(&self, name: &str) -> OsString {
        let mut external = OsString::from(format!("{name}="));
        external.push(self.rlib());
        external
    }

    /// Where cargo keeps what the library was built from.
    pub(crate) fn dependencies(&self) -> &Path {
        &self.dependencies
    }

    /// The library's own file.
    pub(super) fn rlib(&self) -> PathBuf {
        self.copy.path().join(FILE)
    }
}

/// Has cargo build the library, and tells where it is.
fn built_by_cargo(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let mut cargo = workspace
        .cargo()
        .args([
            "build",
            "--quiet",
            "--locked",
            "--offline",
            "--package=exercises",
            "--lib",
            "--no-default-features",
            "--features=graded",
            "--message-format=json-render-diagnostics",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo does not start; is it in the PATH?")?;
    let stdout = cargo.stdout.take().context("cargo's output was piped")?;
    let mut rlib = None;
    for message in Message::parse_stream(BufReader::new(stdout)) {
        if let Message::CompilerArtifact(artifact) =
            message.context("cargo's messages cannot be read")?
            && artifact.target.name == "exercises"
        {
            // Not the copy beside the programs: it is whichever build came last, and
            // while this one grades, another may put the references into it.
            let mut files = artifact.filenames.iter();
            let metadata = files.find(|file| file.extension() == Some("rmeta"));
            rlib = metadata.map(|file| file.with_extension("rlib"));
        }
    }
    if !cargo.wait()?.success() {
        bail!(
            "the crate `exercises` does not compile; mend it as the compiler says above, \
             or `git checkout -- exercises/src` takes your changes to it back"
        );
    }
    let rlib = rlib.context("cargo named no library for the crate `exercises`")?;
    Ok(rlib.into())
}

/// `deps` beside the library, or the library's own folder, which `deps` is then.
fn dependencies_of(rlib: &Path) -> PathBuf {
    let folder = rlib.parent().unwrap_or(Path::new("."));
    match folder.ends_with("deps") {
        true => folder.to_owned(),
        false => folder.join("deps"),
    }
}

/// One line from the rustc that the workspace's toolchain file names.
fn ask_rustc(workspace: &Workspace, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args(arguments)
        .current_dir(workspace.root())
        .output()
        .context("rustc does not start; is it in the PATH?")?;
    ensure!(
        output.status.success(),
        "rustc {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
