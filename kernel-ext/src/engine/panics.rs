//! A panic in words: its place in the cell, and the calls of the user's that led there.

use super::backtrace::{self, Step};
use super::calls::{self, Function};
use super::places::{Place, Places};
use crate::channel::Panic;
use std::path::Path;

/// What evcxr calls the file that it generates.
const GENERATED: &str = "src/lib.rs";

/// Which calls are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// Those in cells, if there is more than the one that panicked.
    #[default]
    Short,
    /// All, those of libraries included.
    Full,
    /// None.
    Off,
}

impl Style {
    /// # Errors
    ///
    /// If it is none; the message names all.
    pub(super) fn parse(name: &str) -> Result<Self, String> {
        match name {
            "short" => Ok(Self::Short),
            "full" => Ok(Self::Full),
            "off" => Ok(Self::Off),
            other => Err(format!("`{other}` is not `short`, `full` or `off`")),
        }
    }

    /// What it lists, as a line of text.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Short => "backtraces are short: they list the calls in cells\n",
            Self::Full => "backtraces are full: they list all calls\n",
            Self::Off => "backtraces are off\n",
        }
    }
}

/// Describes panics.
#[derive(Debug, Default)]
pub(super) struct Panics {
    pub(super) places: Places,
    pub(super) style: Style,
}

impl Panics {
    /// Lines for the traceback: the place of the panic, its line, and the calls.
    pub(super) fn describe(&self, panic: &Panic) -> Vec<String> {
        if panic.file.is_empty() {
            return Vec::new();
        }
        let found = self.find(panic);
        let mut lines = match &found {
            Some(Place { count, line, text }) => vec![
                format!("  --> cell {count}, line {line}"),
                format!("{line:>4} | {text}"),
            ],
            None => vec![format!("  --> {}:{}", panic.file, panic.line)],
        };
        lines.extend(self.calls(panic, found.is_some()));
        lines
    }

    /// A panic that did not end the cell, in the words of the standard library.
    pub(super) fn describe_caught(&self, panic: &Panic) -> String {
        let Panic {
            thread, message, ..
        } = panic;
        let place = match self.find(panic) {
            Some(Place { count, line, .. }) => format!("cell {count}, line {line}"),
            None => format!("{}:{}", panic.file, panic.line),
        };
        let mut text = format!("thread '{thread}' panicked at {place}:\n{message}\n");
        for line in self.calls(panic, true) {
            text += &line;
            text.push('\n');
        }
        text
    }

    fn find(&self, panic: &Panic) -> Option<Place> {
        if panic.file != GENERATED {
            return None;
        }
        let libraries = panic.calls.iter().map(|call| Path::new(&call.library));
        let library = libraries
            .into_iter()
            .find(|path| self.places.owner(path).is_some());
        let library = library.unwrap_or_else(|| self.places.latest());
        self.places.find(library, panic.line)
    }

    /// `is_shown`: whether the place of the panic itself has been shown.
    fn calls(&self, panic: &Panic, is_shown: bool) -> Vec<String> {
        match self.style {
            Style::Off => Vec::new(),
            Style::Full => {
                let steps = backtrace::resolve(panic.calls.iter());
                let calls = steps.iter().map(|step| self.in_full(step));
                listed("all calls, innermost first:", calls)
            }
            Style::Short => {
                let calls = self.of_cells(panic);
                if calls.len() > usize::from(is_shown) {
                    let title = "calls, innermost first (`:backtrace full` shows all):";
                    listed(title, calls.into_iter())
                } else {
                    Vec::new()
                }
            }
        }
    }

