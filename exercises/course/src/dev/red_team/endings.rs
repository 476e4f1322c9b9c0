//! Attacks that end the process with the status of success, at every point where
//! a solution's code runs.

use std::panic;
use std::process::exit;

use exercises::catalog::Wrong;

use super::{Sum, solution};

const SAYS: &str = "ended the process with exit status 0";

pub(super) fn attacks() -> Vec<Wrong> {
    vec![
        solution::<InNew>("ExitInNew", SAYS),
        solution::<InAdd>("ExitInAdd", SAYS),
        solution::<InTotal>("ExitInTotal", SAYS),
        solution::<InDrop>("ExitInDrop", SAYS),
        solution::<InThread>("ExitInThread", SAYS),
        solution::<InPanicHook>("ExitInPanicHook", SAYS),
        solution::<InUnwinding>("ExitInUnwinding", SAYS),
        solution::<InPayload>("ExitInPayload", "it panicked"),
    ]
}

struct InNew;

impl Sum for InNew {
    fn new() -> Self {
        exit(0)
    }
}

struct InAdd;

impl Sum for InAdd {
    fn new() -> Self {
        Self
    }

    fn add(&mut self, _: u64) {
        exit(0)
    }
}

struct InTotal;

impl Sum for InTotal {
    fn new() -> Self {
        Self
    }

    fn total(&mut self) -> u64 {
        exit(0)
    }
}

struct InDrop;

impl Sum for InDrop {
    fn new() -> Self {
        Self
    }
}

impl Drop for InDrop {
    fn drop(&mut self) {
        exit(0)
    }
}

/// Another thread ends the process while the check waits.
struct InThread;

impl Sum for InThread {
    fn new() -> Self {
        let _ = std::thread::spawn(|| exit(0)).join();
        Self
    }
}

struct InPanicHook;

impl Sum for InPanicHook {
    fn new() -> Self {
        panic::set_hook(Box::new(|_| exit(0)));
        panic!("on to the hook");
    }
}

/// Ends the process while the grader unwinds a panic.
struct InUnwinding;

impl Sum for InUnwinding {
    fn new() -> Self {
        let _guard = InDrop;
        panic!("on to the guard");
    }
}

/// Waits for the grader to drop the panic's payload.
struct InPayload;

impl Sum for InPayload {
    fn new() -> Self {
        panic::panic_any(InDrop)
    }
}
