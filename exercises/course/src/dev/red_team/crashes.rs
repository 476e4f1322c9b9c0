//! Attacks, and accidents, that crash the process or meddle with panics.

use std::{panic, process};

use exercises::catalog::Wrong;

use super::{Sum, solution};

pub(super) fn attacks() -> Vec<Wrong> {
    vec![
        solution::<Aborts>("Aborts", "SIGABRT"),
        solution::<OverflowsTheStack>("OverflowsTheStack", "overflowed the stack"),
        solution::<ChangesTheHook>("ChangesTheHook", "it panicked: nobody prints this"),
        solution::<PanicsInDrop>("PanicsInDrop", "it panicked: in drop"),
        solution::<CatchesItself>("CatchesItself", "expected 10, actual 0"),
        solution::<ResumesWithoutMessage>("ResumesWithoutMessage", "it panicked"),
    ]
}

struct Aborts;

impl Sum for Aborts {
    fn new() -> Self {
        process::abort()
    }
}

struct OverflowsTheStack;

impl Sum for OverflowsTheStack {
    fn new() -> Self {
        Self
    }

    fn total(&mut self) -> u64 {
        deeper(u64::MAX)
    }
}

/// Keeps a part of each call alive, so that no optimisation makes it a loop.
fn deeper(n: u64) -> u64 {
    let local = std::hint::black_box([n; 64]);
    if n == 0 { 0 } else { local[7] ^ deeper(n - 1) }
}

struct ChangesTheHook;

impl Sum for ChangesTheHook {
    fn new() -> Self {
        panic::set_hook(Box::new(|_| {}));
        panic!("nobody prints this")
    }
}

struct PanicsInDrop;

impl Sum for PanicsInDrop {
    fn new() -> Self {
        Self
    }
}

impl Drop for PanicsInDrop {
    fn drop(&mut self) {
        panic!("in drop")
    }
}

/// Hides its own failure, and has nothing to show for it.
struct CatchesItself(u64);

impl Sum for CatchesItself {
    fn new() -> Self {
        Self(0)
    }

    fn add(&mut self, number: u64) {
        let _ = panic::catch_unwind(|| assert_eq!(number, 0, "caught"));
    }

    fn total(&mut self) -> u64 {
        self.0
    }
}

/// Unwinds past the hook, with a payload that is no text.
struct ResumesWithoutMessage;

impl Sum for ResumesWithoutMessage {
    fn new() -> Self {
        panic::resume_unwind(Box::new(()))
    }
}
