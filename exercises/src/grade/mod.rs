//! The grader: checks, how they are run, and what is reported.
//!
//! - [`Check`] is one rule of an exercise; [`Verdict`] is what trying it answers.
//! - [`main`] is what a stub's `main` calls: `cargo test -p exercises --test ID`.
//! - [`run()`] grades a program that answers by [`child()`], one process a check. The
//!   command line grades stubs, references and wrong solutions with it.
//! - [`in_notebook`] grades a type that exists in a notebook only, for its author's eyes;
//!   [`require()`] grades one rule of it, in an assignment of a class.
//! - `kit` is what checks are written with.
//! - [`Report`] is the result, as data, text or HTML.
//!
//! A check passes only if it *finished*: see [`child()`]. Which checks an exercise
//! has, and what they are worth, says [`crate::catalog`], never the graded program.
//!
//! A graded process is confined by [`walls`] and [`Limits`]. What they cannot give is
//! trust in a program that the learner linked: `cargo test --test ID` runs the stub's
//! own `main`, with the references in reach. A grade that counts is given by
//! `cargo course check`, which takes nothing from the stub but the learner's type,
//! and compiles it against this crate without its feature `references`, with `graded`.

#[cfg(not(unix))]
compile_error!(
    "the grader needs sockets, signals and limits of Unix; on Windows, use the Windows \
     Subsystem for Linux"
);

mod check;
#[cfg(feature = "graded")]
mod child;
pub(crate) mod kit;
mod limits;
mod loopback;
#[cfg(feature = "references")]
mod options;
mod outcome;
mod panics;
#[cfg(any(feature = "graded", feature = "notebook"))]
mod shortened;
mod unwinding;
pub mod walls;

#[cfg(all(test, feature = "references"))]
mod documented;
#[cfg(feature = "grader")]
mod ending;
#[cfg(feature = "grader")]
mod entry;
#[cfg(feature = "references")]
mod html;
#[cfg(feature = "references")]
mod notebook;
#[cfg(feature = "references")]
pub mod page;
#[cfg(feature = "references")]
mod particulars;
#[cfg(feature = "grader")]
mod process;
#[cfg(feature = "notebook")]
mod reason;
#[cfg(feature = "references")]
mod report;
#[cfg(feature = "notebook")]
mod require;
#[cfg(feature = "grader")]
mod run;
#[cfg(feature = "grader")]
mod streams;
#[cfg(feature = "references")]
mod terminal;
#[cfg(feature = "notebook")]
mod thread;

pub use check::{Check, Counterexample, Seed, Verdict};
#[cfg(feature = "graded")]
pub use child::{CHILD_FLAG, child};
#[cfg(feature = "graded")]
pub use limits::limit_this_process;
pub use limits::{Limits, MEMORY_IS_LIMITED};
pub use loopback::{Dialler, Loopback, Network};
pub use outcome::{Outcome, Reason};
pub use unwinding::PANICS_ON;
pub(crate) use unwinding::naming;

#[cfg(feature = "grader")]
pub use entry::main;
#[cfg(feature = "references")]
pub use html::BOOK;
#[cfg(feature = "references")]
pub use notebook::in_notebook;
#[cfg(feature = "references")]
pub use options::{Only, Options};
#[cfg(feature = "grader")]
pub use process::Subject;
#[cfg(feature = "references")]
pub use report::{CheckReport, FORMAT, Isolation, Provenance, Report};
#[cfg(feature = "notebook")]
pub use require::{require, require_or_abort};
#[cfg(feature = "grader")]
pub use run::run;
#[cfg(feature = "references")]
pub use terminal::Style;

/// What a stub's `main` calls, in a submission: the grader's own `main` runs
/// instead, and starts [`child()`].
#[cfg(all(feature = "graded", not(feature = "grader")))]
pub fn main(_id: &str, checks: fn() -> Vec<Check>) -> std::process::ExitCode {
    child(checks)
}

/// Whole milliseconds, as reports state them.
#[cfg(feature = "notebook")]
fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
