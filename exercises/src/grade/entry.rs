//! What a stub's `main` calls: `cargo test -p exercises --test ID` ends up here.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::process::ExitCode;

use super::check::Check;
use super::child::{CHILD_FLAG, child};
use super::options::{Only, Options};
use super::process::Subject;
use super::run::run;
use super::terminal::Style;
use crate::catalog::{self, Exercise};

/// What libtest answers when a test fails; cargo adds no noise of its own to it.
const FAILED: u8 = 101;
/// What command lines answer to arguments that they do not know.
const MISUSED: u8 = 2;

const USAGE: &str = "\
usage: cargo test -p exercises --test EXERCISE -- [FILTER]... [OPTIONS]

  FILTER          run the checks whose name holds this text
  --exact         run the checks whose name equals FILTER
  --seed N        draw the random inputs from seed N (default 0)
  --nocapture     show what the solution prints for checks that pass, too
  --json          print the report as JSON
  --list          print the names of the checks";

/// Grades the stub of an exercise from the stub's own `main`.
///
/// `checks` are those of the learner's type. The program starts itself once for
/// each check and prints the report.
///
/// ```no_run
/// # use std::process::ExitCode;
/// # mod checks { pub fn all<T>() -> Vec<exercises::grade::Check> { Vec::new() } }
/// struct MyRing;
///
/// fn main() -> ExitCode {
///     exercises::grade::main("hash_ring", checks::all::<MyRing>)
/// }
/// ```
pub fn main(id: &str, checks: fn() -> Vec<Check>) -> ExitCode {
    if std::env::args_os().any(|argument| argument == CHILD_FLAG) {
        return child(checks);
    }
    let Some(exercise) = catalog::find(id) else {
        eprintln!("error: {}", catalog::unknown(id));
        return ExitCode::from(MISUSED);
    };
    match Arguments::parse(std::env::args_os().skip(1)) {
        Ok(arguments) if arguments.help => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        Ok(arguments) if arguments.list => list(&exercise, &arguments.options.only),
        Ok(arguments) => grade(&exercise, &arguments),
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}");
            ExitCode::from(MISUSED)
        }
    }
}

/// Prints the names as libtest does, for editors that ask.
fn list(exercise: &Exercise, only: &Only) -> ExitCode {
    let checks = (exercise.checks)();
    let wanted = checks.iter().filter(|check| only.wants(check.name));
    let n_checks = wanted.map(|check| println!("{}: test", check.name)).count();
    println!("\n{n_checks} tests, 0 benchmarks");
    ExitCode::SUCCESS
}

fn grade(exercise: &Exercise, arguments: &Arguments) -> ExitCode {
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => {
            eprintln!("error: this program cannot find itself to start a check: {error}");
            return ExitCode::from(MISUSED);
        }
    };
    let report = run(&Subject::new(program), exercise, &arguments.options);
    if report.checks.is_empty() {
        eprintln!(
            "error: no check of `{}` has a name with that text; --list prints the names",
            exercise.id
        );
        return ExitCode::from(MISUSED);
    }
    if arguments.json {
        println!("{}", report.to_json());
    } else {
        print!(
            "{}",
            report.to_terminal(Style::of_stdout().with_output(arguments.show_output))
        );
    }
    match report.all_hold() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(FAILED),
    }
}

/// The command line of a stub.
#[derive(Debug, Default, PartialEq, Eq)]
struct Arguments {
    options: Options,
    json: bool,
    list: bool,
    help: bool,
    show_output: bool,
}

impl Arguments {
    fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, lexopt::Error> {
        use lexopt::prelude::*;

        // Options of libtest that editors and habits add, and that change nothing here.
        let ignored = BTreeSet::from([
            "quiet",
            "ignored",
            "include-ignored",
            "force-run-in-process",
        ]);
        let ignored_with_value = BTreeSet::from(["test-threads", "color", "format"]);
        let mut parsed = Self::default();
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            match argument {
                Value(text) => parsed.options.only.names.push(text.string()?),
                Long("exact") => parsed.options.only.exact = true,
                Long("seed") => parsed.options.seed = parser.value()?.parse()?,
                Long("json") => parsed.json = true,
                Long("list") => parsed.list = true,
                Long("help") | Short('h') => parsed.help = true,
                Long("nocapture" | "no-capture" | "show-output") => parsed.show_output = true,
                Short('q') => {}
                Short('Z') => drop(parser.value()?),
                Long(name) if ignored.contains(name) => {}
                Long(name) if ignored_with_value.contains(name) => drop(parser.value()?),
                other => return Err(other.unexpected()),
            }
        }
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(line.split_whitespace().map(OsString::from))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn filters_seed_and_json_are_understood_in_any_order() {
        let expected = Arguments {
            options: Options {
                seed: 7,
                only: Only {
                    names: vec!["wraps".to_owned(), "join".to_owned()],
                    exact: false,
                },
                ..Options::default()
            },
            json: true,
            ..Arguments::default()
        };
        assert_eq!(parse("wraps --seed 7 --json join").as_ref(), Ok(&expected));
        assert_eq!(parse("--json --seed=7 wraps join").as_ref(), Ok(&expected));
    }

    #[test]
    fn what_editors_add_for_libtest_changes_nothing() {
        let line = "--quiet -q --test-threads=1 --test-threads 4 --format json -Z unstable-options --color always";
        assert_eq!(parse(line), Ok(Arguments::default()));
    }

    #[test]
    fn an_unknown_option_and_a_seed_that_is_no_number_are_named() {
        assert_eq!(parse("--sed 7"), Err("invalid option '--sed'".to_owned()));
        let error = parse("--seed seven").expect_err("no number");
        assert!(error.contains("seven"), "{error}");
    }
}
