//! `cargo course doctor`: what the course needs, what is there, what to type.

use std::fmt::Write as _;
use std::process::ExitCode;

use super::paths::Layout;
use super::prerequisites::{Finding, State, look_for_all};

/// Prints the table; exit code 1 if something needed is missing.
pub(crate) fn run(layout: &Layout) -> ExitCode {
    let findings = look_for_all(layout);
    print!("{}", table(&findings));
    let missing = findings
        .iter()
        .filter(|finding| finding.state == State::Missing)
        .count();
    match missing {
        0 => {
            println!("\nEverything needed is there.");
            ExitCode::SUCCESS
        }
        1 => {
            println!("\n1 thing is missing. Install it and run `cargo course doctor` again.");
            ExitCode::FAILURE
        }
        _ => {
            println!(
                "\n{missing} things are missing. Install them and run `cargo course doctor` again."
            );
            ExitCode::FAILURE
        }
    }
}

/// What is worth telling before a start: nothing if all is well.
pub(crate) fn complaints(findings: &[Finding]) -> Option<String> {
    let bad: Vec<Finding> = findings
        .iter()
        .filter(|finding| finding.state == State::Missing)
        .cloned()
        .collect();
    (!bad.is_empty()).then(|| table(&bad))
}

/// One line for each finding; below those that are not there, how to get them.
///
/// # Time complexity
///
/// Linear in the number of findings.
fn table(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        let state = match finding.state {
            State::Ok => "ok",
            State::Added => "set-up adds it",
            State::Optional => "optional",
            State::Missing => "MISSING",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:<12}{:<16}{}", finding.name, state, finding.found);
        if finding.state != State::Ok {
            out.push_str(&how_to_mend(finding));
        }
    }
    out
}

fn how_to_mend(finding: &Finding) -> String {
    let mend = finding.mend;
    let lines = if mend.debian == mend.fedora && mend.fedora == mend.macos {
        vec![("", mend.debian)]
    } else {
        vec![
            ("Debian, Ubuntu: ", mend.debian),
            ("Fedora:         ", mend.fedora),
            ("macOS:          ", mend.macos),
        ]
    };
    lines
        .iter()
        .map(|(system, command)| format!("{:28}{system}{command}\n", ""))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::python;

    fn finding(state: State, found: &str) -> Finding {
        Finding {
            name: "Python",
            state,
            found: found.into(),
            mend: python::MEND,
        }
    }

    #[test]
    fn what_is_there_takes_one_line() {
        assert_eq!(
            table(&[finding(State::Ok, "Python 3.12.1")]),
            "Python      ok              Python 3.12.1\n"
        );
    }

    #[test]
    fn what_is_missing_comes_with_a_command_for_each_system() {
        let text = table(&[finding(State::Missing, "no Python")]);
        for command in [
            "apt install python3 python3-venv",
            "dnf install python3",
            "brew install python",
        ] {
            assert!(text.contains(command), "{text}");
        }
    }

    #[test]
    fn a_start_complains_of_what_is_needed_only() {
        assert_eq!(
            complaints(&[
                finding(State::Optional, "none"),
                finding(State::Added, "none")
            ]),
            None
        );
        assert!(complaints(&[finding(State::Missing, "none")]).is_some());
    }
}
