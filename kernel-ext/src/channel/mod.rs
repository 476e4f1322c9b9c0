//! What kernel, supervisor and worker say to each other.
//!
//! Kernel and supervisor: JSON lines over a Unix socket ([`Report`], [`Order`]).
//! Supervisor and worker: one JSON value per packet of a socket pair ([`ToWorker`],
//! [`FromWorker`]), because a packet can carry a file descriptor along.

mod frames;
mod panic;
mod reports;

pub(crate) use frames::{FromWorker, Restored, ToWorker, receive, send, send_with_descriptor};
pub(crate) use panic::{Call, Panic};
pub(crate) use reports::{Death, Order, Report, Stream, write_line};

/// Environment variable: path of the kernel's socket, for the supervisor.
pub(crate) const SOCKET_VAR: &str = "KERNEL_EXT_SOCKET";
/// Environment variable of the dynamic linker: what to load before everything else.
pub(crate) const PRELOAD_VAR: &str = "LD_PRELOAD";
/// Environment variable: tells cells that outputs can be replaced, by blocks of type
/// [`LIVE_OUTPUT`]; `exercises::display` asks for it.
pub(crate) const LIVE_OUTPUT_VAR: &str = "KERNEL_EXT_LIVE_OUTPUT";
/// The type of such a block.
pub(crate) const LIVE_OUTPUT: &str = "application/vnd.kernel-ext.output+json";
/// The type of the block with which a cell shows its value by `Debug`, or by the name of
/// its type: text, and the kernel's own doing.
pub(crate) const VALUE: &str = "text/vnd.kernel-ext.value";
/// Environment variable: path of the compiled hooks, for the worker.
pub(crate) const HOOKS_VAR: &str = "KERNEL_EXT_HOOKS";
/// Of the file beside them that is locked as long as they are being compiled.
pub(crate) const LOCK_EXTENSION: &str = "lock";
/// Environment variable: set in the worker, which has no other way to know what it is.
pub(crate) const WORKER_VAR: &str = "KERNEL_EXT_WORKER";
/// Of the file beside a cell's library that has the source which evcxr generated for it.
pub(crate) const SOURCE_EXTENSION: &str = "rs";
