//! evcxr, and what has to be known about its session beside what it tells.

use super::claim::Claim;
use super::commands::has_command;
use super::outcome::{Ended, Ran, is_about_edits};
use super::rewrite::{Allowed, as_it_is, rewrite};
use super::side::Side;
use super::starting::{self, OptLevel};
use super::timing::{Work, modified};
use super::{failures, statements};
use crate::crates::{Crates, Package};
use crate::environment;
use evcxr::{CommandContext, Error};
use kernel_protocol::{Bundle, Completion, Completions, Failure};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::SystemTime;

/// Under which name evcxr keeps the runtime that runs `.await`.
const RUNTIME: &str = "evcxr_tokio_runtime";

/// A command that there is not; evcxr stops a cell there.
const STOP: &str = ":kernel_ext_stop";

/// evcxr, which is started when it is needed, and again when it has panicked.
pub(super) struct Session {
    directory: PathBuf,
    side: Side,
    context: Option<CommandContext>,
    opt_level: OptLevel,
    /// Whether evcxr has made its runtime for `.await`.
    has_runtime: bool,
    /// Whether evcxr compiles all cells with its runtime around them.
    is_async: bool,
    /// Whether the user has never changed how values are shown.
    has_plain_format: bool,
    package: Package,
    /// `None` where nothing is to be kept.
    crates: Option<Crates>,
}

/// What has become of evcxr's runtime behind `.await` after variables were set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repaired {
    /// There was none.
    Nothing,
    /// The next `.await` makes a new one.
    Runtime,
    /// It is still there, without the threads that would run its tasks.
    Failed,
}

impl Session {
    /// A session without evcxr; `directory` gets the hooks.
    pub(super) fn new(directory: &Path, side: Side) -> Self {
        let crates = Crates::of_user(&environment::rustc_version());
        Self {
            directory: directory.to_owned(),
            side,
            context: None,
            opt_level: OptLevel::default(),
            has_runtime: false,
            is_async: false,
            has_plain_format: true,
            package: Package::of_cells(environment::cells_folder(), crates.clone()),
            crates,
        }
    }

    /// Starts evcxr if it is not running.
    ///
    /// # Errors
    ///
    /// If it cannot be started; the next cell tries again.
    pub(super) fn start(&mut self) -> Result<(), Failure> {
        self.context().map(drop)
    }

    /// Ends evcxr with the kernel.
    ///
    /// What rust-analyzer has read is left to the system, which takes it back at once: freed
    /// piece by piece, it takes half a second that whoever restarts a kernel waits for.
    pub(super) fn end(mut self) {
        let Some(context) = self.context.take() else {
            return;
        };
        self.side.close();
        let supervisor = context.process_handle();
        let mut supervisor = supervisor.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = supervisor.wait() {
            tracing::warn!(%error, "the supervisor may still be there");
        }
        std::mem::forget(context);
    }

