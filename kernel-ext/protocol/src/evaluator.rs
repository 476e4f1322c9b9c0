//! What the protocol asks of a language: run a cell, complete, inspect, stop.
//!
//! Implement [`Evaluator`] to get a kernel. The trait knows nothing of messages:
//! outputs go to a [`Sink`] as they appear, the value or the failure comes back.

use crate::Bundle;
use std::sync::Arc;

/// A cell to run.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// The cell's source.
    pub code: &'a str,
    /// Its execution count, by which error messages can name it.
    pub count: usize,
    /// Whether the front end can be asked for input.
    pub allows_input: bool,
}

/// Something a running cell shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Text on standard output.
    Stdout(String),
    /// Text on standard error.
    Stderr(String),
    /// Rich output that is not the cell's value.
    Display {
        /// What to show.
        bundle: Bundle,
        /// A name by which an [update](Output::Update) can find it again.
        id: Option<String>,
    },
    /// Other content for everything that was shown under that name.
    Update {
        /// What to show instead.
        bundle: Bundle,
        /// The name.
        id: String,
    },
    /// Something to read beside the notebook, in the front end's pager.
    Page(Bundle),
    /// Take away what the cell has shown so far.
    Clear {
        /// Not before something else is shown: no flicker.
        wait: bool,
    },
    /// A line of input is wanted; the answer comes by [`Remote::input`].
    ///
    /// Only for a cell that [allows](Cell::allows_input) it.
    InputWanted {
        /// What to ask.
        prompt: String,
        /// Whether what is typed must not be seen.
        is_secret: bool,
    },
}

/// Where a running cell's outputs go, in order, each as soon as it exists.
pub type Sink<'a> = dyn FnMut(Output) + 'a;

/// Why a cell failed, as the front end shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The kind of failure: a short name such as `Panic`.
    pub ename: String,
    /// What happened, in one sentence.
    pub evalue: String,
    /// What the front end prints, line by line; may use ANSI colours.
    pub traceback: Vec<String>,
}

impl Failure {
    /// A failure whose traceback is `ename: evalue` and the given lines.
    ///
    /// Front ends print the traceback alone, so it always repeats the message.
    pub fn new(ename: &str, evalue: impl Into<String>, details: Vec<String>) -> Self {
        const RED: &str = "\u{1b}[31m";
        const RESET: &str = "\u{1b}[0m";
        let evalue = evalue.into();
        let mut traceback = vec![format!("{RED}{ename}{RESET}: {evalue}")];
        traceback.extend(details);
        Self {
            ename: ename.to_owned(),
            evalue,
            traceback,
        }
    }
}

/// One proposal for the text at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The text to insert.
    pub text: String,
    /// What it is (`function`, `struct`, `magic` …), for the front end's icon.
    pub kind: String,
}

/// Proposals, and the range of bytes in the cell which they replace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completions {
    /// The proposals, best first.
    pub items: Vec<Completion>,
    /// Byte offset at which the replaced text starts.
    pub start: usize,
    /// Byte offset at which it ends.
    pub end: usize,
}

/// Whether code can be run as it stands; asked by consoles when Enter is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completeness {
    /// It can be run.
    Complete,
    /// More lines are needed; the next one should start with this indent.
    Incomplete(String),
    /// No further line can make it valid.
    Invalid,
}

/// What others may do to the running cell, from any thread.
///
/// Every call returns at once; without a running cell, nothing happens.
pub trait Remote: Send + Sync {
    /// Asks for its stop.
    fn interrupt(&self);

    /// Gives it the line of input that it has [asked for](Output::InputWanted), without
    /// a line break.
    fn input(&self, _line: String) {}

    /// Tells it that nobody is there any more who could answer.
    fn end_of_input(&self) {}

    /// Tells it that the kernel is about to end, and that another one follows.
    fn restart(&self) {}
}

/// Tells, from any thread, that there is output [between cells](Evaluator::between_cells).
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// A language behind the protocol.
///
/// Called from one thread, one request at a time. Creating an evaluator must be
/// quick: a front end waits for `kernel_info`, which needs no evaluator, and a slow
/// start belongs on a thread of its own.
///
/// # Examples
///
/// A language whose programs are their own results:
///
/// ```
/// use kernel_protocol::{Bundle, Cell, Completeness, Evaluator, Failure, Output, Remote, Sink};
/// use std::sync::Arc;
///
/// struct Echo;
/// struct Never;
/// impl Remote for Never {
///     fn interrupt(&self) {}
/// }
/// impl Evaluator for Echo {
///     fn execute(&mut self, cell: Cell<'_>, sink: &mut Sink<'_>) -> Result<Option<Bundle>, Failure> {
///         sink(Output::Stdout(format!("cell {}\n", cell.count)));
///         Ok(Some(Bundle::text(cell.code)))
///     }
///     fn remote(&self) -> Arc<dyn Remote> {
///         Arc::new(Never)
///     }
/// }
///
/// let mut shown = Vec::new();
/// let cell = Cell { code: "hello", count: 1, allows_input: false };
/// let value = Echo.execute(cell, &mut |output| shown.push(output));
/// assert_eq!(value, Ok(Some(Bundle::text("hello"))));
/// assert_eq!(shown, [Output::Stdout("cell 1\n".into())]);
/// ```
pub trait Evaluator {
    /// Runs a cell to its end. All its output has gone to `sink` when this returns.
    ///
    /// # Errors
    ///
    /// A [`Failure`] if the cell did not run to its end, whatever the reason.
    fn execute(&mut self, cell: Cell<'_>, sink: &mut Sink<'_>) -> Result<Option<Bundle>, Failure>;

    /// Called before a cell is announced; [`Self::execute`] follows, whatever happens. From now
    /// on, an interrupt is meant for that cell.
    fn expect_cell(&mut self) {}

    /// Proposals for the text before `cursor` (a byte offset on a `char` boundary).
    fn complete(&mut self, _code: &str, cursor: usize) -> Completions {
        Completions {
            items: Vec::new(),
            start: cursor,
            end: cursor,
        }
    }

    /// What is known about the name at `cursor` (a byte offset), if anything.
    fn inspect(&mut self, _code: &str, _cursor: usize) -> Option<Bundle> {
        None
    }

    /// Whether the code can be run as it stands.
    fn is_complete(&mut self, _code: &str) -> Completeness {
        Completeness::Complete
    }

    /// Shows what has come since the last cell ended, for instance from a thread that it
    /// has left running.
    fn between_cells(&mut self, _sink: &mut Sink<'_>) {}

    /// Takes the way to say that there is such output. May be used too often: the calls
    /// between two answers count as one.
    fn set_waker(&mut self, _waker: Waker) {}

    /// A handle by which other threads stop the running cell and give it input.
    fn remote(&self) -> Arc<dyn Remote>;

    /// Ends every process and removes every file of the evaluator.
    fn shutdown(&mut self) {}
}
