//! The real kernel as a process, spoken to over its sockets.
//!
//! What a cell does to the process is tested here, with the real compiler; the protocol's
//! finer points are tested in `kernel-protocol`, where a cell costs nothing.

mod backtraces;
mod builds;
mod client;
mod compared;
mod conformance;
mod connections;
mod crates;
mod doctor;
mod failures;
mod front_end;
mod front_ends;
mod input;
mod library;
mod output;
mod process;
mod requests;
mod robust;
mod soak;
mod spare;
mod statics;
mod survival;
mod times;
mod tools;
mod tour;
mod units;
mod values;
mod waiting;
