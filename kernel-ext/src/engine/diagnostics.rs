//! The compiler's diagnostics, on the lines of the cell.
//!
//! rustc reports on the file that evcxr generates around a cell. evcxr maps the spans
//! back; this draws them with the library that rustc's own output comes from. What
//! points outside the cell is shown as rustc rendered it.

use super::imports::Imports;
use super::rewrite::Edited;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use evcxr::CompilationError;
use kernel_protocol::{Failure, chars_to_bytes};
use serde_json::Value;
use std::ops::Range;

/// The failure that a list of diagnostics is.
///
/// `cell` is what the compiler has seen, `code` what the user wrote.
pub(super) fn failure(
    errors: &[CompilationError],
    cell: &Edited,
    code: &str,
    name: &str,
) -> Failure {
    if errors.iter().all(|error| error.level() == "help") {
        return unnameable(errors);
    }
    let errors = errors.iter().filter(|error| !is_about_storing(error));
    let imports = Imports::of(cell);
    let diagnostics = errors.map(|error| Diagnostic::new(error, cell, &imports));
    let diagnostics: Vec<_> = diagnostics.collect();
    describe(&diagnostics, code, name)
}

/// Whether it is about the variables of earlier cells, as parameters of a function that evcxr
/// writes to find out what is wrong with a new one.
///
/// To rustc, a reference among them does not live long enough there; in a cell it does.
fn is_about_storing(error: &CompilationError) -> bool {
    error.code() == Some("E0521") && error.rendered().contains("evcxr_variable_store(")
}

/// Whether a diagnostic is about anything that the user wrote.
pub(super) fn is_in_cell(error: &CompilationError, cell: &Edited, imports: &Imports) -> bool {
    !Diagnostic::new(error, cell, imports).spans.is_empty()
}

/// The failure that evcxr does not see: a `let` that ends at byte `end`, with no pattern.
pub(super) fn let_without_pattern(end: usize, cell: &str, name: &str) -> Failure {
    let diagnostic = Diagnostic {
        is_error: true,
        message: "expected a pattern after `let`".to_owned(),
        spans: vec![Span {
            range: end - "let".len()..end,
            label: "for instance `let x = 1;`".to_owned(),
            is_primary: true,
        }],
        ..Diagnostic::default()
    };
    describe(&[diagnostic], cell, name)
}

/// A diagnostic with its spans as byte ranges of the cell.
#[derive(Debug, Default)]
struct Diagnostic {
    is_error: bool,
    code: Option<String>,
    message: String,
    spans: Vec<Span>,
    children: Vec<Child>,
    /// As rustc drew it, on the generated file.
    rendered: String,
}

#[derive(Debug)]
struct Span {
    range: Range<usize>,
    label: String,
    is_primary: bool,
}

/// Line and column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: (usize, usize),
    end: (usize, usize),
}

/// A note or a help, with the place it is about where that is in the cell.
#[derive(Debug)]
struct Child {
    is_help: bool,
    message: String,
    span: Option<Span>,
    replacement: Option<String>,
}

impl Diagnostic {
    fn new(error: &CompilationError, cell: &Edited, imports: &Imports) -> Self {
        let spanned = error.spanned_messages().iter();
        let spans = spanned.filter_map(|message| {
            let at = message.span?;
            let place = Place {
                start: (at.start_line, at.start_column),
                end: (at.end_line, at.end_column),
            };
            // evcxr repeats the message where rustc has no label.
            let repeats = message.label == format!("{}: {}", error.level(), error.message());
            let label = if repeats { "" } else { &message.label };
            Span::new(&place, label, message.is_primary, cell)
        });
        let mut spans: Vec<Span> = spans.collect();
        let found = error.json["spans"].as_array().into_iter().flatten();
        spans.extend(found.filter_map(|span| Span::of_import(span, imports, cell)));
        Self {
            is_error: error.level() != "warning",
            code: error.code().map(str::to_owned),
            message: without_progress(&error.message()),
            spans,
            children: children(error, cell, imports),
            rendered: error.rendered(),
        }
    }

    /// The message with its code, in one line.
    fn title(&self) -> String {
        match &self.code {
            Some(code) => format!("{} ({code})", self.message),
            None => self.message.clone(),
        }
    }

    /// Its code, where the compiler's documentation explains that; lints have names.
    fn explained(&self) -> Option<&str> {
        let code = self.code.as_deref()?;
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        code.strip_prefix('E')
            .is_some_and(is_number)
            .then_some(code)
    }

    fn render(&self, cell: &str, name: &str) -> String {
        if self.spans.is_empty() && !self.rendered.is_empty() {
            return self.rendered.trim_end().to_owned();
        }
        let level = if self.is_error {
            Level::ERROR
        } else {
            Level::WARNING
        };
        let mut title = level.primary_title(self.message.as_str());
        if let Some(code) = &self.code {
            title = title.id(code.as_str());
        }
        let mut group = Group::with_title(title);
        if !self.spans.is_empty() {
            group =
                group.element(snippet(cell, name).annotations(self.spans.iter().map(annotation)));
        }
        let mut groups = Vec::new();
        for child in &self.children {
            let level = if child.is_help {
                Level::HELP
            } else {
                Level::NOTE
            };
            match (&child.span, &child.replacement) {
                (Some(span), Some(replacement)) => {
                    groups.push(level.secondary_title(child.message.as_str()).element(
                        Snippet::source(cell).patch(Patch::new(span.range.clone(), replacement)),
                    ))
                }
                (Some(span), None) => groups.push(
                    level
                        .secondary_title(child.message.as_str())
                        .element(snippet(cell, name).annotation(annotation(span))),
                ),
                (None, _) => group = group.element(level.message(child.message.as_str())),
            }
        }
        groups.insert(0, group);
        Renderer::styled().render(&groups)
    }
}

