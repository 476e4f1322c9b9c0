//! What evcxr is made to learn while nobody waits.
//!
//! rust-analyzer reads the standard library and the crates of a session when it is first
//! asked for a type, which takes seconds. So it is asked in the pauses: after the start, and
//! after a cell that changed the dependencies. A question cannot be stopped half way, hence
//! several small ones; a cell that comes meanwhile waits for one of them at most, and would
//! have waited for the same knowledge.

use crate::notebook;
use std::collections::VecDeque;

/// Asked one after the other: of which type is the last name? Not what may follow on it:
/// to list all methods takes several times as long, and no cell needs them.
const QUESTIONS: [&str; 2] = [
    "let list = vec![1]; list",
    "let map: std::collections::HashMap<_, _> = [(1, \"one\")].into_iter().collect(); map",
];

/// The questions that have not been asked yet.
#[derive(Debug)]
pub(super) struct Warming {
    questions: VecDeque<String>,
    /// What the notebook's dependencies are known to be.
    dependencies: String,
}

impl Warming {
    /// For a session that has just started.
    ///
    /// Its notebook's dependencies are read before its first cell asks for them. They are no
    /// dependencies of the session by that: a question leaves nothing behind.
    pub(super) fn at_start() -> Self {
        let mut warming = Self {
            questions: VecDeque::new(),
            dependencies: notebook::dependencies().unwrap_or_default(),
        };
        warming.ask_all();
        warming
    }

    /// A cell has been run: what it added to the dependencies has to be read as well.
    pub(super) fn after(&mut self, cell: &str) {
        if !notebook::dependency_lines(cell).is_empty() {
            self.dependencies.clear();
            self.questions.clear();
            self.ask_all();
        }
    }

    /// The next question.
    pub(super) fn next(&mut self) -> Option<String> {
        self.questions.pop_front()
    }

    fn ask_all(&mut self) {
        let questions = QUESTIONS.iter();
        self.questions
            .extend(questions.map(|question| format!("{}{question}", self.dependencies)));
    }
}
