//! What kept a check from its end, in more words than the report has: where to look, and
//! what the limit is.

use std::fs;

use exercises::grade::Reason;

use crate::practice::workspace::Workspace;

/// What happened and what it often means; nothing for a broken rule, which the hints are
/// about.
pub(super) fn in_words(workspace: &Workspace, reason: &Reason) -> Vec<String> {
    if let Reason::RuleBroken { .. } = reason {
        return Vec::new();
    }
    let mut lines = vec![format!("In the last check, {}.", happened(reason))];
    if let Reason::Panicked {
        location: Some(at), ..
    } = reason
    {
        lines.extend(source_line(workspace, at).map(|line| format!("That line is: {line}")));
    }
    lines.extend(meaning(reason).map(str::to_owned));
    lines.push(String::new());
    lines
}

fn happened(reason: &Reason) -> String {
    match reason {
        Reason::NotWritten {
            location: Some(at), ..
        } => format!("it came to the `todo!` at {at}"),
        Reason::NotWritten { location: None, .. } => "it came to a `todo!`".to_owned(),
        Reason::Panicked {
            message,
            location: Some(at),
        } => format!("it panicked at {at}: {message}"),
        other => other.to_string(),
    }
}

fn meaning(reason: &Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::TimedOut { .. } => {
            "A right solution needs less than a second. Look for a loop that does not come \
             closer to its end each time, or for a call that walks through everything kept."
        }
        Reason::OutOfMemory { .. } => {
            "Something grows without an end, or a size is computed wrongly: a subtraction that \
             wraps below zero, say."
        }
        Reason::StackOverflow => {
            "A function calls itself without an end. In an `impl` of the contract, \
             `self.add(…)` inside `add` is that very function again."
        }
        Reason::Killed { .. } | Reason::ProcessEnded { .. } => {
            "A solution answers by returning a value. It must not end the process, whatever it \
             is asked."
        }
        Reason::TooMuchOutput { .. } => {
            "Print less, or only in the case that you look at; the report shows the beginning \
             and the end of what is printed."
        }
        Reason::TooMuchDisk { .. } => "No exercise asks for files. Keep everything in memory.",
        Reason::Forbidden => {
            "No exercise needs another process or the network. What you need is in the contract."
        }
        Reason::NoSuchCheck | Reason::NotStarted { .. } => {
            "This says nothing about your solution. `cargo course doctor` looks for what is \
             missing on this machine."
        }
        Reason::Panicked { .. } => {
            "RUST_BACKTRACE does not help here; a `dbg!` before that line does, and the report \
             shows what it prints."
        }
        Reason::RuleBroken { .. } | Reason::NotWritten { .. } => return None,
    })
}

/// Why there is no input of the learner's own to show.
pub(super) fn why_no_trace(reason: Option<&Reason>) -> &'static str {
    match reason {
        Some(Reason::NotWritten { .. }) => "Nothing is written yet that could fail on an input. ",
        Some(Reason::RuleBroken { .. }) => "",
        Some(_) => "The check did not end, so it kept no input. ",
        None => "The rule was not tried yet. ",
    }
}

/// The line of the learner's file at `path:line:column`; none of another file.
fn source_line(workspace: &Workspace, at: &str) -> Option<String> {
    let mut parts = at.rsplitn(3, ':');
    let (_column, line, path) = (parts.next()?, parts.next()?, parts.next()?);
    if !path.ends_with(".rs") || path.starts_with('/') {
        return None;
    }
    let text = fs::read_to_string(workspace.home().join(path)).ok()?;
    let line: usize = line.parse().ok()?;
    Some(text.lines().nth(line.checked_sub(1)?)?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::progress::replace;

    #[track_caller]
    fn check(reason: &Reason, expected: &[&str]) {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let workspace = Workspace::at(folder.path());
        replace(&workspace.stub("ring"), b"//! Mine.\n    points[0]\n").expect("written");
        assert_eq!(in_words(&workspace, reason), expected);
    }

    #[test]
    fn a_panic_shows_its_line() {
        let reason = Reason::Panicked {
            message: "no entry".to_owned(),
            location: Some("exercises/stubs/ring.rs:2:5".to_owned()),
        };
        check(
            &reason,
            &[
                "In the last check, it panicked at exercises/stubs/ring.rs:2:5: no entry.",
                "That line is: points[0]",
                "RUST_BACKTRACE does not help here; a `dbg!` before that line does, and the \
                 report shows what it prints.",
                "",
            ],
        );
    }

    #[test]
    fn a_limit_is_named_with_what_often_exceeds_it() {
        check(
            &Reason::TimedOut { limit_ms: 10_000 },
            &[
                "In the last check, it did not finish within 10 s (an endless loop?).",
                "A right solution needs less than a second. Look for a loop that does not come \
                 closer to its end each time, or for a call that walks through everything kept.",
                "",
            ],
        );
    }

    #[test]
    fn only_lines_of_the_learners_own_files_are_shown() {
        let workspace = Workspace::at(std::path::Path::new("."));
        for at in ["/etc/hosts:1:1", "library/core/nowhere.rs:1:1", "nonsense"] {
            assert_eq!(source_line(&workspace, at), None, "{at}");
        }
    }
}
