//! Setting the course up and running it.
//!
//! [`start()`] is what `cargo course` does; [`doctor`] and [`setup`] are parts of
//! it that a learner can ask for alone. Nothing here knows what an exercise is,
//! or a cell: the exercises are graded by [`crate::practice`], and the kernel is
//! a program that is built, installed and left to JupyterLab.

mod announced;
mod book;
pub(crate) mod children;
mod doctor;
pub(crate) mod files;
mod guard;
pub(crate) mod jupyter;
mod lab;
mod lock;
mod pages;
pub(crate) mod paths;
mod ports;
mod prerequisites;
pub(crate) mod progress;
mod python;
mod serve;
mod setup;
pub(crate) mod start;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use children::Lifeline;
use paths::Layout;
pub(crate) use prerequisites::has_display;
use progress::Console;

/// Where mdBook's own server is found, too.
const BOOK_PORT: u16 = 3000;
/// Jupyter's usual port.
const LAB_PORT: u16 = 8888;

/// What every way of setting up has in common.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Common {
    /// Do not use the network; say so where something would need it.
    #[arg(long)]
    offline: bool,
    /// Where the Python environment lies [default: .venv in the checkout].
    #[arg(long, value_name = "FOLDER")]
    venv: Option<PathBuf>,
    /// Other pinned packages for the environment. For the suite, which tests the kernel
    /// with tools that no learner needs; a learner has no use for it.
    #[arg(long, value_name = "FILE", requires = "venv", hide = true)]
    requirements: Option<PathBuf>,
}

impl Common {
    fn layout(&self) -> Layout {
        Layout::of_this_checkout(self.venv.clone()).with_requirements(self.requirements.clone())
    }
}

/// How to start the course.
#[derive(Debug, clap::Args)]
pub(crate) struct StartOptions {
    /// Port of the book; if it is taken, the next free one.
    #[arg(long, default_value_t = BOOK_PORT)]
    port: u16,
    /// Port of JupyterLab; if it is taken, the next free one.
    #[arg(long, default_value_t = LAB_PORT)]
    lab_port: u16,
    /// Do not open a browser.
    #[arg(long)]
    no_browser: bool,
    #[command(flatten)]
    common: Common,
}

/// Setting up and checking the machine.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Tells what the course needs, what is there, and how to get the rest.
    Doctor,
    /// Sets everything up without starting anything.
    Setup(Common),
    /// Runs a program that must not outlive the course.
    #[command(hide = true)]
    Guard(guard::Options),
}

impl Command {
    pub(crate) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Doctor => Ok(doctor::run(&Layout::of_this_checkout(None))),
            Self::Setup(common) => set_up(common),
            Self::Guard(options) => guard::run(&options),
        }
    }
}

/// Sets up what is missing and runs the course until Ctrl-C.
pub(crate) fn start(options: &StartOptions) -> Result<ExitCode> {
    start::run(options)
}

fn set_up(common: Common) -> Result<ExitCode> {
    let layout = common.layout();
    let console = Console::default();
    if let Some(table) = doctor::complaints(&prerequisites::look_for_all(&layout)) {
        console.say(format!("Some things are missing:\n{table}"));
    }
    book::build(&layout, &console)?;
    // Ctrl-C ends this process as it ends any; the lifeline takes care of the rest.
    let lifeline = Lifeline::new()?;
    let setup = setup::Setup {
        layout: &layout,
        console: &console,
        lifeline: &lifeline,
        offline: common.offline,
    };
    setup.run()?;
    console.say("everything is set up; start with `cargo course`");
    Ok(ExitCode::SUCCESS)
}
