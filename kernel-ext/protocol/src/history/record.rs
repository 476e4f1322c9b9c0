//! A line of the history's file.
//!
//! Use it to write a line or to understand one. An input and its result are records of
//! their own, so that an input is kept whose cell never ends. Each names its session:
//! the lines of kernels that run at the same time are mixed.

use serde::{Deserialize, Serialize};

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Record {
    /// A kernel has started, and taken the number.
    Session { session: usize },
    /// A cell is about to run.
    Input {
        session: usize,
        line: usize,
        text: String,
    },
    /// A cell has ended with a result.
    Output {
        session: usize,
        line: usize,
        text: String,
    },
}

impl Record {
    /// The session that the line is about.
    pub(super) fn session(&self) -> usize {
        match self {
            Self::Session { session }
            | Self::Input { session, .. }
            | Self::Output { session, .. } => *session,
        }
    }

    /// The record as one line, its end included.
    pub(super) fn to_line(&self) -> serde_json::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    #[track_caller]
    fn check(record: Record, expected: Expect) {
        let line = record.to_line().unwrap();
        assert_eq!(serde_json::from_slice::<Record>(&line).unwrap(), record);
        expected.assert_eq(&String::from_utf8(line).unwrap());
    }

    #[test]
    fn a_record_is_one_line_whatever_its_text() {
        check(
            Record::Input {
                session: 2,
                line: 1,
                text: "let é = \"🦀\";\né".to_owned(),
            },
            expect![[r#"
                {"kind":"input","session":2,"line":1,"text":"let é = \"🦀\";\né"}
            "#]],
        );
    }

    #[test]
    fn a_session_is_a_record_without_a_line() {
        check(
            Record::Session { session: 2 },
            expect![[r#"
                {"kind":"session","session":2}
            "#]],
        );
    }
}
