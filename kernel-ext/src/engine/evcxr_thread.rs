//! The thread that owns evcxr: the only code that calls it.
//!
//! Jobs come in over a channel; what a cell came to goes out as an event. evcxr starts
//! here, in the background, and once more if it panics. Output does not pass this way:
//! the supervisor reports it.

use super::blocks::Ending;
use super::claim::Claim;
use super::side::{SOCKET_FILE, Side};
use super::{Event, diagnostics, failures, hooks, profile};
use crate::channel::{HOOKS_VAR, SOCKET_VAR};
use crate::crates::{Crates, Package};
use crate::environment;
use anyhow::Context as _;
use evcxr::{CommandContext, Error, EvalContext, EvalOutputs};
use kernel_protocol::{Bundle, Completion, Completions, Failure};
use std::os::unix::process::CommandExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::thread::JoinHandle;

/// Under which name evcxr keeps the runtime that runs `.await`.
const RUNTIME: &str = "evcxr_tokio_runtime";

/// Something for evcxr to do.
pub(super) enum Job {
    /// Run a cell; answered by [`Event::Ran`] unless the claim is cancelled before.
    Execute {
        code: String,
        /// How diagnostics call the cell.
        name: String,
        claim: Arc<Claim>,
    },
    /// Complete at a byte offset.
    Complete {
        code: String,
        cursor: usize,
        answer: Sender<Completions>,
    },
    /// Describe what is at a byte offset.
    Inspect {
        code: String,
        cursor: usize,
        answer: Sender<Option<Bundle>>,
    },
    /// All variables have been set back: replace what does not work any more.
    Repair { answer: Sender<Repaired> },
}

/// What has become of the runtime behind `.await` after variables were set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repaired {
    /// There was none.
    Nothing,
    /// The next `.await` makes a new one.
    Runtime,
    /// It is still there, without the threads that would run its tasks.
    Failed,
}

/// What a cell came to, as far as evcxr knows.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) ended: Ended,
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

/// Starts the thread. It ends when the jobs' sender is dropped.
pub(super) fn start(
    directory: &Path,
    side: Side,
    jobs: Receiver<Job>,
    events: Sender<Event>,
) -> std::io::Result<JoinHandle<()>> {
    let directory = directory.to_owned();
    std::thread::Builder::new()
        .name("evcxr".to_owned())
        .spawn(move || {
            let crates = Crates::of_user(&environment::rustc_version());
            let engine = Engine {
                directory,
                side,
                context: None,
                has_runtime: false,
                package: Package::of_cells(environment::cells_folder(), crates),
            };
            engine.serve(&jobs, &events);
        })
}

struct Engine {
    directory: PathBuf,
    side: Side,
    context: Option<CommandContext>,
    /// Whether a cell has used `.await`.
    has_runtime: bool,
    package: Package,
}

impl Engine {
    fn serve(mut self, jobs: &Receiver<Job>, events: &Sender<Event>) {
        if let Err(failure) = self.context() {
            tracing::warn!(reason = failure.evalue, "evcxr is not there yet");
        }
        let mut waiting = jobs.try_recv();
        if let Err(TryRecvError::Empty) = waiting {
            self.warm_up();
            waiting = jobs.recv().map_err(TryRecvError::from);
        }
        while let Ok(job) = waiting {
            match job {
                Job::Execute { code, name, claim } => {
                    if claim.take() {
                        let ran = Box::new(self.execute(&code, &name));
                        claim.finish();
                        // Without a receiver the kernel is ending.
                        let _ = events.send(Event::Ran(ran));
                    }
                }
                Job::Complete {
                    code,
                    cursor,
                    answer,
                } => {
                    let _ = answer.send(self.complete(&code, cursor));
                }
                Job::Inspect {
                    code,
                    cursor,
                    answer,
                } => {
                    let _ = answer.send(self.inspect(&code, cursor));
                }
                Job::Repair { answer } => {
                    let _ = answer.send(self.repair());
                }
            }
            waiting = jobs.recv().map_err(TryRecvError::from);
        }
    }

    /// evcxr, started if it is not running.
    fn context(&mut self) -> Result<&mut CommandContext, Failure> {
        if self.context.is_none() {
            self.side.starting();
            let started = self.guarded(|engine| start_evcxr(&engine.directory));
            self.side.started();
            let started = started?;
            let context = started.map_err(|error| failures::not_started(&format!("{error:#}")))?;
            self.context = Some(context);
        }
        self.context.as_mut().ok_or_else(failures::engine_gone)
    }

    /// Runs a step of evcxr; its panic ends it and not the thread.
    fn guarded<T>(&mut self, step: impl FnOnce(&mut Self) -> T) -> Result<T, Failure> {
        // Unwind safety: evcxr is thrown away after a panic.
        catch_unwind(AssertUnwindSafe(|| step(self))).map_err(|payload| {
            self.context = None;
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
            failures::engine_panicked(text.unwrap_or("no message"))
        })
    }

    /// Lets rust-analyzer load the standard library: the first `let` is 2 s quicker.
    fn warm_up(&mut self) {
        const CODE: &str = "let a = vec![1]; a.";
        self.complete(CODE, CODE.len());
    }

