//! The grader: checks, how they are run, and what is reported.
//!
//! - [`Check`] is one rule of an exercise; [`Verdict`] is what trying it answers.
//! - [`main`] is what a stub's `main` calls: `cargo test -p exercises --test ID`.
//! - [`run()`] grades a program that answers by [`child()`], one process a check. The
//!   command line grades stubs, references and wrong solutions with it.
//! - [`in_notebook`] grades a type that exists in a notebook only.
//! - [`Report`] is the result, as data, text or HTML.
//!
//! A check passes only if it *finished*: see [`child()`]. Which checks an exercise
//! has, and what they are worth, says [`crate::catalog`], never the graded program.
//!
//! The grader keeps a learner's mistakes from hurting: endless loops, runaway
//! allocations, crashes. It is no sandbox against an attacker, who could write
//! files, open connections, or edit the stub's `main`.

mod check;
mod child;
mod ending;
mod entry;
mod html;
mod limits;
mod notebook;
mod panics;
mod process;
mod reason;
mod report;
mod run;
mod terminal;

use std::time::Duration;

pub use check::{Check, Counterexample, Seed, Verdict};
pub use child::{CHILD_FLAG, child};
pub use entry::main;
pub use limits::{Limits, MEMORY_IS_LIMITED};
pub use notebook::in_notebook;
pub use process::Subject;
pub use report::{CheckReport, Isolation, Outcome, Reason, Report};
pub use run::{Only, Options, run};
pub use terminal::Style;

/// Whole milliseconds, as reports state them.
fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
