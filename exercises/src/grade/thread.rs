//! A check on a thread of its own, with a time limit.
//!
//! For types that exist in a notebook's process only and cannot be sent to another. A
//! thread cannot be ended from outside: one that takes too long is left behind, still
//! running, and what to do about it is the caller's decision.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::check::{Check, Seed};
use super::millis;
use super::outcome::{Outcome, Reason};
use super::panics::outcome_of;

/// As large as a main thread's stack usually is, so that a recursion which works
/// in a stub works in a notebook.
const STACK_BYTES: usize = 8 << 20;

/// Tries a check; the caller holds a [`HookGuard`](super::panics::HookGuard), so that a
/// panic is reported with its place.
pub(super) fn on_a_thread(check: Check, seed: Seed, limit: Duration) -> Outcome {
    let (answer, answered) = mpsc::channel();
    let body = move || {
        // Nobody listens any more if the time was up.
        let _ = answer.send(outcome_of(&check, seed));
    };
    if let Err(error) = thread::Builder::new().stack_size(STACK_BYTES).spawn(body) {
        return Reason::NotStarted {
            error: error.to_string(),
        }
        .into();
    }
    match answered.recv_timeout(limit) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => Reason::TimedOut {
            limit_ms: millis(limit),
        }
        .into(),
        // The thread ended without an answer, which only ending it from outside can do.
        Err(RecvTimeoutError::Disconnected) => Reason::ProcessEnded { code: None }.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::panics::HookGuard;
    use super::*;

    #[test]
    fn an_endless_check_is_left_behind() {
        let endless = Check::new("never-ends", "Any rule.", |_| {
            loop {
                thread::park();
            }
        });
        let outcome = on_a_thread(endless, 0, Duration::from_millis(50));
        assert_eq!(outcome, Reason::TimedOut { limit_ms: 50 }.into());
    }

    #[test]
    fn a_panic_is_reported_with_its_place() {
        let _hook = HookGuard::set();
        let panics = Check::new("panics", "Any rule.", |_| panic!("index 7 is out of range"));
        let Outcome::Failed {
            reason:
                Reason::Panicked {
                    location: Some(place),
                    ..
                },
        } = on_a_thread(panics, 0, Duration::from_secs(60))
        else {
            panic!("no panic with a place");
        };
        assert!(place.starts_with(file!()), "{place}");
    }
}
