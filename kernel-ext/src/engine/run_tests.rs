//! The line of progress among what else a cell shows.

use super::*;
use expect_test::{Expect, expect};

/// Something that happens before the cell's code starts, or its start.
enum Step {
    Progress(&'static str),
    Take(Report),
}
use Step::{Progress, Take};

#[track_caller]
fn check(has_shown: bool, steps: Vec<Step>, expected: Expect) {
    let mut shown = String::new();
    let mut sink = |output: Output| {
        shown += &match output {
            Output::Display { bundle, .. } => format!("display {:?}\n", bundle.get("text/plain")),
            Output::Update { bundle, .. } => format!("update {:?}\n", bundle.get("text/plain")),
            other => format!("{other:?}\n"),
        };
    };
    let mut run = Run::new("", &Arc::default(), None);
    run.has_shown = has_shown;
    for step in steps {
        match step {
            Progress(line) => run.progress(line, &mut sink),
            Take(report) => run.take(report, &mut sink),
        }
    }
    run.pass_on(&mut sink);
    expected.assert_eq(&shown);
}

fn started() -> Step {
    let library = "libcode.so".to_owned();
    Take(Report::Started { library })
}

fn text(text: &str) -> Step {
    let text = text.to_owned();
    let stream = Stream::Stdout;
    Take(Report::Text { stream, text })
}

#[test]
fn a_line_changes_and_goes_away_when_the_code_starts() {
    check(
        false,
        vec![
            Progress("getting ready"),
            Progress("compiling a"),
            started(),
            Progress("too late"),
            text("printed"),
        ],
        expect![[r#"
            display Some("getting ready …")
            update Some("compiling a …")
            Clear { wait: false }
            Stdout("printed")
        "#]],
    );
}

#[test]
fn what_a_thread_of_an_earlier_cell_prints_stays() {
    check(
        false,
        vec![
            Progress("compiling a"),
            text("tick\n"),
            Progress("compiling b"),
            started(),
        ],
        expect![[r#"
            display Some("compiling a …")
            Clear { wait: false }
            Stdout("tick\n")
        "#]],
    );
}

#[test]
fn what_a_command_has_shown_stays() {
    check(true, vec![Progress("compiling a"), started()], expect![""]);
}
