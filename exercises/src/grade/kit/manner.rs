//! How a solution fails, and that of a panic it is learnt without ending the check.

use std::panic::{self, AssertUnwindSafe};

use crate::grade::unwinding::was_todo;

/// In which manner an input fails; cutting it down must not change that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Differs,
    Panics,
    /// The panic of a `todo!`.
    Unwritten,
}

/// Does it, or says in which manner it panics.
pub(super) fn caught<R>(body: impl FnOnce() -> R) -> Result<R, Manner> {
    panic::catch_unwind(AssertUnwindSafe(body)).map_err(|payload| match was_todo(payload) {
        true => Manner::Unwritten,
        false => Manner::Panics,
    })
}
