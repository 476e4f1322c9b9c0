//! The real kernel as a process, spoken to over its sockets.
//!
//! What a cell does to the process is tested here, with the real compiler; the protocol's
//! finer points are tested in `kernel-protocol`, where a cell costs nothing.

mod client;
mod compared;
mod conformance;
mod failures;
mod input;
mod output;
mod process;
mod requests;
mod soak;
mod survival;
mod tour;
mod units;
