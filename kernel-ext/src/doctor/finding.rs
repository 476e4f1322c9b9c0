//! One thing that was looked for.

use std::fmt;

/// What was found, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    name: &'static str,
    state: State,
    found: String,
    /// What to do; empty if nothing.
    mend: String,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    Good,
    /// Cells run without it.
    Optional,
    Bad,
}

impl Finding {
    pub(super) fn good(name: &'static str, found: impl Into<String>) -> Self {
        Self::new(name, State::Good, found.into(), "")
    }

    /// Something is not there that would be nice to have.
    pub(super) fn optional(name: &'static str, found: impl Into<String>, mend: &str) -> Self {
        Self::new(name, State::Optional, found.into(), mend)
    }

    pub(super) fn bad(name: &'static str, found: impl Into<String>, mend: &str) -> Self {
        Self::new(name, State::Bad, found.into(), mend)
    }

    fn new(name: &'static str, state: State, found: String, mend: &str) -> Self {
        Self {
            name,
            state,
            found,
            mend: mend.to_owned(),
        }
    }

    pub(super) fn is_bad(&self) -> bool {
        self.state == State::Bad
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Good => "ok",
            State::Optional => "optional",
            State::Bad => "BAD",
        };
        writeln!(f, "{:<12}{state:<10}{}", self.name, self.found)?;
        for line in self.mend.lines() {
            writeln!(f, "{:22}{line}", "")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn what_to_do_stands_below_what_was_found() {
        let findings = [
            Finding::good("rustc", "1.95.0"),
            Finding::bad("linker", "none", "install one:\n    apt install gcc"),
        ];
        expect![[r#"
            rustc       ok        1.95.0
            linker      BAD       none
                                  install one:
                                      apt install gcc
        "#]]
        .assert_eq(&findings.map(|finding| finding.to_string()).concat());
    }
}
