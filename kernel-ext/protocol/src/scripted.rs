//! An evaluator that does what its cells say, for testing everything around it.
//!
//! Each line of a cell is one action, so that a test shows what happens where it is
//! read. It evaluates nothing and is of no use outside tests.

use crate::Bundle;
use crate::evaluator::{
    Cell, Completeness, Completion, Completions, Evaluator, Failure, Output, Remote, Sink, Waker,
};
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

/// The scripted evaluator.
///
/// Its actions: `print TEXT`, `warn TEXT` (standard error), `show TEXT` (rich output),
/// `name ID TEXT` (the same, under a name), `update ID TEXT`, `clear`, `page TEXT`, `ask PROMPT`
/// (prints the line that it is given, or `nobody is there`), `later TEXT` (printed when the cell has ended),
/// `value TEXT` (the cell's value), `fail TEXT`, and `wait`, which ends only by an
/// interrupt. Any other line does nothing.
///
/// # Examples
///
/// ```
/// use kernel_protocol::{Cell, Evaluator, Output, Scripted};
///
/// let mut shown = Vec::new();
/// let cell = Cell { code: "print a\nfail b", count: 1, allows_input: true };
/// let failure = Scripted::default().execute(cell, &mut |output| shown.push(output));
/// assert_eq!(failure.unwrap_err().evalue, "b");
/// assert_eq!(shown, [Output::Stdout("a\n".into())]);
/// ```
#[derive(Default)]
pub struct Scripted {
    cell: Arc<Running>,
    waker: Option<Waker>,
    later: Vec<String>,
}

impl fmt::Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scripted").finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Running {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_running: bool,
    is_interrupted: bool,
    input: Option<String>,
}

impl Remote for Running {
    fn interrupt(&self) {
        let mut state = self.lock();
        state.is_interrupted = state.is_running;
        self.changed.notify_all();
    }

    fn input(&self, line: String) {
        self.lock().input = Some(line);
        self.changed.notify_all();
    }

    fn end_of_input(&self) {
        self.input("nobody is there".to_owned());
    }
}

impl Running {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("no test panics while it holds this")
    }

    fn set_running(&self, is_running: bool) {
        *self.lock() = State {
            is_running,
            ..State::default()
        };
    }

    /// The line of input, or nothing after an interrupt.
    fn wait(&self) -> Option<String> {
        let must_wait = |state: &mut State| !state.is_interrupted && state.input.is_none();
        let state = self.changed.wait_while(self.lock(), must_wait);
        state
            .expect("no test panics while it holds this")
            .input
            .take()
    }
}

impl Evaluator for Scripted {
    fn execute(&mut self, cell: Cell<'_>, sink: &mut Sink<'_>) -> Result<Option<Bundle>, Failure> {
        self.cell.set_running(true);
        let result = self.follow(cell.code, sink);
        self.cell.set_running(false);
        if let Some(waker) = &self.waker
            && !self.later.is_empty()
        {
            waker();
        }
        result
    }

    fn between_cells(&mut self, sink: &mut Sink<'_>) {
        for text in self.later.drain(..) {
            sink(Output::Stdout(format!("{text}\n")));
        }
    }

    fn set_waker(&mut self, waker: Waker) {
        self.waker = Some(waker);
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

    fn remote(&self) -> Arc<dyn Remote> {
        Arc::clone(&self.cell) as Arc<dyn Remote>
    }
}

impl Scripted {
    fn follow(&mut self, script: &str, sink: &mut Sink<'_>) -> Result<Option<Bundle>, Failure> {
        let mut value = None;
        for line in script.lines() {
            let (action, text) = split(line);
            let (id, named) = split(text);
            let id = id.to_owned();
            match action {
                "print" => sink(Output::Stdout(format!("{text}\n"))),
                "warn" => sink(Output::Stderr(format!("{text}\n"))),
                "show" => sink(show(text, None)),
                "name" => sink(show(named, Some(id))),
                "update" => sink(Output::Update {
                    bundle: Bundle::text(named),
                    id,
                }),
                "page" => sink(Output::Page(Bundle::text(text))),
                "clear" => sink(Output::Clear { wait: false }),
                "later" => self.later.push(text.to_owned()),
                "value" => value = Some(Bundle::text(text)),
                "fail" => return Err(Failure::new("Scripted", text, Vec::new())),
                "ask" => {
                    sink(Output::InputWanted {
                        prompt: text.to_owned(),
                        is_secret: false,
                    });
                    let line = self.cell.wait().ok_or_else(stopped)?;
                    sink(Output::Stdout(format!("{line}\n")));
                }
                "wait" => {
                    self.cell.wait();
                    return Err(stopped());
                }
                _ => {}
            }
        }
        Ok(value)
    }
}

fn split(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

fn show(text: &str, id: Option<String>) -> Output {
    let bundle = Bundle::text(text);
    Output::Display { bundle, id }
}

fn stopped() -> Failure {
    Failure::new("Interrupted", "stopped", Vec::new())
}
