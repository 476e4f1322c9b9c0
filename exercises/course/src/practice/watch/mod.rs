//! `cargo course watch` and `cargo course learn`: edit, save, see which rule holds.
//!
//! The learner's file is graded at the start and whenever its text changes, by the same
//! grader as `cargo course check`, and progress is kept the same. On a terminal there is
//! a screen with keys; elsewhere, or with `--plain`, there are lines of text.
//!
//! [`state`] decides and touches nothing; [`engine`] does what it says; [`screen`] and
//! [`plain`] show it. [`mod@saves`] tells of changes, [`runs`] grades beside the loop.

mod engine;
mod fold;
mod layout;
mod places;
mod plain;
mod runs;
mod saves;
mod screen;
mod signals;
mod state;
mod terminal;
mod verdict;
mod words;

use std::io::{stdin, stdout};
use std::process::ExitCode;
use std::sync::mpsc::{Sender, channel};

use anyhow::Context;
use exercises::catalog::{self, Exercise};

use engine::{Engine, Front, Incoming};
use plain::Plain;
use runs::Runs;
use saves::Saves;
use screen::Screen;
use state::{Card, Core};

use super::progress::Progress;
use super::workspace::Workspace;
use super::{names, standing};
use crate::grading::Grader;
use crate::terminal::can_redraw;

/// What to watch.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The exercise, by the name that `cargo course list` shows [default: the next one].
    #[arg(value_name = "EXERCISE")]
    exercise: Option<String>,
    #[command(flatten)]
    options: Options,
}

/// How to watch.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Lines of text without colour or movement, for screen readers and scripts; commands
    /// are typed as words. It is so by itself where there is no terminal.
    #[arg(long)]
    plain: bool,
    /// Look at the file several times a second instead of waiting for events, which some
    /// network file systems do not send.
    #[arg(long)]
    poll: bool,
}

/// `cargo course watch`.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let named = arguments.exercise.as_deref().map(names::exercise);
    match named.transpose()? {
        Some(exercise) => watch(workspace, &exercise, &arguments.options),
        None => learn(workspace, &arguments.options),
    }
}

/// `cargo course learn`: the same on the next exercise that is not done, and that builds
/// on none that is not.
pub(crate) fn learn(workspace: &Workspace, options: &Options) -> anyhow::Result<ExitCode> {
    let all = catalog::all();
    match standing::next(&Progress::load(workspace)?, &all) {
        Some(exercise) => watch(workspace, exercise, options),
        None => {
            println!("Every exercise of the course is done. `cargo course list` shows them all.");
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn watch(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &Options,
) -> anyhow::Result<ExitCode> {
    // What it may say about a damaged file is said before the screen is taken.
    let progress = Progress::load(workspace)?;
    let is_plain = options.plain || !has_screen();
    let grader = match is_plain {
        true => Grader::new_without_bar(workspace)?,
        false => Grader::new(workspace)?,
    };
    let channel = channel();
    let runs = Runs::new(workspace, grader, channel.0.clone())?;
    let saves = saves(workspace, exercise, options, channel.0.clone())?;
    signals::listen(channel.0.clone())?;
    let core = core(workspace, &progress, exercise);

    let mut front: Box<dyn Front> = match is_plain {
        true => Box::new(Plain::new(channel.0.clone())),
        false => Box::new(Screen::new(channel.0.clone())?),
    };
    let ended = Engine::new(workspace, core, &mut *front, runs, saves, channel).run();
    // The terminal is as it was before anything else is printed.
    drop(front);
    let core = ended?;
    if !is_plain {
        println!("{}", farewell(&core));
    }
    Ok(ExitCode::SUCCESS)
}

fn saves(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &Options,
    outbox: Sender<Incoming>,
) -> anyhow::Result<Saves> {
    let file = workspace.stub(exercise.id);
    let folder = file.parent().context("a stub has a folder")?;
    let tell = move |told| {
        // Nobody listens after the end.
        let _ = outbox.send(Incoming::Saves(told));
    };
    match options.poll {
        true => Saves::polled(folder, "as `--poll` asks for".to_owned(), tell),
        false => Saves::of(folder, tell),
    }
}

/// Whether there is a terminal on both sides, and it can move its cursor.
fn has_screen() -> bool {
    can_redraw(&stdin()) && can_redraw(&stdout())
}

fn core(workspace: &Workspace, progress: &Progress, exercise: &Exercise) -> Core {
    let all = catalog::all();
    let current = all.iter().position(|it| it.id == exercise.id).unwrap_or(0);
    let cards = all.iter().map(|it| Card {
        id: it.id.to_owned(),
        title: it.title.to_owned(),
        chapter: it.chapter.to_owned(),
        minutes: it.minutes,
        file: workspace.stub_name(it.id),
        requires: it.requires.iter().map(|&id| id.to_owned()).collect(),
        is_done: standing::is_done(progress, it.id),
    });
    Core::new(cards.collect(), current)
}

/// What stays in the terminal when the screen is gone.
fn farewell(core: &Core) -> String {
    let (n_done, n_all) = core.done();
    format!(
        "{n_done} of {n_all} exercises done; {} was the last. `cargo course learn` goes on.",
        core.card().id
    )
}
