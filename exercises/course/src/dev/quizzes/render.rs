//! The page of a quiz: Markdown that stock mdBook turns into forms and fold-outs.
//!
//! The page is whole without a script: each question is a fieldset to tick or fill in,
//! and the answer with all reasons folds out below. `book/theme/quiz.js` finds in the
//! attributes what it needs to check an answer, and enables the button; until then it
//! is disabled, and a form with a disabled button sends nothing.
//!
//! Prompts and options stand inside `<legend>` and `<label>`, where Markdown is not
//! read, so they are made HTML here. What may hold paragraphs stays Markdown, between
//! blank lines, and mdBook renders it as it renders the chapter.

use std::fmt::Write;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use sha2::{Digest, Sha256};

use super::source::{Choice, Kind, Output, Question, Quiz, Short};
use crate::practice::book;

/// Tells an author who opens the page where to write instead.
const MADE_BY: &str =
    "<!-- Made from book/quizzes/CHAPTER.toml by `cargo course dev quizzes`; change that file. -->";

/// In front of each question's id, on the page.
const ID: &str = "data-id=\"";

/// The page of a chapter's quiz, given the chapter's text.
pub(super) fn page(name: &str, quiz: &Quiz, chapter: &str) -> String {
    let n = quiz.questions.len();
    let mut page = format!(
        "{}\n<div class=\"quiz\" data-quiz=\"{name}\">\n\n",
        MADE_BY.replace("CHAPTER", name)
    );
    for (question, number) in quiz.questions.iter().zip(1..) {
        let part = Part {
            name,
            question,
            number,
        };
        page += &part.form(chapter);
    }
    let _ = write!(
        page,
        "<p class=\"quiz-score\"><span role=\"status\">{n} questions</span> <button type=\"button\" disabled>Clear all answers</button></p>\n</div>\n"
    );
    page
}

/// The ids of the questions on a page, in order.
pub(super) fn ids(page: &str) -> Vec<String> {
    let found = page.split(ID).skip(1);
    found
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// One question of the page.
struct Part<'a> {
    name: &'a str,
    question: &'a Question,
    number: usize,
}

impl Part<'_> {
    /// Unique in the whole book, because one page for printing holds all of it.
    fn html_id(&self) -> String {
        let (chapter, _) = self.name.split_once('-').unwrap_or((self.name, ""));
        format!("quiz-{chapter}-{}", self.question.id)
    }

    fn form(&self, chapter: &str) -> String {
        let Question { id, kind, .. } = self.question;
        let (html_id, number) = (self.html_id(), self.number);
        let (prompt, below) = self.question.prompt();
        let (kind_name, data, fields, answer) = match kind {
            Kind::Choice(choice) => (
                "choice",
                String::new(),
                self.options(choice),
                of_choice(choice),
            ),
            Kind::Short(short) => (
                "short",
                short_data(short),
                self.field(short),
                of_short(short),
            ),
            Kind::Output(output) => (
                "output",
                accept(&[&output.output]),
                self.area(output),
                of_output(output),
            ),
        };
        let below = if below.is_empty() {
            String::new()
        } else {
            format!("{below}\n\n")
        };
        format!(
            "<form class=\"quiz-question\" id=\"{html_id}\" {ID}{id}\" data-kind=\"{kind_name}\"{data}>\n\
             <fieldset>\n<legend><span class=\"quiz-number\">{number}.</span> {}</legend>\n\n\
             {below}{fields}</fieldset>\n\
             <p class=\"quiz-check\"><button type=\"submit\" disabled>Check<span class=\"quiz-spoken\"> question {number}</span></button></p>\n\
             <div class=\"quiz-verdict\" role=\"status\"></div>\n\
             <details class=\"quiz-answer\">\n<summary>Answer to question {number}</summary>\n\n\
             {answer}{}{}</details>\n</form>\n\n",
            inline(prompt),
            self.mistakes(),
            self.section(chapter),
        )
    }

    fn options(&self, choice: &Choice) -> String {
        let kind = if choice.takes_several() {
            "checkbox"
        } else {
            "radio"
        };
        let mut list = "<ol class=\"quiz-options\">\n".to_owned();
        for (answer, letter) in choice.answers.iter().zip('a'..) {
            let right = if answer.right { " data-right" } else { "" };
            let _ = writeln!(
                list,
                "<li><label><input type=\"{kind}\" name=\"{}\" value=\"{}\"{right}> <span class=\"quiz-letter\">{letter})</span> <span>{}</span></label></li>",
                self.html_id(),
                value(&answer.text),
                inline(answer.text.trim()),
            );
        }
        list + "</ol>\n"
    }

    fn field(&self, short: &Short) -> String {
        let unit = short.unit.as_deref().map(escape).unwrap_or_default();
        let (in_unit, behind) = match unit.as_str() {
            "" => (String::new(), String::new()),
            unit => (
                format!("<span class=\"quiz-spoken\"> in {unit}</span>"),
                format!(" <span aria-hidden=\"true\">{unit}</span>"),
            ),
        };
        let id = self.html_id();
        format!(
            "<p class=\"quiz-field\"><label for=\"{id}-field\">Your answer{in_unit}</label> <input type=\"text\" id=\"{id}-field\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\">{behind}</p>\n"
        )
    }

    fn area(&self, output: &Output) -> String {
        let id = self.html_id();
        format!(
            "```rust,edition2024\n{}\n```\n\n<p class=\"quiz-field\"><label for=\"{id}-field\">It prints</label> <textarea id=\"{id}-field\" rows=\"{}\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\"></textarea></p>\n",
            output.program.trim(),
            // Not as many as there are lines: that would be half of the answer.
            output.output.trim().lines().count().max(3),
        )
    }

    /// Wrong answers that are told apart, as paragraphs that the script finds.
    fn mistakes(&self) -> String {
        let each = self.question.mistakes().iter().map(|mistake| {
            let answer = mistake.answer.trim();
            why(
                &format!("data-for=\"{}\"", escape(answer)),
                &format!("Not {}.", code(answer)),
                &mistake.why,
            )
        });
        each.collect()
    }

    fn section(&self, chapter: &str) -> String {
        let section = &self.question.section;
        let heading = book::heading(chapter, section).unwrap_or(section);
        format!("\nExplained under [{heading}](#{section}).\n\n")
    }
}

