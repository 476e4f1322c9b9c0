//! What a check makes of a solution's panic: whether it is a `todo!`, and on which input.
//!
//! The grader learns a panic's message and place by itself. The input is known to the
//! check alone, which prints it; the command line finds it in what the check printed.

use std::any::Any;
use std::mem;
use std::panic::{self, AssertUnwindSafe};

/// What stands before the input on which a solution panics, in the output of a check.
pub const PANICS_ON: &str = "the panic happens in the last line of:\n";

/// How the message of a `todo!` begins.
pub(super) const TODO: &str = "not yet implemented";

/// The text of a panic, if it has one.
pub(super) fn text_of(payload: &(dyn Any + Send)) -> Option<&str> {
    let literal = payload.downcast_ref::<&'static str>().copied();
    literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
}

/// Whether the panic is that of a `todo!`.
fn is_todo(payload: &(dyn Any + Send)) -> bool {
    text_of(payload).is_some_and(|text| text.starts_with(TODO))
}

/// Whether the panic was that of a `todo!`, once nothing else is asked about it.
pub(crate) fn was_todo(payload: Box<dyn Any + Send>) -> bool {
    let is_todo = is_todo(payload.as_ref());
    // Not dropped: the payload is the solution's, and its `drop` could panic again.
    mem::forget(payload);
    is_todo
}

/// Prints the input in whose last line the solution panics.
pub(crate) fn say_input(input: &str) {
    eprintln!("{PANICS_ON}{input}");
}

/// Does it, and prints the input if it panics; the panic goes on.
pub(crate) fn naming<R>(input: impl FnOnce() -> String, body: impl FnOnce() -> R) -> R {
    panic::catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|payload| {
        if !is_todo(payload.as_ref()) {
            say_input(&input());
        }
        // Not a new panic: that would have this file as its place.
        panic::resume_unwind(payload)
    })
}
