//! The process in which cells run: it loads a compiled cell and calls it.
//!
//! The only module with `unsafe` code: code that was compiled a moment ago cannot be
//! run otherwise. Started by the supervisor, which holds the other end of the control
//! socket; it reports nothing but the end of a cell.

#![expect(
    unsafe_code,
    reason = "loading a compiled cell and calling it is what this process is for"
)]

use crate::channel::{Frame, HOOKS_VAR};
use anyhow::Context as _;
use libloading::{Library, Symbol};
use std::ffi::c_void;
use std::mem::ManuallyDrop;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;

type HookFn = extern "C" fn();
/// A compiled cell: takes evcxr's store of variables and returns it.
type CellFn = extern "C" fn(*mut c_void) -> *mut c_void;

/// Runs cells until the supervisor closes the control socket.
///
/// # Errors
///
/// If the process was not started by a supervisor.
pub(crate) fn run() -> anyhow::Result<()> {
    let control = take_control_socket()?;
    // A supervisor that is killed cannot kill its worker any more.
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    let hooks = Hooks::load()?;
    let mut store = std::ptr::null_mut();
    while let Ok(frame) = Frame::read(&control) {
        let answer = match run_cell(&frame, &hooks, &mut store) {
            Ok(()) => Frame::new(Frame::DONE, []),
            Err(error) => Frame::new(Frame::NOT_LOADED, format!("{error:#}")),
        };
        answer.write(&control)?;
    }
    Ok(())
}

/// Moves the control socket away from standard input, which becomes empty.
fn take_control_socket() -> anyhow::Result<UnixStream> {
    let stdin = rustix::stdio::stdin();
    // Above the three standard streams, and closed in whatever a cell starts.
    let control: OwnedFd = rustix::io::fcntl_dupfd_cloexec(stdin, 3)?;
    let null = std::fs::File::open("/dev/null").context("cannot open /dev/null")?;
    rustix::stdio::dup2_stdin(null).context("cannot replace standard input")?;
    Ok(UnixStream::from(control))
}

/// The functions of `hooks/lib.rs`, compiled for the standard library of the cells.
struct Hooks {
    begin: HookFn,
    end: HookFn,
}

impl Hooks {
    fn load() -> anyhow::Result<Self> {
        let path = std::env::var_os(HOOKS_VAR)
            .with_context(|| format!("{HOOKS_VAR} is not set: start the kernel, not this"))?;
        let shown = path.to_string_lossy().into_owned();
        // SAFETY: the kernel compiled this library from its own source; loading it runs
        // no code but the standard library's initialisers.
        let library = unsafe { Library::new(path) };
        let library = library.with_context(|| format!("cannot load the hooks in {shown}"))?;
        // Never unloaded: its panic hook and its thread live as long as the process.
        let library = ManuallyDrop::new(library);
        // SAFETY: `hooks/lib.rs` defines the three functions with exactly these types.
        let (init, begin, end) = unsafe {
            let init: Symbol<'_, HookFn> = library.get(b"kernel_ext_init")?;
            let begin: Symbol<'_, HookFn> = library.get(b"kernel_ext_begin")?;
            let end: Symbol<'_, HookFn> = library.get(b"kernel_ext_end")?;
            (*init, *begin, *end)
        };
        init();
        Ok(Self { begin, end })
    }
}

/// Loads the cell that the frame names and runs it to its end.
fn run_cell(frame: &Frame, hooks: &Hooks, store: &mut *mut c_void) -> anyhow::Result<()> {
    let payload = std::str::from_utf8(&frame.payload).context("a path that is not UTF-8")?;
    let (path, function) = payload
        .split_once('\0')
        .context("an order without a function")?;
    // SAFETY: the library was compiled by evcxr from the user's cell. It may do anything
    // to this process; that is why it is a process of its own.
    let library = unsafe { Library::new(path) }?;
    // Never unloaded: variables and threads of the cell may point into its code, and
    // destructors of thread-local values run when the process ends.
    let library = ManuallyDrop::new(library);
    // SAFETY: evcxr generates the function with this signature.
    let cell: Symbol<'_, CellFn> = unsafe { library.get(function.as_bytes()) }?;
    (hooks.begin)();
    // `store` is null or what the cell before returned, as evcxr's code expects.
    *store = cell(*store);
    (hooks.end)();
    Ok(())
}
