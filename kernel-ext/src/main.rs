//! The course's Jupyter kernel for Rust.
//!
//! `kernel-ext install` makes it known to Jupyter, which then starts
//! `kernel-ext run CONNECTION_FILE`. The same binary is several programs, told apart by
//! environment variables and its name, because evcxr, the supervisor and rustc start what they
//! know to exist: the kernel; the *supervisor*, which evcxr takes for its runtime; the *worker*,
//! in which cells run; a wrapper of rustc, for evcxr's cache; and the [`tools`] by which cells
//! are built.
//! `kernel-ext spare` is a kernel that nobody has asked for yet.
//!
//! Layers: `kernel-protocol` (messages, sockets) ← [`engine`] (evcxr) ← [`supervisor`] ←
//! [`worker`]. It is a binary only; to embed a kernel, use `kernel-protocol`.

#[cfg(not(target_os = "linux"))]
compile_error!(
    "kernel-ext runs on Linux only: its snapshots need process descriptors (pidfd), \
     PR_SET_CHILD_SUBREAPER and /proc; on macOS and Windows use a Linux machine, WSL or a container"
);

mod ahead;
mod bench;
mod builder;
mod channel;
mod completeness;
mod crates;
mod doctor;
mod engine;
mod environment;
mod history;
mod install;
mod linker;
mod parent;
mod processes;
mod run;
mod spare;
mod supervisor;
mod tools;
mod worker;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use tools::Tool;

/// A Jupyter kernel for Rust
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the kernel; this is what Jupyter calls
    Run {
        /// The file in which Jupyter says where to listen
        connection_file: PathBuf,
    },
    /// Start a kernel before Jupyter asks for one; kernels do this by themselves
    #[command(hide = true)]
    Spare,
    /// Make the kernel known to Jupyter
    Install {
        #[command(flatten)]
        place: install::Place,
        /// Name shown in menus
        #[arg(long, default_value = "Rust (system design)")]
        display_name: String,
    },
    /// Take an installed kernel away again
    Uninstall {
        #[command(flatten)]
        place: install::Place,
    },
    /// Compile crates ahead, so that cells have them at once
    Compile {
        /// What would stand behind `:dep`, such as `rand = "0.9"`
        #[arg(required = true)]
        dependencies: Vec<String>,
    },
    /// Say what the kernel needs and what is there, and try a cell
    Doctor,
    /// Measure how long a person waits for this kernel, alone or beside the stock one
    Bench {
        #[command(flatten)]
        options: bench::Options,
    },
}

/// Set by evcxr where it wants this program to stand in for rustc.
const RUSTC_WRAPPER_VAR: &str = "EVCXR_RUSTC_WRAPPER";
/// Set by evcxr in its child process, which is our supervisor.
const RUNTIME_VAR: &str = "EVCXR_IS_RUNTIME";

fn main() -> anyhow::Result<ExitCode> {
    if let Some(tool) = Tool::called() {
        return Ok(tool.run());
    }
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing::Level::WARN)
        .init();
    let is_set = |name| std::env::var_os(name).is_some();
    // A kernel that a cell starts inherits the worker's variables, but has arguments.
    let is_child = std::env::args_os().len() == 1 && is_set(RUNTIME_VAR);
    // The worker first: it inherits the supervisor's variables.
    if is_child && is_set(channel::WORKER_VAR) {
        return worker::run().map(|()| ExitCode::SUCCESS);
    }
    if is_child && is_set(channel::SOCKET_VAR) {
        return supervisor::run().map(|()| ExitCode::SUCCESS);
    }
    if is_set(RUSTC_WRAPPER_VAR) {
        evcxr::runtime_hook();
    }
    match Arguments::parse().command {
        Command::Run { connection_file } => {
            let directory = environment::settle()?;
            run::run(&connection_file, directory.path())?;
        }
        Command::Spare => {
            let directory = environment::settle()?;
            spare::run(directory.path())?;
        }
        Command::Install {
            place,
            display_name,
        } => {
            let directory = install::install(&place, &display_name)?;
            println!("Installed the kernel at {}", directory.display());
        }
        Command::Uninstall { place } => {
            let directory = install::uninstall(&place)?;
            println!("Removed the kernel at {}", directory.display());
        }
        Command::Compile { dependencies } => {
            let directory = environment::settle()?;
            ahead::compile(directory.path(), &dependencies)?;
        }
        Command::Doctor => {
            let directory = environment::settle()?;
            return Ok(doctor::run(directory.path()));
        }
        // Its kernels settle themselves.
        Command::Bench { options } => bench::run(&options)?,
    }
    Ok(ExitCode::SUCCESS)
}
