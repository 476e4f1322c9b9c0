//! What a quiz must be, so that it teaches and does not give itself away.
//!
//! All faults are found in one run, each with the question and what to do. Whether a
//! program prints what the quiz says is another matter, in `programs.rs`.

use std::collections::BTreeSet;

use super::source::{Answer, Choice, Kind, Mistake, Output, Question, Quiz, Short, plain};
use crate::dev::catalog::is_name;
use crate::dev::fault::Fault;
use crate::practice::book;

/// Fewer leave out much of a chapter; more tire.
const QUESTIONS: std::ops::RangeInclusive<usize> = 8..=12;

/// A reason in fewer characters is a verdict.
const SHORTEST_REASON: usize = 20;

/// From so many choices on, a habit of the author's can be told from chance.
const HABIT: usize = 3;

/// Options that test the reader's reading, and fall to whoever knows two of the others.
const CATCH_ALLS: [&str; 5] = [
    "of the above",
    "all of these",
    "none of these",
    "both a and b",
    "all answers",
];

/// What a quiz is held against.
pub(super) struct Around<'a> {
    /// The quiz's file, as shown.
    pub(super) file: &'a str,
    /// The chapter's Markdown; none where it is not written.
    pub(super) chapter: Option<&'a str>,
    /// Ids of the questions on the page that was made before.
    pub(super) before: &'a [String],
}

/// The faults of one quiz.
pub(super) fn lint(quiz: &Quiz, around: &Around<'_>) -> Vec<Fault> {
    let mut lint = Lint {
        around,
        faults: Vec::new(),
    };
    lint.whole(quiz);
    lint.ids(quiz);
    lint.habits(quiz);
    for question in &quiz.questions {
        lint.question(question);
    }
    lint.faults
}

struct Lint<'a> {
    around: &'a Around<'a>,
    faults: Vec<Fault>,
}

