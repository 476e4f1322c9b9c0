//! The process in which cells run: it loads a compiled cell and calls it.
//!
//! Started by the supervisor, which holds the other end of the control socket. It
//! reports the end of a cell, and keeps a [`snapshot`] of itself from before it, which
//! the supervisor wakes when a cell takes this process down. `unsafe` code is here and
//! in [`hooks`] alone: code that was compiled a moment ago cannot be run otherwise.

#![expect(
    unsafe_code,
    reason = "loading a compiled cell and calling it is what this process is for"
)]

mod descriptors;
mod hooks;
mod snapshot;

use crate::channel::{FromWorker, PRELOAD_VAR, ToWorker, receive, send};
use anyhow::{Context as _, bail};
use hooks::Hooks;
use libloading::{Library, Symbol};
use rustix::net::RecvFlags;
use rustix::process::{Pid, Signal, getppid, set_parent_process_death_signal};
use snapshot::{Process, Snapshots};
use std::ffi::c_void;
use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::time::{Duration, Instant};

/// A compiled cell: takes evcxr's store of variables and returns it.
type CellFn = extern "C" fn(*mut c_void) -> *mut c_void;

/// Runs cells until the supervisor closes the control socket.
///
/// # Errors
///
/// If the process was not started by a supervisor.
pub(crate) fn run() -> anyhow::Result<()> {
    let control = take_control_socket()?;
    let supervisor = end_with_supervisor()?;
    let input = take_input_socket(&control)?;
    descriptors::close_inherited(&[control.as_raw_fd(), input.as_raw_fd()]);
    forget_preload();
    let hooks = Hooks::load()?;
    (hooks.input)(input.as_raw_fd());
    let mut worker = Worker {
        snapshots: Snapshots::new(control.try_clone()?, input, supervisor),
        control,
        hooks,
        store: std::ptr::null_mut(),
    };
    let _ = worker.snapshots.take(&worker.hooks)?;
    worker.serve()
}

struct Worker {
    control: OwnedFd,
    hooks: Hooks,
    snapshots: Snapshots,
    /// evcxr's store of variables; null before the first cell.
    store: *mut c_void,
}

impl Worker {
    fn serve(&mut self) -> anyhow::Result<()> {
        while let Some((order, _)) = receive(&self.control, RecvFlags::empty())? {
            match order {
                ToWorker::Run {
                    generation,
                    library,
                    function,
                } if generation == self.snapshots.generation() => self.run(&library, &function)?,
                ToWorker::Keep { generation } if generation == self.snapshots.generation() => {
                    // Between cells, where a woken snapshot goes on like any other.
                    let _ = self.snapshots.take(&self.hooks)?;
                }
                // For a worker that is dead.
                ToWorker::Run { .. } | ToWorker::Keep { .. } | ToWorker::Input => {}
            }
        }
        Ok(())
    }

    fn run(&mut self, library: &str, function: &str) -> anyhow::Result<()> {
        // Threads of earlier cells may have changed variables since.
        if snapshot::other_threads() > 0 && self.snapshots.take(&self.hooks)? == Process::Woken {
            return Ok(());
        }
        let answer = match self.load_and_run(library, function) {
            Ok(loading) => FromWorker::Done {
                // Half a million years fit.
                loading_us: loading.as_micros().try_into().unwrap_or(u64::MAX),
            },
            Err(error) => FromWorker::not_loaded(&format!("{error:#}")),
        };
        Ok(send(&self.control, &answer)?)
    }

    /// Returns how long the loading took.
    fn load_and_run(&mut self, path: &str, function: &str) -> anyhow::Result<Duration> {
        let start = Instant::now();
        // SAFETY: the library was compiled by evcxr from the user's cell. It may do
        // anything to this process; that is why it is a process of its own.
        let library = unsafe { Library::new(path) }?;
        // Never unloaded: variables and threads of the cell may point into its code, and
        // destructors of thread-local values run when the process ends.
        let library = ManuallyDrop::new(library);
        // SAFETY: evcxr generates the function with this signature.
        let cell: Symbol<'_, CellFn> = unsafe { library.get(function.as_bytes()) }?;
        let loading = start.elapsed();
        (self.hooks.begin)();
        // `store` is null or what the cell before returned, as evcxr's code expects.
        self.store = cell(self.store);
        (self.hooks.end)();
        Ok(loading)
    }
}

/// Moves the control socket away from standard input, which becomes empty.
fn take_control_socket() -> anyhow::Result<OwnedFd> {
    let stdin = rustix::stdio::stdin();
    // Above the three standard streams, and closed in whatever a cell starts.
    let control = rustix::io::fcntl_dupfd_cloexec(stdin, 3)?;
    let null = std::fs::File::open("/dev/null").context("cannot open /dev/null")?;
    rustix::stdio::dup2_stdin(null).context("cannot replace standard input")?;
    Ok(control)
}

/// The socket by which cells ask for input, which comes before any order.
fn take_input_socket(control: &OwnedFd) -> anyhow::Result<OwnedFd> {
    let first = receive::<ToWorker>(control, RecvFlags::empty())?;
    let Some((ToWorker::Input, Some(socket))) = first else {
        bail!("the supervisor has given no socket for input");
    };
    Ok(socket)
}

/// The hooks are for this process, not for the programs that a cell starts.
fn forget_preload() {
    let preloaded = std::env::var(PRELOAD_VAR).unwrap_or_default();
    // SAFETY: this process has one thread so far.
    unsafe {
        match preloaded.split_once(':') {
            Some((_, others)) => std::env::set_var(PRELOAD_VAR, others),
            None => std::env::remove_var(PRELOAD_VAR),
        }
    }
}

/// A supervisor that is killed cannot kill its worker any more. Returns the supervisor.
fn end_with_supervisor() -> anyhow::Result<Option<Pid>> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    Ok(getppid())
}
