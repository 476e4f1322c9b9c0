//! What evcxr is made to learn while nobody waits.
//!
//! rust-analyzer reads the standard library and the crates of a session when it is first
//! asked for a type, which takes seconds. So it is asked in the pauses: after the start, and
//! after a cell that changed the dependencies. A question cannot be stopped half way, hence
//! several small ones; a cell that comes meanwhile waits for one of them at most, and would
//! have waited for the same knowledge.

use super::notebook;
use super::statements::Statements;
use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

/// Asked one after the other: which names may stand at the end? The variable is one, and with
/// it comes its type, as evcxr wants it of a cell.
///
/// Nothing is compiled, so nobody's cargo is kept busy by it, and no error of a question takes
/// the place of the user's last one in `:explain`. Not by way of documentation: that looks for
/// traits in all crates, for minutes.
const QUESTIONS: [&str; 2] = [
    "let list = vec![1]; li",
    "let map: std::collections::HashMap<_, _> = [(1, \"one\")].into_iter().collect(); ma",
];

/// Environment variable: `off` where a processor must not be busy while nobody waits for it.
const WARMING_VAR: &str = "KERNEL_EXT_WARMING";

/// Who runs cell after cell is not to meet a question between two of them.
const THOUGHT: Duration = Duration::from_secs(2);

/// Who has run no cell for so long may be reading, and nobody minds a busy processor.
const REST: Duration = Duration::from_secs(5);

/// Whether pauses are used at all: not where nobody will run a second cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pauses {
    Used,
    Unused,
}

impl Pauses {
    /// For a kernel with a user, who may not want it: many kernels on one machine, or a battery.
    pub(crate) fn of_user() -> Self {
        match std::env::var_os(WARMING_VAR).is_some_and(|value| value == "off") {
            true => Self::Unused,
            false => Self::Used,
        }
    }
}

/// What to do in a pause.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// Ask rust-analyzer this.
    Ask(String),
    /// See to it that there is a [spare](crate::spare).
    ProvideSpare,
}

/// What has not been done yet.
#[derive(Debug)]
pub(super) struct Warming {
    pauses: Pauses,
    /// Whether somebody may run a cell at any moment, and would meet a question.
    is_awaited: bool,
    questions: VecDeque<String>,
    /// Not before a cell has been run: many notebooks are only opened.
    wants_spare: bool,
}

impl Warming {
    /// For a session that has just started.
    pub(super) fn at_start(pauses: Pauses) -> Self {
        let mut warming = Self {
            pauses,
            is_awaited: false,
            questions: VecDeque::new(),
            wants_spare: false,
        };
        warming.ask_all("");
        warming
    }

    /// It is known for which notebook the session is: its crates are read before its first
    /// cell asks for them. They are no dependencies of the session by that: a question leaves
    /// nothing behind.
    pub(super) fn open(&mut self, notebook: &Path) {
        // A spare that had nothing left to do is asked for by a restart.
        self.is_awaited |= self.questions.is_empty();
        let before = beginning(&notebook::opening(notebook));
        if !before.is_empty() {
            // These read the rest as well.
            self.questions.clear();
            self.ask_all(&before);
        }
    }

    /// How long nobody must want anything before the next task; `None` if there is none.
    pub(super) fn pause(&self) -> Option<Duration> {
        match self.questions.is_empty() {
            true => self.wants_spare.then_some(REST),
            false if self.is_awaited => Some(THOUGHT),
            false => Some(Duration::ZERO),
        }
    }

    /// A cell has been run: what it added to the dependencies has to be read as well.
    pub(super) fn after(&mut self, cell: &str) {
        self.is_awaited = true;
        self.wants_spare = self.pauses == Pauses::Used;
        if !notebook::dependency_lines(cell).is_empty() {
            self.questions.clear();
            self.ask_all("");
        }
    }

    /// The next task.
    pub(super) fn next(&mut self) -> Option<Task> {
        let question = self.questions.pop_front().map(Task::Ask);
        question.or_else(|| std::mem::take(&mut self.wants_spare).then_some(Task::ProvideSpare))
    }

    /// Takes up all questions, each behind what the session is to know for it.
    fn ask_all(&mut self, before: &str) {
        if self.pauses == Pauses::Used {
            let questions = QUESTIONS.iter();
            self.questions
                .extend(questions.map(|question| format!("{before}{question}")));
        }
    }
}

/// The dependencies and imports of a notebook's first cells.
fn beginning(cells: &[String]) -> String {
    let dependencies = cells.iter().map(|cell| notebook::dependency_lines(cell));
    let imports = cells.iter().filter_map(|cell| Statements::of(cell));
    let imports = imports.flat_map(|statements| statements.imports().collect::<Vec<_>>());
    let imports = imports.flat_map(|import| [import, "\n".to_owned()]);
    // Dependencies first: evcxr takes no command behind code.
    dependencies.chain(imports).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notebook_begins_with_its_crates() {
        let cells = [
            ":dep a\n// text\nuse a::A;\nlet n = A::new();",
            "use a::B;\nB",
            "(",
        ];
        let cells = cells.map(str::to_owned);
        assert_eq!(beginning(&cells), ":dep a\nuse a::A;\nuse a::B;\n");
        assert_eq!(beginning(&[]), "");
    }

    #[test]
    fn new_crates_are_asked_about_when_nobody_is_awaited() {
        let mut warming = Warming::at_start(Pauses::Used);
        assert_eq!(warming.pause(), Some(Duration::ZERO));
        warming.after("1 + 1");
        assert_eq!(warming.pause(), Some(THOUGHT));
        while warming.next().is_some() {}
        assert_eq!(warming.pause(), None);
        warming.after(":dep rand");
        assert_eq!(warming.pause(), Some(THOUGHT));
        let mut unused = Warming::at_start(Pauses::Unused);
        unused.after(":dep rand");
        assert_eq!(unused.pause(), None);
    }

    #[test]
    fn a_spare_is_provided_after_a_cell_when_there_is_nothing_else_to_do() {
        let mut warming = Warming::at_start(Pauses::Used);
        while let Some(task) = warming.next() {
            assert_ne!(task, Task::ProvideSpare);
        }
        warming.after("1 + 1");
        assert_eq!(warming.pause(), Some(REST));
        assert_eq!(warming.next(), Some(Task::ProvideSpare));
        assert_eq!(warming.next(), None);
        warming.after(":dep rand");
        assert!(matches!(warming.next(), Some(Task::Ask(_))));
    }
}
