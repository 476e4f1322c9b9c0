//! What a cell came to, as far as evcxr knows.

use super::blocks::Ending;
use super::imports::Imports;
use super::rewrite::{Edited, OWN_NAMES, Rewritten};
use super::timing::Work;
use super::{commands, diagnostics, failures};
use evcxr::{Error, EvalOutputs};
use kernel_protocol::{Bundle, Failure};

/// A cell that evcxr has done with.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) ended: Ended,
    pub(super) work: Work,
}

/// How evcxr says that a cell ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// To its end; a panic and a `?` count as one, for evcxr.
    Ok {
        /// What the cell's `:commands` show.
        commands: Option<Bundle>,
        /// How its last expression was shown.
        displayed: Ending,
    },
    /// Not run.
    Failed(Failure),
    /// The supervisor is gone.
    ProcessGone(String),
}

impl Ended {
    /// A cell that has run; `source` is what evcxr has generated for it.
    pub(super) fn ok(outputs: &EvalOutputs, cell: &Rewritten, source: &str) -> Self {
        Self::Ok {
            commands: commands_output(outputs, cell.edited.code()),
            displayed: match cell.shows_value {
                true => Ending::Displayed,
                false => ending(source),
            },
        }
    }

    /// A cell that evcxr has not run, or not to its end. `code` is the user's.
    pub(super) fn by(error: Error, cell: &Edited, code: &str, name: &str) -> Self {
        match error {
            Error::CompilationErrors(errors) => {
                Self::Failed(diagnostics::failure(&errors, cell, code, name))
            }
            Error::SubprocessTerminated(message) => Self::ProcessGone(message),
            other => Self::Failed(failures::refused(&other.to_string())),
        }
    }
}

/// Whether a cell was not run, and perhaps only because of what the kernel has put into it.
pub(super) fn is_about_edits(error: &Error, cell: &Edited) -> bool {
    match error {
        Error::CompilationErrors(errors) => {
            let imports = Imports::of(cell);
            errors.iter().any(|error| {
                let text = error.rendered();
                OWN_NAMES.iter().any(|name| text.contains(name))
                    || !diagnostics::is_in_cell(error, cell, &imports)
            })
        }
        // evcxr's words for a variable whose type it could not find out before it compiled.
        Error::Message(message) => {
            message.starts_with("The variable `") || message.contains("determine type of variable")
        }
        _ => false,
    }
}

/// How the generated code shows the cell's last expression, where evcxr does that.
fn ending(source: &str) -> Ending {
    if source.contains("evcxr_send_text_plain(") {
        Ending::Debugged
    } else if source.contains(").evcxr_display();") {
        Ending::Displayed
    } else {
        Ending::Statement
    }
}

fn commands_output(outputs: &EvalOutputs, code: &str) -> Option<Bundle> {
    let mut bundle = Bundle::default();
    let asks_for_help = code.lines().any(|line| line.trim() == ":help");
    let (help, help_rows) = commands::help();
    let shown = outputs.content_by_mime_type.iter();
    // A line for the shell that says nothing, which may be the kernel's own.
    for (mime, data) in shown.filter(|(_, data)| !data.is_empty()) {
        match mime.as_str() {
            "text/plain" if asks_for_help => bundle.insert(mime, &(data.clone() + &help)),
            "text/html" if asks_for_help => {
                let end = format!("{help_rows}</table>");
                bundle.insert(mime, &data.replace("</table>", &end));
            }
            _ => bundle.insert(mime, data),
        }
    }
    if let Some(took) = outputs.timing {
        let mut text = bundle.get("text/plain").unwrap_or_default().to_owned();
        text += &format!("Took {} ms\n", took.as_millis());
        for phase in &outputs.phases {
            text += &format!("  {}: {} ms\n", phase.name, phase.duration.as_millis());
        }
        bundle.insert("text/plain", &text);
    }
    (!bundle.is_empty()).then_some(bundle)
}
