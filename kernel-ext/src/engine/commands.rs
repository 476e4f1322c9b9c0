//! The kernel's own `:commands`, beside those of evcxr.
//!
//! They are taken out of a cell before evcxr sees it, and leave an empty line, so that
//! the lines of error messages stay right.

use super::panics::Style;
use super::statements;
use kernel_protocol::Failure;
use ra_ap_rustc_lexer::{FrontmatterAllowed, tokenize};
use std::fmt::Write as _;

/// A command and what it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// Shows the limit, or sets it.
    MemoryLimit(Option<Option<u64>>),
    /// Shows which calls the traceback of a panic lists, or sets it.
    Backtrace(Option<Style>),
    /// Shows where the time of the last cell went.
    Time,
    /// Shows what is known of a name, in the front end's pager.
    Page(String),
}

/// Name and description, for `:help`.
const HELP: [(&str, &str); 4] = [
    (
        ":backtrace",
        "Show or set (`short`, `full`, `off`) which calls the traceback of a panic lists",
    ),
    (
        ":memory_limit",
        "Show or set (`2 GiB`, `off`, `default`) how much memory a cell may use",
    ),
    (
        ":time",
        "Show where the time of the last cell went: analysis, compiler, linker, your code",
    ),
    (
        "?name",
        "Show the documentation of a variable, type or function beside the notebook",
    ),
];

/// A cell without the kernel's commands, and these.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Split {
    pub(super) code: String,
    pub(super) commands: Vec<Command>,
}

/// Takes the kernel's commands out of a cell.
///
/// # Errors
///
/// If an argument makes no sense; then nothing of the cell is to be run.
///
/// # Time complexity
///
/// O(n log n) in the length of the cell.
pub(super) fn split(cell: &str) -> Result<Split, Failure> {
    let mut code = String::new();
    let mut commands = Vec::new();
    // A line within a string or a comment is no command, whatever it looks like.
    let inside = inner_lines(cell);
    for (index, line) in cell.split_inclusive('\n').enumerate() {
        let command = if inside.binary_search(&index).is_ok() {
            None
        } else {
            parse(line.trim()).map_err(|why| Failure::new("CommandError", why, Vec::new()))?
        };
        match command {
            Some(command) => {
                commands.push(command);
                code.push('\n');
            }
            None => code.push_str(line),
        }
    }
    Ok(Split { code, commands })
}

fn parse(line: &str) -> Result<Option<Command>, String> {
    if let Some(name) = line.strip_prefix('?') {
        return match name.trim() {
            "" => Err("name what you want to know of, as in `?Vec`".to_owned()),
            name => Ok(Some(Command::Page(name.to_owned()))),
        };
    }
    let (name, argument) = line.split_once(' ').unwrap_or((line, ""));
    Ok(match (name, argument.trim()) {
        (":memory_limit", "") => Some(Command::MemoryLimit(None)),
        (":memory_limit", argument) => {
            Some(Command::MemoryLimit(Some(super::memory::parse(argument)?)))
        }
        (":time", "") => Some(Command::Time),
        (":time", _) => {
            return Err("`:time` stands alone; it tells of the cell before".to_owned());
        }
        (":backtrace", "") => Some(Command::Backtrace(None)),
        (":backtrace", argument) => Some(Command::Backtrace(Some(Style::parse(argument)?))),
        _ => None,
    })
}

/// Whether a cell has this command of evcxr's, which is the first word of a line.
pub(super) fn has_command(cell: &str, command: &str) -> bool {
    let lines = statements::commands(cell).lines();
    let mut words = lines.map(|line| line.split_whitespace().next());
    words.any(|word| word == Some(command))
}

/// Lines, counted from 0 and rising, that start within a token.
fn inner_lines(cell: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    let (mut at, mut line) = (0, 0);
    for token in tokenize(cell, FrontmatterAllowed::No) {
        let text = &cell[at..at + token.len as usize];
        at += text.len();
        let breaks = text.matches('\n').count();
        if !text.trim().is_empty() {
            lines.extend(line + 1..=line + breaks);
        }
        line += breaks;
    }
    lines
}

/// What `:help` says about these, as text and as rows of a table in HTML.
pub(super) fn help() -> (String, String) {
    let (mut text, mut html) = (String::new(), String::new());
    for (name, what) in HELP {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:<17} {what}");
        let _ = writeln!(html, "<tr><td>{name}</td><td>{what}</td></tr>");
    }
    (text, html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_leaves_an_empty_line_behind() {
        let found = split("let a = 1;\n  :memory_limit 1 GiB\na").unwrap();
        assert_eq!(found.code, "let a = 1;\n\na");
        assert_eq!(found.commands, [Command::MemoryLimit(Some(Some(1 << 30)))]);
    }

    #[test]
    fn a_question_names_what_it_is_about() {
        let found = split("? Vec\n1?").unwrap();
        assert_eq!(found.commands, [Command::Page("Vec".to_owned())]);
        assert_eq!(found.code, "\n1?");
        let failure = split("?").unwrap_err();
        assert!(failure.evalue.contains("name what you want"));
    }

    #[test]
    fn a_style_of_backtraces_is_one_of_three() {
        let found = split(":backtrace full\n:backtrace").unwrap();
        let commands = [
            Command::Backtrace(Some(Style::Full)),
            Command::Backtrace(None),
        ];
        assert_eq!(found.commands, commands);
        let failure = split(":backtrace all").unwrap_err();
        assert!(failure.evalue.contains("`short`, `full` or `off`"));
    }

    #[test]
    fn commands_of_evcxr_stay_where_they_are() {
        let cell = ":dep rand\n:memory_limits\n:vars";
        let found = split(cell).unwrap();
        assert_eq!((found.code.as_str(), found.commands.len()), (cell, 0));
    }

    #[test]
    fn evcxrs_commands_stand_before_the_code() {
        assert!(has_command("// again\n  :restart\nn", ":restart"));
        assert!(!has_command(":restarted", ":restart"));
        assert!(!has_command("let s = \"\n:restart\n\";", ":restart"));
    }

    #[test]
    fn a_line_of_a_string_is_no_command() {
        let cell = "let s = \"\n:memory_limit off\n\"; /* \n:memory_limit off */";
        assert_eq!(split(cell).unwrap().code, cell);
    }

    #[test]
    fn nonsense_is_refused_in_words() {
        let failure = split(":memory_limit lots").unwrap_err();
        assert_eq!(failure.ename, "CommandError");
        assert!(failure.evalue.contains("`lots` is no amount of memory"));
    }
}