    fn of_cells(&self, panic: &Panic) -> Vec<String> {
        let is_of_cell = |library: &str| self.places.owner(Path::new(library)).is_some();
        let calls = panic.calls.iter();
        let steps = backtrace::resolve(calls.filter(|call| is_of_cell(&call.library)));
        let mut found: Vec<(Function, String)> = Vec::new();
        for step in &steps {
            let Some(function) = self.function(step) else {
                continue;
            };
            let place = self.place_of(step, &function);
            // Once with its inlined part, once without.
            let is_again = |(before, at): &(Function, String)| {
                *before == Function::Statements && at.starts_with(&place)
            };
            if function == Function::Statements && found.last().is_some_and(is_again) {
                continue;
            }
            found.push((function, place));
        }
        // The outermost call of the thread that runs cells are a cell's own statements.
        if let Some((outermost, _)) = found.last_mut()
            && panic.thread == "main"
            && *outermost == Function::Closure
        {
            *outermost = Function::Statements;
        }
        let shown = found.iter().map(|(function, place)| match function {
            Function::Statements => format!("the cell{place}"),
            Function::Closure => format!("a closure{place}"),
            Function::Named(name) => format!("{name}{place}"),
        });
        shown.collect()
    }

    fn function(&self, step: &Step) -> Option<Function> {
        let file = step.at.as_ref().map(|(file, _)| Path::new(file));
        let is_in_cell = file.is_some_and(|file| file.ends_with(GENERATED));
        if file.is_some() && !is_in_cell {
            return None;
        }
        self.places.owner(&step.library)?;
        calls::classify(&step.function, is_in_cell)
    }

    /// `, at ` and cell and line, as far as known: optimised code may be of no line.
    fn place_of(&self, step: &Step, function: &Function) -> String {
        let at = step.at.as_ref();
        let found = at.and_then(|(_, line)| self.places.find(&step.library, *line));
        match (found, self.places.owner(&step.library), function) {
            (Some(Place { count, line, .. }), ..) => format!(", at cell {count}, line {line}"),
            (None, Some(count), Function::Statements) => format!(", at cell {count}"),
            // A function may come from an earlier cell.
            _ => String::new(),
        }
    }

    fn in_full(&self, step: &Step) -> String {
        let Step { function, at, .. } = step;
        match (self.function(step), at) {
            (Some(own), _) => format!("{function}{}", self.place_of(step, &own)),
            (None, Some((file, line))) => format!("{function}\n           at {file}:{line}"),
            (None, None) => function.clone(),
        }
    }
}

/// Numbered; a call that repeats, as in a recursion, is listed once.
fn listed(title: &str, calls: impl Iterator<Item = String>) -> Vec<String> {
    let mut merged: Vec<(String, usize)> = Vec::new();
    for call in calls {
        match merged.last_mut() {
            Some((before, times)) if *before == call => *times += 1,
            _ => merged.push((call, 1)),
        }
    }
    let lines = merged.iter().enumerate().map(|(index, (call, times))| {
        let times = match times {
            1 => String::new(),
            times => format!(" ({times} times)"),
        };
        format!("{index:>4}: {call}{times}")
    });
    std::iter::once(title.to_owned()).chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::SOURCE_EXTENSION;
    use expect_test::expect;

    #[test]
    fn the_place_is_a_line_of_the_cell() {
        let directory = tempfile::tempdir().unwrap();
        let library = directory.path().join("libcode_1.so");
        std::fs::write(library.with_extension(SOURCE_EXTENSION), "{\npanic!()").unwrap();
        let mut panics = Panics::default();
        panics.places.begin(7, "panic!()");
        panics.places.loaded(library.to_str().unwrap());
        let mut panic = Panic {
            thread: "worker".to_owned(),
            message: "boom".to_owned(),
            file: GENERATED.to_owned(),
            line: 2,
            calls: Vec::new(),
        };
        let shown = |panic: &Panic| format!("boom\n{}", panics.describe(panic).join("\n"));
        expect![[r#"
            boom
              --> cell 7, line 1
               1 | panic!()"#]]
        .assert_eq(&shown(&panic));
        expect![[r#"
            thread 'worker' panicked at cell 7, line 1:
            boom
        "#]]
        .assert_eq(&panics.describe_caught(&panic));
        panic.file = "/elsewhere/lib.rs".to_owned();
        expect![[r#"
            boom
              --> /elsewhere/lib.rs:2"#]]
        .assert_eq(&shown(&panic));
    }

    #[test]
    fn a_recursion_is_listed_once() {
        let calls = ["f", "f", "f", "g"].map(str::to_owned).into_iter();
        let lines = listed("calls:", calls).join("\n");
        expect![[r#"
            calls:
               0: f (3 times)
               1: g"#]]
        .assert_eq(&lines);
    }
}