    fn context(&mut self) -> Result<&mut CommandContext, Failure> {
        if self.context.is_none() {
            self.side.starting();
            let started = self
                .guarded(|session| starting::start(&session.directory, session.crates.as_ref()));
            self.side.started();
            let started = started?;
            let started = started.map_err(|error| failures::not_started(&format!("{error:#}")))?;
            self.context = Some(started.context);
            self.opt_level = started.opt_level;
            self.has_plain_format = started.has_plain_format;
            self.is_async = false;
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

    /// Runs a cell; `name` is what diagnostics call it.
    pub(super) fn execute(&mut self, code: &str, name: &str, claim: &Claim) -> Ran {
        let mut work = Work {
            begun: Some(SystemTime::now()),
            ..Work::default()
        };
        let ended = match self.start() {
            Ok(()) => self.with_crates(code, name, claim, &mut work),
            Err(failure) => Ended::Failed(failure),
        };
        Ran { ended, work }
    }

    /// Runs a cell in its turn: what it has had compiled is kept as soon as it starts.
    fn with_crates(&mut self, code: &str, name: &str, claim: &Claim, work: &mut Work) -> Ended {
        let building = self.package.begin(code, || {
            claim.wait(true);
            claim.is_wanted()
        });
        claim.wait(false);
        if !claim.is_wanted() {
            return Ended::Failed(failures::interrupted_early());
        }
        self.side.compiling(building.clone());
        let ended = self.run(code, name, work);
        building.over();
        ended
    }

    fn run(&mut self, code: &str, name: &str, work: &mut Work) -> Ended {
        let allowed = Allowed {
            display: self.has_plain_format,
            waiting: !self.is_async,
        };
        let mut cell = rewrite(code, allowed, || self.has_tokio(code));
        let mut result = self.attempt(cell.edited.code());
        let as_it_is = as_it_is(code);
        if let Ok(Err(error)) = &result
            && cell.edited.code() != as_it_is.edited.code()
            && is_about_edits(error, &cell.edited)
        {
            cell = as_it_is;
            result = self.attempt(cell.edited.code());
            work.n_compilations = 1;
        }
        work.source = self.source_file().and_then(|file| modified(&file));
        if let Ok(Ok(outputs)) = &result {
            // The last phase is the running; the others are a compilation each.
            work.n_compilations += outputs.phases.len().saturating_sub(1);
        }
        let source = self.source();
        self.note(code, &source, &result);
        match result {
            Ok(Ok(outputs)) => Ended::ok(&outputs, &cell, &source),
            Ok(Err(error)) => Ended::by(error, &cell.edited, code, name),
            Err(failure) => Ended::Failed(failure),
        }
    }

    fn attempt(&mut self, code: &str) -> Result<Result<evcxr::EvalOutputs, Error>, Failure> {
        let ran = self.guarded(|session| {
            if has_command(code, ":restart") {
                session.forget_variables()?;
            }
            if has_command(code, ":opt") || has_command(code, ":load_config") {
                session.show_opt_level()?;
            }
            let result = session.context()?.execute(code);
            if has_command(code, ":env") {
                session.put_tools_in_front()?;
            }
            Ok(result)
        });
        ran.and_then(|ran| ran)
    }

    /// Does what `:restart` leaves out.
    ///
    /// evcxr takes its view of the variables before it runs a cell's commands, and keeps
    /// that when the cell has ended: every later cell would look for variables that the
    /// new process has not. In a cell that ends in an error it keeps nothing.
    fn forget_variables(&mut self) -> Result<(), Failure> {
        let result = self.context()?.execute(&format!(":restart\n{STOP}"));
        debug_assert!(result.is_err(), "{STOP} is a command");
        Ok(())
    }

    /// `:opt` looks at the level that there is; a configuration may have it.
    ///
    /// First, rust-analyzer reads the library by the blank behind it: it would not look again at a
    /// `Cargo.toml` that it has read without one.
    fn show_opt_level(&mut self) -> Result<(), Failure> {
        let level = std::mem::take(&mut self.opt_level);
        if level.is_hidden() {
            self.ask("true");
        }
        level.show(self.context()?);
        Ok(())
    }

    /// `:env` may have changed the search path.
    fn put_tools_in_front(&mut self) -> Result<(), Failure> {
        let directory = self.directory.clone();
        if let Err(error) = starting::put_tools_in_front(&directory, self.context()?) {
            tracing::warn!("cells take longer, and have crates of their own: {error:#}");
        }
        Ok(())
    }

    /// Whether `tokio` is a dependency, or the cell makes it one.
    fn has_tokio(&mut self, code: &str) -> bool {
        let is_tokio = |line: &str| {
            let name = line.split('=').next();
            name.is_some_and(|name| name.trim() == "tokio")
        };
        let own = statements::commands(code)
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix(":dep "));
        if own.into_iter().any(is_tokio) {
            return true;
        }
        let shown = self.guarded(|session| Ok(session.context()?.execute(":show_deps")));
        match shown {
            Ok(Ok::<_, Failure>(Ok(outputs))) => outputs
                .get("text/plain")
                .is_some_and(|text| text.lines().any(is_tokio)),
            _ => false,
        }
    }

    /// Where evcxr writes what it has generated.
    fn source_file(&self) -> Option<PathBuf> {
        Some(environment::cells_folder()?.join("src/lib.rs"))
    }

    /// What evcxr has generated last; empty where there is nothing.
    fn source(&self) -> String {
        let source = self.context.as_ref().map(CommandContext::last_source);
        source.and_then(Result::ok).unwrap_or_default()
    }

    /// Takes note of what evcxr does not tell: its runtime, and formats of values.
    fn note(
        &mut self,
        code: &str,
        source: &str,
        result: &Result<Result<evcxr::EvalOutputs, Error>, Failure>,
    ) {
        // These hold even where the rest of the cell has failed.
        self.has_plain_format &= ![":fmt", ":types", ":load_config"]
            .iter()
            .any(|command| has_command(code, command));
        let is_cleared = has_command(code, ":clear");
        match result {
            Ok(Err(Error::SubprocessTerminated(_))) => self.has_runtime = false,
            Ok(Ok(_)) if is_cleared || has_command(code, ":restart") => self.has_runtime = false,
            Ok(Ok(_)) => {
                self.has_runtime |= source.contains(RUNTIME);
                self.is_async |= self.has_runtime;
            }
            // It was not run, or all that it did is undone.
            _ => {}
        }
        self.is_async &= !is_cleared;
    }

    /// Lets go of a runtime whose threads a restored worker does not have.
    ///
    /// Forgotten and not dropped: its end would wait for those threads for ever.
    pub(super) fn repair(&mut self) -> Repaired {
        if !self.has_runtime {
            return Repaired::Nothing;
        }
        let code = format!(
            "std::mem::forget(evcxr_variable_store.take_variable::<\
             std::sync::Arc<std::sync::Mutex<tokio::runtime::Runtime>>>(\"{RUNTIME}\"));"
        );
        match self.guarded(|session| Ok(session.context()?.execute(&code))) {
            Ok(Ok(Ok(_))) => Repaired::Runtime,
            Ok(Ok(Err(error))) => {
                tracing::warn!(%error, "the runtime of `.await` could not be replaced");
                Repaired::Failed
            }
            Ok(Err::<_, Failure>(_)) | Err(_) => Repaired::Failed,
        }
    }

    /// Asks what may stand at the end, for the sake of what is read to answer that.
    pub(super) fn ask(&mut self, question: &str) {
        self.package.prepare(question);
        self.complete(question, question.len());
    }

    /// What may stand at a byte offset.
    pub(super) fn complete(&mut self, code: &str, cursor: usize) -> Completions {
        let found = self.guarded(|session| session.context().ok()?.completions(code, cursor).ok());
        self.package.asked(code);
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

    /// What is known of what stands at a byte offset.
    pub(super) fn inspect(&mut self, code: &str, cursor: usize) -> Option<Bundle> {
        // evcxr answers these words where rust-analyzer has nothing to say.
        const NOTHING: &str = "No documentation found";
        let end = end_of_name(code, cursor);
        let hover = self.guarded(|session| session.context().ok()?.hover_at(code, end).ok());
        self.package.asked(code);
        let (text, html) = hover.ok()??;
        if text == NOTHING {
            return None;
        }
        let mut bundle = Bundle::text(&text);
        bundle.insert("text/html", &html);
        Some(bundle)
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
