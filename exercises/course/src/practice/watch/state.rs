//! The loop without files, clock and screen: what happened goes in, what to do comes out.
//!
//! It knows which exercise is watched, what was found in its file, which question is
//! open, and what comes next. What an action needs (the grader, the learner's files, a
//! browser) has [`super::engine`]; how it looks say [`super::plain`] and
//! [`super::screen`].

use super::verdict::Verdict;
use super::words::{self, Ask, Place, Question};

/// How many runs of the grader may go on at once: a file that is saved again must not
/// wait for the end of an endless loop in what was saved before.
const MAX_RUNS: usize = 2;

/// What the loop knows of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) chapter: String,
    pub(super) minutes: u32,
    /// The learner's file, as shown to people.
    pub(super) file: String,
    pub(super) requires: Vec<String>,
    /// Solved, or tested out.
    pub(super) is_done: bool,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// The learner's file has another text than before.
    Saved,
    /// A key, or a line.
    Typed(String),
    /// A run of the grader has ended.
    Judged { run: u64, verdict: Verdict },
    /// An action has something to say.
    Told(String),
    /// The list that was asked for.
    Listed(String),
    /// There will be nothing more to read, or a signal says to stop.
    Stopped,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Grade the file of this exercise; the result is to name the run.
    Grade { run: u64, id: String },
    /// Find the next hint.
    Hint,
    /// Make the list.
    List,
    /// Put the fresh stub back.
    Reset,
    /// Open this.
    Open(Place),
    /// A new verdict is there to be shown.
    Show,
    /// Say this, where what was said before stays: on a screen, it is in the state.
    Say(String),
    /// End.
    Leave,
}

/// The state of the loop.
#[derive(Debug)]
pub(super) struct Core {
    cards: Vec<Card>,
    current: usize,
    /// Of the current exercise; none before the first.
    verdict: Option<Verdict>,
    /// The number of the last run that was begun.
    run: u64,
    n_running: usize,
    /// Whether the last run's result is still to come.
    is_waiting: bool,
    /// Whether the file was saved while no further run could begin.
    again: bool,
    question: Option<Question>,
    said: Option<String>,
    list: Option<String>,
}

impl Core {
    /// Watches the exercise at `current` of `cards`, which are in teaching order.
    pub(super) fn new(cards: Vec<Card>, current: usize) -> Self {
        Self {
            cards,
            current,
            verdict: None,
            run: 0,
            n_running: 0,
            is_waiting: false,
            again: false,
            question: None,
            said: None,
            list: None,
        }
    }

    /// The exercise that is watched.
    pub(super) fn card(&self) -> &Card {
        &self.cards[self.current]
    }

    /// What was found in its file last.
    pub(super) fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// Whether a result is on its way.
    pub(super) fn is_checking(&self) -> bool {
        self.is_waiting || self.again
    }

    /// The question that the next text answers.
    pub(super) fn question(&self) -> Option<Question> {
        self.question
    }

    /// What was said last.
    pub(super) fn said(&self) -> Option<&str> {
        self.said.as_deref()
    }

    /// The list, while it covers the result.
    pub(super) fn list(&self) -> Option<&str> {
        self.list.as_deref()
    }

    /// How many exercises are done, and how many there are.
    pub(super) fn done(&self) -> (usize, usize) {
        let n_done = self.cards.iter().filter(|card| card.is_done).count();
        (n_done, self.cards.len())
    }

    /// The exercises that this one builds on and that are not done.
    pub(super) fn missing(&self) -> Vec<&str> {
        let is_open = |id: &&String| self.cards.iter().any(|it| it.id == **id && !it.is_done);
        let required = self.card().requires.iter().filter(is_open);
        required.map(String::as_str).collect()
    }

    /// Whether this run's result would be the current one: it may be recorded.
    pub(super) fn awaits(&self, run: u64) -> bool {
        self.is_waiting && self.run == run
    }

    /// The exercise after this one that is open: of its chapter, in a circle; then, if
    /// the chapter does not wait for this one, of the course.
    pub(super) fn next(&self) -> Option<&Card> {
        self.next_index().map(|index| &self.cards[index])
    }

    fn next_index(&self) -> Option<usize> {
        let is_done = |id: &String| self.cards.iter().any(|card| card.id == *id && card.is_done);
        let is_open = |&index: &usize| {
            !self.cards[index].is_done && self.cards[index].requires.iter().all(is_done)
        };
        let others = || (self.current + 1..self.cards.len()).chain(0..self.current);
        let of_chapter = || others().filter(|&index| self.is_of_this_chapter(index));
        if let Some(next) = of_chapter().find(is_open) {
            return Some(next);
        }
        let waits = !self.card().is_done && of_chapter().any(|index| !self.cards[index].is_done);
        if waits { None } else { others().find(is_open) }
    }