fn of_choice(choice: &Choice) -> String {
    let each = choice.answers.iter().zip('a'..).map(|(answer, letter)| {
        let verdict = if answer.right { "right" } else { "wrong" };
        why(
            &format!("data-for=\"{}\"", value(&answer.text)),
            &format!("{letter}) is {verdict}."),
            &answer.why,
        )
    });
    each.collect()
}

fn of_short(short: &Short) -> String {
    // "66.7%", but "60 s".
    let unit = short.unit.as_deref().map(|unit| match unit {
        "%" => unit.to_owned(),
        unit => format!(" {unit}"),
    });
    let shown = match short.number {
        Some(number) => format!("{number}{}", unit.unwrap_or_default()),
        None => short
            .accept
            .first()
            .map_or_else(String::new, |answer| answer.trim().to_owned()),
    };
    // The full stop of a sentence would be read as part of a number.
    why("data-right", &format!("{}:", escape(&shown)), &short.why)
}

fn of_output(output: &Output) -> String {
    let printed = output.output.trim();
    let shown = format!("<div class=\"quiz-output\">\n\n```text\n{printed}\n```\n\n</div>\n");
    shown + &why("data-right", "", &output.why)
}

/// A reason, with the words in front of it in bold.
fn why(attribute: &str, head: &str, why: &str) -> String {
    let head = if head.is_empty() {
        String::new()
    } else {
        format!("**{head}** ")
    };
    format!(
        "<div class=\"quiz-why\" {attribute}>\n\n{head}{}\n\n</div>\n",
        why.trim()
    )
}

fn short_data(short: &Short) -> String {
    match (short.number, short.tolerance) {
        (Some(number), Some(tolerance)) => {
            let unit = short.unit.as_deref().map(escape).unwrap_or_default();
            format!(" data-number=\"{number}\" data-tolerance=\"{tolerance}\" data-unit=\"{unit}\"")
        }
        _ => {
            let answers: Vec<&str> = short.accept.iter().map(String::as_str).collect();
            accept(&answers)
        }
    }
}

fn accept(answers: &[&str]) -> String {
    let trimmed: Vec<&str> = answers.iter().map(|answer| answer.trim()).collect();
    let json = serde_json::Value::from(trimmed).to_string();
    format!(" data-accept=\"{}\"", escape(&json))
}

/// By which results remember an option: of its text, so that another order of the
/// options changes nothing and another text forgets.
fn value(text: &str) -> String {
    let digest = Sha256::digest(text.trim());
    digest[..4]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A paragraph of Markdown as HTML for the inside of a `<label>` or `<legend>`: without
/// the paragraph around it, and on one line, since a blank line would end the block.
fn inline(markdown: &str) -> String {
    let is_paragraph = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
        )
    };
    let events =
        Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).map(|event| match event {
            Event::SoftBreak => Event::Text(" ".into()),
            event => event,
        });
    let mut text = String::new();
    html::push_html(&mut text, events.filter(|event| !is_paragraph(event)));
    text.trim().replace('\n', " ")
}

/// A text as code, whatever it contains.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// A text for the inside of an element or of an attribute in double quotes. A line
/// break becomes a reference, because a blank line would end the block.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' => escaped += "&#10;",
            c => escaped.push(c),
        }
    }
    escaped
}
