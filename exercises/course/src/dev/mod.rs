//! Commands for the authors of the course.

pub(crate) mod alternatives;
mod catalog;
mod check;
mod compare;
mod diagnoses;
mod fault;
mod figures;
mod leftovers;
mod mutants;
mod new;
mod notebooks;
mod quizzes;
mod red_team;
mod stubs;
pub(crate) mod subjects;

use std::process::ExitCode;

use crate::grading::confined;
use crate::practice::workspace::Workspace;

/// What authors and CI run.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Prove the graders: fresh stubs fail, references pass, wrong solutions and tricks are caught.
    Check(check::Arguments),
    /// Compare stock evcxr_jupyter with the course's kernel, point by point.
    Compare(compare::Arguments),
    /// Say what a learner is told who writes each of the wrong solutions.
    Diagnoses(diagnoses::Arguments),
    /// Write the book's figures and numbers anew.
    Figures(figures::Arguments),
    /// Change the references one place at a time, and see whether the checks notice.
    Mutants(mutants::Arguments),
    /// Write the files of a new exercise, ready to be changed.
    New(new::Arguments),
    /// Run the notebooks' sources and write the notebooks anew.
    Notebooks(notebooks::Arguments),
    /// Check the quizzes, run their programs, and write their pages anew.
    Quizzes(quizzes::Arguments),
    /// Copy the stubs to where `cargo course reset` takes fresh ones from.
    Stubs(stubs::Arguments),
    /// Confine this process, then run a program: the compiler, when it reads a submission.
    #[command(hide = true)]
    Confined(confined::Arguments),
    /// Answer for one check of a reference or of a wrong solution.
    #[command(hide = true)]
    Subject(subjects::Arguments),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Check(arguments) => check::run(&Workspace::find()?, &arguments),
            Self::Compare(arguments) => compare::run(&Workspace::find()?, &arguments),
            Self::Diagnoses(arguments) => diagnoses::run(&arguments),
            Self::Figures(arguments) => figures::run(&Workspace::find()?, &arguments),
            Self::Mutants(arguments) => mutants::run(&Workspace::find()?, &arguments),
            Self::New(arguments) => new::run(&Workspace::find()?, &arguments),
            Self::Notebooks(arguments) => notebooks::run(&arguments),
            Self::Quizzes(arguments) => quizzes::run(&Workspace::find()?, &arguments),
            Self::Stubs(arguments) => stubs::run(&Workspace::find()?, &arguments),
            Self::Confined(arguments) => confined::run(arguments),
            Self::Subject(arguments) => subjects::answer(&arguments),
        }
    }
}