impl Lint<'_> {
    fn whole_fault(&mut self, what: impl Into<String>, next: &str) {
        self.faults.push(Fault::new(self.around.file, what, next));
    }

    /// A fault of one question, unless the condition holds.
    fn require(&mut self, holds: bool, question: &Question, what: impl Into<String>, next: &str) {
        if !holds {
            let at = format!("{}: {}", self.around.file, question.id);
            self.faults.push(Fault::new(at, what, next));
        }
    }

    fn whole(&mut self, quiz: &Quiz) {
        let n = quiz.questions.len();
        if !QUESTIONS.contains(&n) {
            let (least, most) = QUESTIONS.into_inner();
            let next = format!("ask {least} to {most}, over the whole chapter");
            self.whole_fault(format!("it has {n} questions"), &next);
        }
        if self.around.chapter.is_none() {
            self.whole_fault(
                "there is no chapter of this name",
                "name the file as the chapter's page in book/points.txt, and write that first",
            );
        }
    }

    fn ids(&mut self, quiz: &Quiz) {
        let mut seen = BTreeSet::new();
        for question in &quiz.questions {
            let id = &question.id;
            self.require(
                is_name(id, '-'),
                question,
                "the id is not kebab-case",
                "write words of small letters and digits with hyphens between them",
            );
            self.require(
                seen.insert(id.as_str()),
                question,
                "two questions have this id",
                "name them apart; the one that was there first keeps its name",
            );
            self.require(
                !quiz.retired.contains(id),
                question,
                "the id was retired",
                "choose another: browsers may keep results of the old question under it",
            );
        }
        let known = |id: &&String| seen.contains(id.as_str()) || quiz.retired.contains(id);
        let lost: Vec<&String> = self.around.before.iter().filter(|id| !known(id)).collect();
        for id in lost {
            self.whole_fault(
                format!("the question `{id}` of the page as it is now is gone"),
                "give it its id back: readers' results are kept under it; if you took the question away, write the id into `retired = [\"…\"]` at the top",
            );
        }
    }

    /// Readers notice where the right option stands, and that it is the longest.
    fn habits(&mut self, quiz: &Quiz) {
        let single: Vec<&Choice> = quiz
            .questions
            .iter()
            .filter_map(|question| match &question.kind {
                Kind::Choice(choice) if choice.n_right() == 1 => Some(choice),
                _ => None,
            })
            .collect();
        let n = single.len();
        if n < HABIT {
            return;
        }
        let is_most = |count: usize| 3 * count > 2 * n;
        let longest = single.iter().filter(|choice| right_is_longest(choice));
        let n_longest = longest.count();
        if is_most(n_longest) {
            self.whole_fault(
                format!("in {n_longest} of {n} choices the right option is the longest"),
                "make the wrong ones as precise, or the right ones shorter",
            );
        }
        let places: Vec<usize> = single.iter().filter_map(|choice| place(choice)).collect();
        for at in 0..places.iter().max().map_or(0, |most| most + 1) {
            let count = places.iter().filter(|place| **place == at).count();
            if is_most(count) {
                self.whole_fault(
                    format!(
                        "in {count} of {n} choices the right option is number {}",
                        at + 1
                    ),
                    "put the options of some into another order",
                );
            }
        }
    }

    fn question(&mut self, question: &Question) {
        let heading = self
            .around
            .chapter
            .is_none_or(|text| book::heading(text, &question.section).is_some());
        self.require(
            heading,
            question,
            format!("the chapter has no heading `{}`", question.section),
            "name in `section` the heading that teaches the answer, as links do: small letters, hyphens for blanks, no other punctuation",
        );
        let (prompt, _) = question.prompt();
        self.require(
            !prompt.is_empty(),
            question,
            "it asks nothing",
            "write `prompt`",
        );
        match &question.kind {
            Kind::Choice(choice) => self.choice(question, choice),
            Kind::Short(short) => self.short(question, short),
            Kind::Output(output) => self.output(question, output),
        }
    }

    fn choice(&mut self, question: &Question, choice: &Choice) {
        let (n, n_right) = (choice.answers.len(), choice.n_right());
        self.require(
            n_right >= 1,
            question,
            "no option is right",
            "write `right = true` under the right one",
        );
        self.require(
            n_right < n,
            question,
            "no option is wrong",
            "add what a reader with a misconception would choose",
        );
        let says_all = question.prompt.to_lowercase().contains("choose all");
        self.require(
            says_all == choice.takes_several() || n_right == 0,
            question,
            format!("{n_right} of {n} options are right, and the prompt says otherwise"),
            "say \"choose all\" in the prompt if, and only if, several are",
        );
        let mut seen = BTreeSet::new();
        for answer in &choice.answers {
            self.require(
                seen.insert(plain(&answer.text)),
                question,
                format!("the option `{}` comes twice", answer.text),
                "take one away",
            );
            self.option(question, answer);
        }
    }

    fn option(&mut self, question: &Question, answer: &Answer) {
        let text = answer.text.trim();
        self.require(
            !text.is_empty() && !text.contains("\n\n"),
            question,
            format!("the option `{text}` is empty, or more than one paragraph"),
            "say it in one",
        );
        let lower = text.to_lowercase();
        self.require(
            !CATCH_ALLS.iter().any(|words| lower.contains(words)),
            question,
            format!("the option `{text}` is about the other options"),
            "let every option say something about the matter",
        );
        self.reason(question, &format!("the option `{text}`"), &answer.why);
    }

    fn short(&mut self, question: &Question, short: &Short) {
        self.require(
            short.accept.is_empty() == short.number.is_some(),
            question,
            "it has both accepted answers and a number, or neither",
            "write `accept = [\"…\"]`, or `number` and `tolerance`",
        );
        self.require(
            short.number.is_some() == short.tolerance.is_some(),
            question,
            "a number needs a tolerance, and only a number can have one",
            "say how far an answer may be from it: half of its last digit, say",
        );
        self.require(
            short.tolerance.is_none_or(|tolerance| tolerance > 0.0),
            question,
            "the tolerance is not above 0",
            "computers round; say how far an answer may be away",
        );
        self.require(
            short.unit.is_none() || short.number.is_some(),
            question,
            "it has a unit, but no number",
            "write the unit into the accepted answers",
        );
        let mut seen = BTreeSet::new();
        for answer in &short.accept {
            self.require(
                !answer.trim().is_empty(),
                question,
                "an accepted answer is empty",
                "take it away",
            );
            self.require(
                seen.insert(plain(answer)),
                question,
                format!("the answer `{answer}` is accepted twice"),
                "take one away: case and spacing make no difference",
            );
        }
        self.reason(question, "the answer", &short.why);
        let is_right = |answer: &str| match (short.number, short.tolerance) {
            (Some(number), Some(tolerance)) => answer
                .trim()
                .parse::<f64>()
                .is_ok_and(|given| (given - number).abs() <= tolerance),
            _ => seen.contains(&plain(answer)),
        };
        self.mistakes(question, &short.mistakes, is_right);
        for mistake in &short.mistakes {
            self.require(
                short.number.is_none() || mistake.answer.trim().parse::<f64>().is_ok(),
                question,
                format!("the mistake `{}` is no number", mistake.answer),
                "write the number alone, without its unit",
            );
        }
    }

    fn output(&mut self, question: &Question, output: &Output) {
        self.require(
            !output.output.trim().is_empty(),
            question,
            "the program prints nothing",
            "let it print what the question is about, and write that into `output`",
        );
        self.reason(question, "the output", &output.why);
        let right = plain(&output.output);
        self.mistakes(question, &output.mistakes, |answer| plain(answer) == right);
    }

    fn mistakes(
        &mut self,
        question: &Question,
        mistakes: &[Mistake],
        is_right: impl Fn(&str) -> bool,
    ) {
        let mut seen = BTreeSet::new();
        for mistake in mistakes {
            let answer = &mistake.answer;
            self.require(
                !is_right(answer) && !answer.trim().is_empty() && seen.insert(plain(answer)),
                question,
                format!("the mistake `{answer}` is empty, right, or listed twice"),
                "explain each wrong answer once",
            );
            self.reason(question, &format!("the mistake `{answer}`"), &mistake.why);
        }
    }

    fn reason(&mut self, question: &Question, of: &str, why: &str) {
        self.require(
            why.trim().chars().count() >= SHORTEST_REASON,
            question,
            format!("{of} has no reason"),
            "say in `why` why it is right, or which misconception leads to it",
        );
    }
}

/// Where the right option stands.
fn place(choice: &Choice) -> Option<usize> {
    choice.answers.iter().position(|answer| answer.right)
}

/// Whether the right option is longer than every other.
fn right_is_longest(choice: &Choice) -> bool {
    let length = |answer: &Answer| answer.text.trim().chars().count();
    let longest = |right: bool| {
        let of_kind = choice.answers.iter().filter(|answer| answer.right == right);
        of_kind.map(length).max().unwrap_or(0)
    };
    longest(true) > longest(false)
}
