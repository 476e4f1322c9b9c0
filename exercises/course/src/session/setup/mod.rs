//! Making everything that the course needs on this machine.
//!
//! Each step looks first at what is there, so that doing it again does nothing,
//! and writes down that it is complete as its very last act, so that a step cut
//! short (Ctrl-C, a full disk, no network) is done again by the next run. The
//! steps are:
//!
//! 1. [`toolchain`]: the component `rust-src`;
//! 2. [`kernel`]: the Jupyter kernel, built by cargo;
//! 3. [`environment`]: `.venv/` with JupyterLab, at the same time as the kernel,
//!    because one waits for the processor and the other for the network;
//! 4. [`kernelspec`]: tells this JupyterLab, and no other, about the kernel;
//! 5. [`trust`]: lets the outputs of the committed notebooks be shown;
//! 6. [`crates`]: what the notebooks use, compiled ahead.
//!
//! Building the book is not among them: see [`super::book`].

mod crates;
pub(super) mod environment;
mod kernel;
mod kernelspec;
mod run;
mod toolchain;
mod trust;

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};

use super::children::Lifeline;
use super::lock::lock;
use super::paths::Layout;
use super::progress::Console;

/// What the steps share.
#[derive(Debug)]
pub(crate) struct Setup<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) console: &'a Console,
    pub(crate) lifeline: &'a Lifeline,
    /// Whether the network must not be used.
    pub(crate) offline: bool,
}

impl Setup<'_> {
    /// Does what is left to do.
    ///
    /// # Errors
    ///
    /// The first step that failed, and what to do next. What other steps have
    /// achieved stays.
    pub(crate) fn run(&self) -> Result<()> {
        toolchain::add_rust_src(self)?;
        // The whole of the set-up is locked, not each step: half of one run's
        // environment and half of another's is what must not come about.
        let _lock = lock(self.layout.requirements(), self.console)?;
        let (kernel, environment) = std::thread::scope(|scope| {
            let kernel = scope.spawn(|| kernel::build(self));
            let environment = environment::make(self);
            (kernel.join(), environment)
        });
        let kernel =
            kernel.map_err(|_| anyhow!("building the kernel panicked; please report it"))?;
        let kernel = both(kernel, environment)?;
        kernelspec::install(self, &kernel)?;
        trust::committed_notebooks(self)?;
        crates::compile_ahead(self, &kernel);
        Ok(())
    }
}

/// The kernel's path, or what went wrong: of two failures neither is swallowed.
fn both(kernel: Result<PathBuf>, environment: Result<()>) -> Result<PathBuf> {
    match (kernel, environment) {
        (Ok(kernel), Ok(())) => Ok(kernel),
        (Err(kernel), Err(environment)) => {
            Err(kernel).context(format!("two steps failed; the other one:\n{environment:#}"))
        }
        (Err(error), Ok(())) | (Ok(_), Err(error)) => Err(error),
    }
}