    fn is_of_this_chapter(&self, index: usize) -> bool {
        self.cards[index].chapter == self.card().chapter
    }

    /// Takes what happened into account, and says what to do.
    pub(super) fn handle(&mut self, event: Event) -> Vec<Action> {
        match event {
            Event::Saved => self.grade(),
            Event::Typed(text) => self.typed(&text),
            Event::Judged { run, verdict } => self.judged(run, verdict),
            Event::Told(text) => self.say(text),
            Event::Listed(text) => {
                self.list = Some(text.clone());
                vec![Action::Say(text)]
            }
            Event::Stopped => vec![Action::Leave],
        }
    }

    /// Begins a run, or remembers to.
    fn grade(&mut self) -> Vec<Action> {
        if self.n_running >= MAX_RUNS {
            self.again = true;
            return Vec::new();
        }
        self.run += 1;
        self.n_running += 1;
        self.is_waiting = true;
        self.again = false;
        vec![Action::Grade {
            run: self.run,
            id: self.card().id.clone(),
        }]
    }

    fn judged(&mut self, run: u64, verdict: Verdict) -> Vec<Action> {
        self.n_running = self.n_running.saturating_sub(1);
        let mut actions = Vec::new();
        if self.awaits(run) {
            self.is_waiting = false;
            self.cards[self.current].is_done |= verdict.is_solved();
            self.verdict = Some(verdict);
            // A hint is for the text before; an open question stays open.
            if self.question.is_none() {
                self.said = None;
            }
            actions.push(Action::Show);
        }
        if self.again {
            actions.extend(self.grade());
        }
        actions
    }

    fn say(&mut self, text: impl Into<String>) -> Vec<Action> {
        let text = text.into();
        self.said = Some(text.clone());
        self.list = None;
        vec![Action::Say(text)]
    }

    fn typed(&mut self, text: &str) -> Vec<Action> {
        match self.question.take() {
            Some(Question::Open) => match words::place(text) {
                Some(place) => vec![Action::Open(place)],
                None => self.say("Nothing was opened."),
            },
            Some(Question::Reset) if words::is_yes(text) => vec![Action::Reset],
            Some(Question::Reset) => self.say("Nothing was reset."),
            None if text.trim().is_empty() => Vec::new(),
            None => match words::ask(text) {
                Some(ask) => self.asked(ask),
                None => self.say(format!("`{}` means nothing here.", text.trim())),
            },
        }
    }

    fn asked(&mut self, ask: Ask) -> Vec<Action> {
        match ask {
            Ask::Next => self.go_on(),
            Ask::Hint => vec![Action::Hint],
            // The key that opens the list closes it, too.
            Ask::List if self.list.take().is_some() => Vec::new(),
            Ask::List => vec![Action::List],
            Ask::Open => self.ask(Question::Open),
            Ask::OpenAt(place) => vec![Action::Open(place)],
            Ask::Check => self.grade(),
            Ask::Reset => self.ask(Question::Reset),
            Ask::Quit => vec![Action::Leave],
            Ask::Words => self.say(WORDS),
            Ask::Back => {
                self.said = None;
                self.list = None;
                Vec::new()
            }
        }
    }

    fn ask(&mut self, question: Question) -> Vec<Action> {
        self.question = Some(question);
        match question {
            Question::Open => self.say("Open what: book, notebook or editor?"),
            Question::Reset => {
                let file = &self.card().file;
                self.say(format!(
                    "Put a fresh {file} in place of yours, which is kept? yes or no"
                ))
            }
        }
    }

    /// Goes to the next open exercise.
    fn go_on(&mut self) -> Vec<Action> {
        let Some(next) = self.next_index() else {
            return self.say(self.why_no_next());
        };
        self.current = next;
        self.verdict = None;
        // What still runs is about the exercise before.
        self.is_waiting = false;
        let Card {
            title, id, file, ..
        } = self.card();
        let text = format!("{title} ({id}), in {file}.");
        let mut actions = self.say(text);
        actions.extend(self.grade());
        actions
    }

    fn why_no_next(&self) -> String {
        let (n_done, n_all) = self.done();
        match n_all - n_done {
            0 => "Every exercise of the course is done.".to_owned(),
            1 if !self.card().is_done => "This is the last exercise that is not done.".to_owned(),
            _ => format!(
                "Every other exercise of the chapter builds on one that is not done; {} comes first.",
                self.card().title
            ),
        }
    }
}

const WORDS: &str = "n or next: the next exercise. h or hint: a hint for the first rule that does not \
    hold. l or list: every exercise. o or open: the book page, the notebook or the editor. \
    c or check: check again. r or reset: a fresh file; yours is kept. q or quit: end.";

#[cfg(test)]
mod tests;
