//! An evaluator that does what its cells say, for testing everything around it.
//!
//! Each line of a cell is one action, so that a test shows what happens where it is
//! read. It evaluates nothing and is of no use outside tests.

use crate::Bundle;
use crate::evaluator::{
    Cell, Completeness, Completion, Completions, Evaluator, Failure, Interrupt, Output, Sink,
};
use std::sync::{Arc, Condvar, Mutex};

/// The scripted evaluator.
///
/// Its actions: `print TEXT`, `warn TEXT` (standard error), `show TEXT` (rich
/// output), `value TEXT` (the cell's value), `fail TEXT`, and `wait`, which ends only
/// by an interrupt. Any other line does nothing.
///
/// # Examples
///
/// ```
/// use kernel_protocol::{Cell, Evaluator, Output, Scripted};
///
/// let mut shown = Vec::new();
/// let cell = Cell { code: "print a\nfail b", count: 1 };
/// let failure = Scripted::default().execute(cell, &mut |output| shown.push(output));
/// assert_eq!(failure.unwrap_err().evalue, "b");
/// assert_eq!(shown, [Output::Stdout("a\n".into())]);
/// ```
#[derive(Debug, Default)]
pub struct Scripted {
    stop: Arc<Stop>,
}

#[derive(Debug, Default)]
struct Stop {
    state: Mutex<StopState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct StopState {
    is_running: bool,
    is_interrupted: bool,
}

impl Interrupt for Stop {
    fn interrupt(&self) {
        let mut state = self
            .state
            .lock()
            .expect("no test panics while it holds this");
        state.is_interrupted = state.is_running;
        self.changed.notify_all();
    }
}

impl Stop {
    fn set_running(&self, is_running: bool) {
        let mut state = self
            .state
            .lock()
            .expect("no test panics while it holds this");
        *state = StopState {
            is_running,
            is_interrupted: false,
        };
    }

    fn wait(&self) {
        let state = self
            .state
            .lock()
            .expect("no test panics while it holds this");
        let ended = self
            .changed
            .wait_while(state, |state| !state.is_interrupted);
        drop(ended);
    }
}

impl Evaluator for Scripted {
    fn execute(&mut self, cell: Cell<'_>, sink: &mut Sink<'_>) -> Result<Option<Bundle>, Failure> {
        self.stop.set_running(true);
        let result = self.follow(cell.code, sink);
        self.stop.set_running(false);
        result
    }

    /// Proposes `print` and `prints` for the word before the cursor.
    fn complete(&mut self, code: &str, cursor: usize) -> Completions {
        let before = &code[..cursor];
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_alphanumeric())
            .last()
            .map_or(cursor, |(byte, _)| byte);
        let items = ["print", "prints"].map(|text| Completion {
            text: text.to_owned(),
            kind: "function".to_owned(),
        });
        Completions {
            items: items.into(),
            start,
            end: cursor,
        }
    }

    /// Knows the one name `print`.
    fn inspect(&mut self, code: &str, _cursor: usize) -> Option<Bundle> {
        (code == "print").then(|| Bundle::text("print TEXT"))
    }

    fn is_complete(&mut self, code: &str) -> Completeness {
        match code.chars().last() {
            Some('{') => Completeness::Incomplete("    ".to_owned()),
            Some('}') => Completeness::Invalid,
            _ => Completeness::Complete,
        }
    }

    fn interrupter(&self) -> Arc<dyn Interrupt> {
        Arc::clone(&self.stop) as Arc<dyn Interrupt>
    }
}

impl Scripted {
    fn follow(&self, script: &str, sink: &mut Sink<'_>) -> Result<Option<Bundle>, Failure> {
        let mut value = None;
        for line in script.lines() {
            let (action, text) = line.split_once(' ').unwrap_or((line, ""));
            match action {
                "print" => sink(Output::Stdout(format!("{text}\n"))),
                "warn" => sink(Output::Stderr(format!("{text}\n"))),
                "show" => sink(Output::Display(Bundle::text(text))),
                "value" => value = Some(Bundle::text(text)),
                "fail" => return Err(Failure::new("Scripted", text, Vec::new())),
                "wait" => {
                    self.stop.wait();
                    return Err(Failure::new("Interrupted", "stopped", Vec::new()));
                }
                _ => {}
            }
        }
        Ok(value)
    }
}
