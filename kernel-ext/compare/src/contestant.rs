//! How to start a kernel that is compared.

use jupyter_zmq_client::{JupyterMessageContent as Content, KernelInfoRequest};
use kernel_client::{Error, Interrupt, Kernel};
use serde_json::json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A kernel by its program, as its kernelspec would start it.
#[derive(Debug, Clone)]
pub struct Contestant {
    program: PathBuf,
    /// Before the connection file.
    arguments: &'static [&'static str],
    /// Set beside what every contestant gets, and in its place.
    variables: Vec<(&'static str, OsString)>,
    /// Where it runs, if not in a folder of its own.
    folder: Option<PathBuf>,
    /// The name of the language that it tells front ends.
    pub(crate) language: &'static str,
    /// How long a cell may take until the kernel is said not to answer.
    pub limit: Duration,
    /// How long to wait for what another kernel sends at once, before it counts as not sent.
    pub patience: Duration,
}

/// What a kernel says that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// For instance `evcxr_jupyter`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Contestant {
    /// The `evcxr_jupyter` at this path.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// let stock = kernel_compare::Contestant::stock("evcxr_jupyter".as_ref());
    /// assert_eq!(stock.identity()?.name, "evcxr_jupyter");
    /// # Ok::<(), kernel_client::Error>(())
    /// ```
    pub fn stock(program: &Path) -> Self {
        Self::new(program, &["--control_file"], "Rust")
    }

    /// The `kernel-ext` at this path.
    pub fn ours(program: &Path) -> Self {
        Self::new(program, &["run"], "rust")
    }

    fn new(program: &Path, arguments: &'static [&'static str], language: &'static str) -> Self {
        Self {
            program: program.to_owned(),
            arguments,
            variables: Vec::new(),
            folder: None,
            language,
            // The first variable of a session waits for rust-analyzer, for seconds.
            limit: Duration::from_secs(60),
            patience: Duration::from_secs(5),
        }
    }

    /// The same with an environment variable, for instance `KERNEL_EXT_CRATES`, which is
    /// empty otherwise.
    #[must_use]
    pub fn with(mut self, variable: &'static str, value: impl Into<OsString>) -> Self {
        self.variables.push((variable, value.into()));
        self
    }

    /// The folder that it is to run in.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The same in this folder, as a notebook that lies there would start it.
    #[must_use]
    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Starts the kernel, with this file for its history and all of its temporary files in a
    /// folder that goes with it, unless it has a `TMPDIR`.
    ///
    /// # Errors
    ///
    /// If it does not start, or does not answer.
    pub fn start(&self, history: &Path) -> Result<Kernel, Error> {
        let command = |connection_file: &Path| {
            let mut command = self.command(self.arguments);
            command.arg(connection_file);
            let parent = std::process::id().to_string();
            command.env("JPY_PARENT_PID", parent);
            command.env("KERNEL_EXT_HISTORY", history);
            let is_set = self.variables.iter().any(|(name, _)| *name == "TMPDIR");
            if let Some(folder) = connection_file.parent().filter(|_| !is_set) {
                command.env("TMPDIR", folder);
            }
            command
        };
        // Both kernelspecs ask for messages.
        Kernel::start(command, Interrupt::Message, self.limit)
    }

    /// Its program with these arguments and its own variables, in its own folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments);
        without_a_build(&mut command);
        // Neither has anything left from the run before.
        command.env("KERNEL_EXT_CRATES", "");
        command.env("KERNEL_EXT_SPARE", "off");
        // Points are about what cells cause, not about how long they take.
        command.env("KERNEL_EXT_PROGRESS", "off");
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    /// Starts the kernel and asks it what it is.
    ///
    /// # Errors
    ///
    /// If it does not start, or does not answer.
    pub fn identity(&self) -> Result<Identity, Error> {
        let mut kernel = self.start(Path::new(""))?;
        kernel.send(KernelInfoRequest {})?;
        let reply = kernel.reply()?;
        // What it says is enough; it need not end well.
        let _ = kernel.shutdown(self.patience);
        match reply {
            Content::KernelInfoReply(info) => Ok(Identity {
                name: info.implementation,
                version: info.implementation_version,
            }),
            other => Err(Error::Unexpected(other.message_type().to_owned())),
        }
    }

    /// Its kernelspec, as a front end reads it.
    pub(crate) fn kernelspec(&self) -> serde_json::Value {
        let mut argv = vec![self.program.to_string_lossy().into_owned()];
        argv.extend(self.arguments.iter().map(|&argument| argument.to_owned()));
        argv.push("{connection_file}".to_owned());
        json!({
            "argv": argv, "display_name": "Rust", "language": "rust", "interrupt_mode": "message",
        })
    }
}

/// Takes away what a `cargo run` around the comparison, or a person's shell, says about
/// builds: our kernel does not pass it on to cells, the stock one does, and both are to
/// compile the same way.
pub(crate) fn without_a_build(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(is_of_a_build) {
            command.env_remove(name);
        }
    }
}

fn is_of_a_build(name: &str) -> bool {
    // Where cargo lives and how it reaches its registries is no matter of one build.
    let mut kept = ["HOME", "HTTP_", "NET_", "REGISTR", "SOURCE_", "TERM_"].into_iter();
    match name.strip_prefix("CARGO_") {
        Some(rest) => !kept.any(|kept| rest.starts_with(kept)),
        None => ["MAKEFLAGS", "RUSTC_WRAPPER", "RUSTFLAGS"].contains(&name),
    }
}

/// The version of the compiler on the path, which both kernels use, or nothing if there is none.
pub fn rustc_version() -> String {
    let said = Command::new("rustc").arg("--version").output();
    let said = said.map_or_else(|_| Vec::new(), |output| output.stdout);
    let said = String::from_utf8_lossy(&said).into_owned();
    said.split(' ').nth(1).unwrap_or_default().to_owned()
}
