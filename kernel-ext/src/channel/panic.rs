//! Panics, as the hooks tell of them.

use serde::{Deserialize, Serialize};

/// A panic in the process of the cells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Panic {
    /// Name of the thread; `main` for the one that runs cells.
    pub(crate) thread: String,
    /// Source file; for a cell, the file that evcxr generated.
    pub(crate) file: String,
    /// Line in that file, from 1.
    pub(crate) line: usize,
    /// Its message.
    pub(crate) message: String,
    /// The calls that led there, innermost first.
    pub(crate) calls: Vec<Call>,
}

/// A call that was under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Call {
    /// Path of the library, or program, that the calling code is in.
    pub(crate) library: String,
    /// Where in it, as its own tables count.
    pub(crate) address: u64,
}

impl Panic {
    /// From the line in which the hooks tell of it, which `hooks/panics.rs` describes.
    pub(crate) fn from_line(line: &str) -> Self {
        let mut fields = line.split('\0');
        let mut text = || unescape(fields.next().unwrap_or_default());
        let (thread, file, line, message) = (text(), text(), text(), text());
        let mut calls: Vec<Call> = Vec::new();
        while let (Some(library), Some(address)) = (fields.next(), fields.next()) {
            let library = match (library, calls.last()) {
                ("", Some(before)) => before.library.clone(),
                _ => unescape(library),
            };
            let Ok(address) = u64::from_str_radix(address, 16) else {
                break;
            };
            calls.push(Call { library, address });
        }
        Self {
            thread,
            file,
            line: line.parse().unwrap_or(0),
            message,
            calls,
        }
    }
}

/// Undoes the hooks' escaping of `\` and line breaks.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' if chars.next() == Some('n') => '\n',
            other => other,
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_keeps_a_message_with_line_breaks() {
        let panic = Panic::from_line("main\0src/lib.rs\x007\0left\\nright \\\\n");
        assert_eq!(panic.message, "left\nright \\n");
        assert_eq!(panic.thread, "main");
        assert_eq!((panic.file.as_str(), panic.line), ("src/lib.rs", 7));
    }

    #[test]
    fn a_call_without_a_library_is_in_the_one_before() {
        let panic = Panic::from_line("t\0f\x001\0m\0a.so\0ff\0\x0010\0b.so\x001");
        let calls = panic.calls.iter();
        let calls: Vec<_> = calls
            .map(|call| (call.library.as_str(), call.address))
            .collect();
        assert_eq!(calls, [("a.so", 255), ("a.so", 16), ("b.so", 1)]);
    }
}
