//! The compiler behind walls.
//!
//! `include!` and `#[path]` read any file that the compiler can read: the checks, the
//! references, other learners' submissions. So it sees its own toolchain, the compiled
//! library, the system's linker, and the submission's folder, and no network.
//!
//! This program starts itself for that, confines itself, and then becomes the compiler.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use exercises::grade::Limits;
use exercises::grade::walls::{self, Grounds};
use wait_timeout::ChildExt;

use super::Library;

/// Ten times what a large solution takes on a slow machine. A program can keep the
/// compiler busy for ever: constants are computed while it compiles.
pub(super) const TIME: Duration = Duration::from_secs(60);

/// Where systems keep compilers, linkers and their libraries.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/nix/store",
    "/gnu/store",
];

/// How the compiler ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Succeeded,
    Failed,
    TimedOut,
    /// By this signal: a crash, or for want of memory.
    Signal(i32),
}

/// What Ctrl-C and a polite kill send. They tell nothing about what is compiled.
const INTERRUPTIONS: [i32; 2] = [2, 15];

/// Runs the library's compiler with these arguments in `folder`; what it says goes
/// into the file `said`.
///
/// # Errors
///
/// When it does not start.
pub(super) fn compiler(
    library: &Library,
    arguments: &[OsString],
    folder: &Path,
    said: &Path,
) -> anyhow::Result<Ended> {
    let this = std::env::current_exe().context("this program cannot find itself")?;
    let messages =
        File::create(said).with_context(|| format!("{} cannot be written", said.display()))?;
    let mut command = Command::new(this);
    command.args(["dev", "confined"]);
    let rlib = library.rlib();
    for path in [library.sysroot(), library.dependencies(), &rlib] {
        command.arg("--readable").arg(path);
    }
    command
        .arg("--writable")
        .arg(folder)
        .arg("--")
        .arg(library.rustc())
        .args(arguments)
        .current_dir(folder)
        // What the linker needs, and nothing else: `env!` puts any variable of the
        // grader's, a secret among them, into a program that prints it.
        .env_clear()
        .env(
            "PATH",
            std::env::var_os("PATH").unwrap_or_else(|| "/usr/bin:/bin".into()),
        )
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(messages);
    let mut process = command
        .spawn()
        .context("this program cannot start itself")?;
    let status = process.wait_timeout(TIME)?;
    if status.is_none() {
        process.kill()?;
        process.wait()?;
    }
    Ok(
        match status.map(|status| (status.success(), status.signal())) {
            None => Ended::TimedOut,
            Some((true, _)) => Ended::Succeeded,
            Some((false, None)) => Ended::Failed,
            Some((_, Some(signal))) if INTERRUPTIONS.contains(&signal) => {
                bail!("the compiler was interrupted; run the command again")
            }
            Some((_, Some(signal))) => Ended::Signal(signal),
        },
    )
}

/// What to run, and what it may touch.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A file or folder that may be read.
    #[arg(long)]
    readable: Vec<PathBuf>,
    /// A folder that may be written to.
    #[arg(long)]
    writable: Vec<PathBuf>,
    /// The program, and its arguments.
    #[arg(last = true, required = true)]
    command: Vec<OsString>,
}

/// Confines this process, which then becomes the program.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let existing = SYSTEM
        .iter()
        .map(PathBuf::from)
        .filter(|path| fs::exists(path).is_ok_and(|is| is));
    let grounds = Grounds {
        readable: arguments.readable.into_iter().chain(existing).collect(),
        writable: arguments
            .writable
            .into_iter()
            .chain(["/dev/null".into()])
            .collect(),
        may_start_processes: true,
    };
    let limits = Limits {
        time: TIME,
        // The compiler maps more than it uses.
        memory_bytes: 8 << 30,
        disk_bytes: 512 << 20,
        ..Limits::default()
    };
    exercises::grade::limit_this_process(&limits).context("the compiler cannot be limited")?;
    walls::confine(&grounds).context("the compiler cannot be confined")?;
    let (program, arguments) = arguments.command.split_first().context("nothing to run")?;
    let error = Command::new(program).args(arguments).exec();
    Err(error).with_context(|| format!("{} does not start", program.display()))
}
