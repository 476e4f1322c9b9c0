//! Catching a solution's panic, with the place where it happened.
//!
//! The place is known to the panic hook only, and the hook is global. So the hook
//! stays set just for as long as a check runs, and remembers per thread: a panic
//! of a thread that the solution started is printed, not mistaken for the check's.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::check::{Check, Seed};
use super::outcome::{Outcome, Reason};
use super::unwinding::{TODO, text_of};

const NO_TEXT: &str = "a value that is no text";

thread_local! {
    static GRADED: RefCell<Option<Caught>> = const { RefCell::new(None) };
}

/// What the hook noticed on a thread that runs a check.
#[derive(Default)]
struct Caught {
    message: String,
    location: Option<String>,
}

/// Held while the hook is set: two guards that overlap would restore each other's hook.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send>;

/// Restores the hook that was there before.
pub(super) struct HookGuard {
    _turn: MutexGuard<'static, ()>,
    previous: Option<Hook>,
}

impl HookGuard {
    /// Sets the remembering hook until the guard is dropped; waits for its turn.
    pub(super) fn set() -> Self {
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let previous = Some(panic::take_hook());
        panic::set_hook(Box::new(remember));
        Self {
            _turn: turn,
            previous,
        }
    }
}

impl Drop for HookGuard {
    fn drop(&mut self) {
        if let Some(previous) = self.previous.take() {
            panic::set_hook(previous);
        }
    }
}

fn remember(info: &PanicHookInfo<'_>) {
    let location = info.location().map(ToString::to_string);
    let message = info.payload_as_str().unwrap_or(NO_TEXT);
    GRADED.with_borrow_mut(|graded| match graded {
        Some(caught) => {
            *caught = Caught {
                message: message.to_owned(),
                location,
            }
        }
        None => eprintln!(
            "a thread of the solution panicked at {}: {message}",
            location.as_deref().unwrap_or("an unknown place"),
        ),
    });
}

/// Runs a check on this thread and turns a panic into a reason.
pub(super) fn outcome_of(check: &Check, seed: Seed) -> Outcome {
    GRADED.set(Some(Caught::default()));
    let ended = panic::catch_unwind(AssertUnwindSafe(|| check.attempt(seed)));
    let caught = GRADED.take().unwrap_or_default();
    match ended {
        Ok(Ok(())) => Outcome::Passed,
        Ok(Err(counterexample)) => Reason::RuleBroken { counterexample }.into(),
        Err(payload) => reason_for(payload, caught).into(),
    }
}

fn reason_for(payload: Box<dyn Any + Send>, caught: Caught) -> Reason {
    // The hook missed it if the solution had set one of its own.
    let mut message = text_of(payload.as_ref()).map_or(caught.message, str::to_owned);
    if message.is_empty() {
        message = NO_TEXT.to_owned();
    }
    // Not dropped: the payload is the solution's, and its `drop` could panic again.
    std::mem::forget(payload);
    let location = caught.location;
    match message.strip_prefix(TODO) {
        Some(rest) if rest.is_empty() || rest.starts_with(": ") => Reason::NotWritten {
            hint: rest.trim_start_matches(": ").to_owned(),
            location,
        },
        _ => Reason::Panicked { message, location },
    }
}
