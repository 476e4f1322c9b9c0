//! How to start a kernel that is compared.

use jupyter_zmq_client::{JupyterMessageContent as Content, KernelInfoRequest};
use kernel_client::{Error, Interrupt, Kernel};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A kernel by its program, as its kernelspec would start it.
#[derive(Debug, Clone)]
pub struct Contestant {
    program: PathBuf,
    /// Before the connection file.
    arguments: &'static [&'static str],
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
            language,
            // The first variable of a session waits for rust-analyzer, for seconds.
            limit: Duration::from_secs(60),
            patience: Duration::from_secs(5),
        }
    }

    /// Starts the kernel, with this file for its history and all of its temporary files in a
    /// folder that goes with it.
    ///
    /// # Errors
    ///
    /// If it does not start, or does not answer.
    pub fn start(&self, history: &Path) -> Result<Kernel, Error> {
        let command = |connection_file: &Path| {
            let mut command = Command::new(&self.program);
            command.args(self.arguments).arg(connection_file);
            let parent = std::process::id().to_string();
            command.env("JPY_PARENT_PID", parent);
            command.env("KERNEL_EXT_HISTORY", history);
            // Points are about what cells cause, not about how long they take.
            command.env("KERNEL_EXT_PROGRESS", "off");
            // Neither has anything left from the run before.
            command.env("KERNEL_EXT_CRATES", "");
            if let Some(folder) = connection_file.parent() {
                command.env("TMPDIR", folder);
            }
            command
        };
        // Both kernelspecs ask for messages.
        Kernel::start(command, Interrupt::Message, self.limit)
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

/// The version of the compiler on the path, which both kernels use, or nothing if there is none.
pub fn rustc_version() -> String {
    let said = Command::new("rustc").arg("--version").output();
    let said = said.map_or_else(|_| Vec::new(), |output| output.stdout);
    let said = String::from_utf8_lossy(&said).into_owned();
    said.split(' ').nth(1).unwrap_or_default().to_owned()
}
