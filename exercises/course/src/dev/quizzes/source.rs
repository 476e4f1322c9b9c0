//! A quiz as its author writes it: `book/quizzes/NN-topic.toml`.
//!
//! The types hold what the file says and nothing that can be worked out from it;
//! whether it makes sense is `lint.rs`'s business. Fields that nobody knows are an
//! error, so that a misspelt `tolerence` is not silently no tolerance.

use serde::Deserialize;

use crate::dev::fault::Fault;

/// One chapter's quiz.
#[derive(Debug, Clone)]
pub(super) struct Quiz {
    /// Ids of questions that were taken away. They are never given out again, because
    /// readers' browsers may still keep a result under them.
    pub(super) retired: Vec<String>,
    /// The questions, in the order in which they are asked.
    pub(super) questions: Vec<Question>,
}

/// The same before anything is known of the questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    retired: Vec<String>,
    #[serde(default)]
    question: Vec<toml::Table>,
}

impl Quiz {
    /// Reads a quiz; what cannot be read of it is a fault, with the question's id.
    ///
    /// Question by question, so that one run names every misspelt field.
    pub(super) fn read(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        const NEXT: &str = "book/src/contributing/add-a-quiz.md lists what can be written";
        let fault = |at: String, error: toml::de::Error| {
            Fault::new(at, error.to_string().trim_end().to_owned(), NEXT)
        };
        let document: Document =
            toml::from_str(text).map_err(|error| vec![fault(file.to_owned(), error)])?;
        let (mut questions, mut faults) = (Vec::new(), Vec::new());
        for (table, number) in document.question.into_iter().zip(1..) {
            let id = table.get("id").and_then(toml::Value::as_str);
            let at = id.map_or_else(|| format!("question {number}"), str::to_owned);
            match table.try_into() {
                Ok(question) => questions.push(question),
                Err(error) => faults.push(fault(format!("{file}: {at}"), error)),
            }
        }
        let retired = document.retired;
        let quiz = Self { retired, questions };
        if faults.is_empty() {
            Ok(quiz)
        } else {
            Err(faults)
        }
    }
}

/// One question.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Question {
    /// Name of the question, unique in its quiz, under which results are kept.
    pub(super) id: String,
    /// The fragment of the chapter's heading that teaches the answer.
    pub(super) section: String,
    /// What is asked, in Markdown; the first paragraph is the question itself.
    pub(super) prompt: String,
    #[serde(flatten)]
    pub(super) kind: Kind,
}

/// How a question is answered.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Kind {
    /// By choosing: one option, or all that are right.
    Choice(Choice),
    /// By typing a word or a number.
    Short(Short),
    /// By typing what a program prints.
    Output(Output),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choice {
    #[serde(default)]
    pub(super) answers: Vec<Answer>,
}

/// An option of a choice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// The option, in Markdown of one paragraph.
    pub(super) text: String,
    #[serde(default)]
    pub(super) right: bool,
    /// Why it is right, or which misconception leads to it.
    pub(super) why: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Short {
    /// Answers that are right, compared without case, spacing and the style of units;
    /// the first is the one that is shown.
    #[serde(default)]
    pub(super) accept: Vec<String>,
    /// The right number, instead of `accept`.
    pub(super) number: Option<f64>,
    /// How far from `number` an answer may be.
    pub(super) tolerance: Option<f64>,
    /// Unit of `number`, shown behind the field.
    pub(super) unit: Option<String>,
    pub(super) why: String,
    #[serde(default)]
    pub(super) mistakes: Vec<Mistake>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Output {
    /// A whole program that uses the standard library only.
    pub(super) program: String,
    /// What it prints, without blanks at both ends.
    pub(super) output: String,
    pub(super) why: String,
    #[serde(default)]
    pub(super) mistakes: Vec<Mistake>,
}

/// A wrong answer that people really give where they have to type.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mistake {
    pub(super) answer: String,
    /// The misconception that leads to it.
    pub(super) why: String,
}

impl Question {
    /// The question itself, and what follows below it.
    pub(super) fn prompt(&self) -> (&str, &str) {
        let prompt = self.prompt.trim();
        prompt
            .split_once("\n\n")
            .map_or((prompt, ""), |(first, rest)| (first, rest.trim()))
    }

    /// The wrong answers that are explained where an answer is typed.
    pub(super) fn mistakes(&self) -> &[Mistake] {
        match &self.kind {
            Kind::Choice(_) => &[],
            Kind::Short(short) => &short.mistakes,
            Kind::Output(output) => &output.mistakes,
        }
    }
}

impl Choice {
    /// How many options are right.
    pub(super) fn n_right(&self) -> usize {
        self.answers.iter().filter(|answer| answer.right).count()
    }

    /// Whether several options may be chosen.
    pub(super) fn takes_several(&self) -> bool {
        self.n_right() > 1
    }
}

/// The answer as different spellings of it are alike: the page compares so, too, and
/// knows units besides (`book/theme/quiz.js`).
pub(super) fn plain(answer: &str) -> String {
    let kept = answer.chars().filter(|c| !c.is_whitespace());
    kept.flat_map(char::to_lowercase).collect()
}
