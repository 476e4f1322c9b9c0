//! Fresh stubs as programs, whatever the learner did to the stubs in the tree.
//!
//! The library is built by cargo; each fresh stub is then one call of `rustc`
//! against it, as rustdoc does for doc tests. A generated package would need a
//! lock file of its own and would compile the library again; the learner's own
//! targets would put a learner's work to the author's test.

use std::ffi::OsString;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use cargo_metadata::Message;

use crate::practice::workspace::Workspace;

/// The library as cargo built it.
#[derive(Debug)]
pub(crate) struct Library {
    rlib: PathBuf,
}

impl Library {
    /// Builds the `exercises` crate, or finds it built.
    pub(crate) fn build(workspace: &Workspace) -> anyhow::Result<Self> {
        let mut cargo = workspace
            .cargo()
            .args([
                "build",
                "--quiet",
                "--package",
                "exercises",
                "--lib",
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
                rlib = artifact
                    .filenames
                    .into_iter()
                    .find(|file| file.extension() == Some("rlib"));
            }
        }
        if !cargo.wait()?.success() {
            bail!("the crate `exercises` does not compile; mend it as the compiler says above");
        }
        let rlib = rlib
            .context("cargo named no library for the crate `exercises`")?
            .into();
        Ok(Self { rlib })
    }

    /// Compiles a fresh stub into `folder`; warnings are errors.
    ///
    /// # Errors
    ///
    /// What the compiler says.
    pub(crate) fn compile(&self, stub: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
        let name = stub.file_stem().context("a stub has a name")?;
        let program = folder
            .join(name)
            .with_extension(std::env::consts::EXE_EXTENSION);
        let mut external = OsString::from("exercises=");
        external.push(&self.rlib);
        let output = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
            // The lints of the workspace that bear on a stub.
            .args([
                "--edition=2024",
                "--crate-type=bin",
                "-Dwarnings",
                "-Funsafe_code",
                "-Dmissing_docs",
                "-Dunreachable_pub",
            ])
            .arg("--extern")
            .arg(external)
            .arg("-L")
            .arg(self.dependencies())
            .arg("-o")
            .arg(&program)
            .arg(stub)
            .output()
            .context("rustc does not start; is it in the PATH?")?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(program)
    }

    /// Where cargo keeps what the library was built from: `deps` beside it, or
    /// the library's own folder, which `deps` is then.
    fn dependencies(&self) -> OsString {
        let folder = self.rlib.parent().unwrap_or(Path::new("."));
        let mut option = OsString::from("dependency=");
        option.push(if folder.ends_with("deps") {
            folder.to_owned()
        } else {
            folder.join("deps")
        });
        option
    }
}