    fn execute(&mut self, code: &str, name: &str) -> Ran {
        let result = match self.context() {
            Ok(_) => self.guarded(|engine| {
                engine.package.prepare(code);
                let result = engine.context()?.execute(code);
                engine.package.finish(code);
                Ok(result)
            }),
            Err(failure) => Err(failure),
        };
        let source = self
            .context
            .as_ref()
            .and_then(|context| context.last_source().ok())
            .unwrap_or_default();
        self.note_runtime(code, &source, &result);
        let ended = match result {
            Ok(Ok(Ok(outputs))) => Ended::Ok {
                commands: commands_output(&outputs, code),
                displayed: ending(&source),
            },
            Ok(Ok(Err(error))) => ended_by(error, code, name),
            Ok(Err(failure)) | Err(failure) => Ended::Failed(failure),
        };
        Ran { ended }
    }

    /// Takes note of a cell that has made the runtime, or lost it with everything else.
    fn note_runtime(
        &mut self,
        code: &str,
        source: &str,
        result: &Result<Result<Result<EvalOutputs, Error>, Failure>, Failure>,
    ) {
        let clears = |line: &str| matches!(line.trim(), ":clear" | ":restart");
        match result {
            Ok(Ok(Err(Error::SubprocessTerminated(_)))) => self.has_runtime = false,
            Ok(Ok(Ok(_))) if code.lines().any(clears) => self.has_runtime = false,
            Ok(Ok(Ok(_))) => self.has_runtime |= source.contains(RUNTIME),
            // It was not run, or all that it did is undone.
            _ => {}
        }
    }

    /// Lets go of a runtime whose threads a restored worker does not have.
    ///
    /// Forgotten and not dropped: its end would wait for those threads for ever.
    fn repair(&mut self) -> Repaired {
        if !self.has_runtime {
            return Repaired::Nothing;
        }
        let code = format!(
            "std::mem::forget(evcxr_variable_store.take_variable::<\
             std::sync::Arc<std::sync::Mutex<tokio::runtime::Runtime>>>(\"{RUNTIME}\"));"
        );
        let result = self.guarded(|engine| Ok(engine.context()?.execute(&code)));
        match result {
            Ok(Ok(Ok(_))) => Repaired::Runtime,
            Ok(Ok(Err(error))) => {
                tracing::warn!(%error, "the runtime of `.await` could not be replaced");
                Repaired::Failed
            }
            Ok(Err::<_, Failure>(_)) | Err(_) => Repaired::Failed,
        }
    }

    fn complete(&mut self, code: &str, cursor: usize) -> Completions {
        let found = self.guarded(|engine| engine.context().ok()?.completions(code, cursor).ok());
        let Ok(Some(found)) = found else {
            return Completions {
                items: Vec::new(),
                start: cursor,
                end: cursor,
            };
        };
        let items = found.completions.into_iter().map(|completion| Completion {
            text: completion.code,
            kind: completion.kind.to_owned(),
        });
        Completions {
            items: items.collect(),
            start: found.start_offset,
            end: found.end_offset,
        }
    }

    fn inspect(&mut self, code: &str, cursor: usize) -> Option<Bundle> {
        // evcxr answers these words where rust-analyzer has nothing to say.
        const NOTHING: &str = "No documentation found";
        let end = end_of_name(code, cursor);
        let hover = self.guarded(|engine| engine.context().ok()?.hover_at(code, end).ok());
        let (text, html) = hover.ok()??;
        if text == NOTHING {
            return None;
        }
        let mut bundle = Bundle::text(&text);
        bundle.insert("text/html", &html);
        Some(bundle)
    }
}

fn start_evcxr(directory: &Path) -> anyhow::Result<CommandContext> {
    environment::check_toolchain()?;
    let hooks = hooks::compile(directory)?;
    profile::write(directory)?;
    let program = std::env::current_exe().context("cannot find the kernel's own binary")?;
    let mut supervisor = Command::new(program);
    supervisor
        .env(SOCKET_VAR, directory.join(SOCKET_FILE))
        .env(HOOKS_VAR, hooks)
        // Ctrl-C in the terminal of JupyterLab is for the kernel alone.
        .process_group(0);
    let (context, outputs) = EvalContext::with_subprocess_command(supervisor)
        .map_err(anyhow::Error::from)
        .context("evcxr cannot compile its first cell")?;
    // Both are the supervisor's own streams, which carry nothing for the user. evcxr
    // waits until they are read.
    for lines in [outputs.stdout, outputs.stderr] {
        std::thread::spawn(move || {
            for line in lines {
                tracing::debug!(line, "the supervisor wrote");
            }
        });
    }
    let mut context = CommandContext::with_eval_context(context);
    if let Err(error) = context.execute(":load_config --quiet") {
        tracing::warn!(%error, "evcxr's configuration was not loaded");
    }
    Ok(context)
}

/// How the generated code shows the cell's last expression.
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
    let (help, help_rows) = super::commands::help();
    for (mime, data) in &outputs.content_by_mime_type {
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

fn ended_by(error: Error, code: &str, name: &str) -> Ended {
    match error {
        Error::CompilationErrors(errors) => {
            Ended::Failed(diagnostics::failure(&errors, code, name))
        }
        Error::SubprocessTerminated(message) => Ended::ProcessGone(message),
        other => Ended::Failed(failures::refused(&other.to_string())),
    }
}

/// evcxr describes what ends at the offset, the protocol asks about the name around it.
fn end_of_name(code: &str, cursor: usize) -> usize {
    let rest = &code[cursor..];
    let more = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    cursor + more.unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_asked_about_as_a_whole() {
        assert_eq!(end_of_name("a.push_str(x)", 4), 10);
        assert_eq!(end_of_name("größe + 1", 2), "größe".len());
        assert_eq!(end_of_name("x", 1), 1);
    }
}