impl Span {
    fn new(place: &Place, label: &str, is_primary: bool, cell: &Edited) -> Option<Self> {
        let start = offset(cell.code(), place.start)?;
        let end = offset(cell.code(), place.end)?;
        Some(Self {
            range: cell.original(&(start..end.max(start)))?,
            label: label.to_owned(),
            is_primary,
        })
    }

    /// One that evcxr has lost; `None` if it is of no import.
    fn of_import(span: &Value, imports: &Imports, cell: &Edited) -> Option<Self> {
        Some(Self {
            range: imports.place(span, cell)?,
            label: span["label"].as_str().unwrap_or_default().to_owned(),
            is_primary: span["is_primary"] == true,
        })
    }
}

fn snippet<'a>(cell: &'a str, name: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    Snippet::source(cell).path(name)
}

fn annotation(span: &Span) -> annotate_snippets::Annotation<'_> {
    let kind = if span.is_primary {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let annotation = kind.span(span.range.clone());
    if span.label.is_empty() {
        annotation
    } else {
        annotation.label(span.label.as_str())
    }
}

/// What cargo says about a dependency starts with what it was doing meanwhile.
fn without_progress(message: &str) -> String {
    let error = message.find("error: ").filter(|at| {
        let before = message[..*at].lines();
        before.clone().count() > 0 && before.clone().all(|line| line.starts_with("  "))
    });
    message[error.unwrap_or(0)..].to_owned()
}

/// evcxr gives the mapped spans of notes and helps as one list: one for every child with
/// exactly one span, in order.
fn children(error: &CompilationError, cell: &Edited, imports: &Imports) -> Vec<Child> {
    let mut mapped = error.help_spanned().iter();
    let mut found = Vec::new();
    let list = error.json["children"].as_array();
    for child in list.into_iter().flatten() {
        let spans = child["spans"].as_array();
        let only = spans
            .filter(|spans| spans.len() == 1)
            .map(|spans| &spans[0]);
        let at = only
            .and_then(|_| mapped.next())
            .and_then(|message| message.span);
        let place = at.map(|at| Place {
            start: (at.start_line, at.start_column),
            end: (at.end_line, at.end_column),
        });
        let text = |field: &str| only.and_then(|span| span[field].as_str());
        let label = text("label").unwrap_or_default();
        found.push(Child {
            is_help: child["level"] == "help",
            message: child["message"].as_str().unwrap_or_default().to_owned(),
            span: match place {
                Some(place) => Span::new(&place, label, true, cell),
                None => only.and_then(|span| Span::of_import(span, imports, cell)),
            },
            replacement: text("suggested_replacement").map(str::to_owned),
        });
    }
    found.extend(error.evcxr_extra_hint().map(|hint| Child {
        is_help: true,
        message: hint.to_owned(),
        span: None,
        replacement: None,
    }));
    found
}

/// The byte at a line and column, both counted from 1, the column in characters.
fn offset(text: &str, (line, column): (usize, usize)) -> Option<usize> {
    let mut starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts.nth(line.checked_sub(1)?)?;
    let rest = &text[start..];
    let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
    Some(start + chars_to_bytes(rest, column.checked_sub(1)?))
}

fn describe(diagnostics: &[Diagnostic], cell: &str, name: &str) -> Failure {
    let errors: Vec<_> = diagnostics.iter().filter(|found| found.is_error).collect();
    let Some(first) = errors.first() else {
        return only_warnings(diagnostics, cell, name);
    };
    let mut evalue = first.title();
    if errors.len() > 1 {
        evalue += &format!(", and {} more", errors.len() - 1);
    }
    let drawn = errors.iter().map(|error| error.render(cell, name));
    Failure {
        ename: "CompileError".to_owned(),
        evalue,
        traceback: drawn.chain(explanations(&errors)).collect(),
    }
}

/// Where the codes of the errors are explained, each once.
///
/// Plain addresses: front ends make links of those, and print a terminal's escape
/// sequence for a link as it is.
fn explanations(errors: &[&Diagnostic]) -> Vec<String> {
    let mut codes: Vec<_> = errors
        .iter()
        .filter_map(|error| error.explained())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let line = |code| format!("{code}: https://doc.rust-lang.org/error_codes/{code}.html");
    codes.into_iter().map(line).collect()
}

/// The compiler does not know a name that evcxr has written: the type of a variable.
///
/// evcxr passes on the compiler's help alone, because only that points into the cell.
fn unnameable(errors: &[CompilationError]) -> Failure {
    let helps = errors.iter().map(|error| {
        let spans = error.json["spans"].as_array();
        let lines = spans
            .into_iter()
            .flatten()
            .filter_map(|span| span["suggested_replacement"].as_str());
        let lines: Vec<_> = lines.map(|line| format!("    {}", line.trim())).collect();
        format!("help: {}\n{}", error.message(), lines.join("\n"))
    });
    let evalue = "the type of a variable of this cell has a name in it that is not in scope: \
                  import it, or give the variable a type of your own";
    Failure::new("CellRefused", evalue, helps.collect())
}

/// evcxr found a variable that it cannot keep, asked rustc why, and got warnings only.
fn only_warnings(diagnostics: &[Diagnostic], cell: &str, name: &str) -> Failure {
    let evalue = "the type of a variable of this cell cannot be kept for the next one: give it \
                  an explicit type, put a closure into a `Box<dyn Fn…>`, or put the cell in braces";
    let warnings = diagnostics.iter().map(|warning| warning.render(cell, name));
    Failure::new("CellRefused", evalue, warnings.collect())
}

#[cfg(test)]
#[path = "diagnostics_tests.rs"]
mod tests;
