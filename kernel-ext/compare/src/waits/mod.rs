//! How long a person waits for a kernel, beside how long for another one.
//!
//! `kernel-ext bench` prints it on any machine. Two kernels are measured in one run and in
//! turn: ours, the other, ours, the other. Whatever slows the machine down meanwhile slows
//! both, so a ratio says more than two times that were measured on different days. Each line
//! has a goal, so that a change which costs time is seen to.
//!
//! [`Row`] is what is measured, `scenes` how: a scene is one session of each kernel, from
//! which several lines take their numbers, because a stock kernel compiles for a minute before
//! its first figure. [`Report`] is what is printed.
//!
//! No test asserts a time. What kernels *do* is compared by [`points`](crate::points).

mod course;
mod figures;
mod machine;
mod memory;
mod report;
mod row;
mod samples;
mod scenes;
mod session;
mod stage;

pub use course::Course;
pub use machine::Machine;
pub use report::Report;
pub use row::{Goal, Row, Unit};
pub use samples::{Samples, Side, Spread};

use crate::Contestant;
use anyhow::Context as _;
use stage::{Log, Stage};
use std::collections::BTreeSet;

/// What is to be measured.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Our kernel.
    pub ours: Contestant,
    /// The kernel beside it, if there is to be one.
    pub other: Option<Contestant>,
    /// Whose notebooks a person opens.
    pub course: Course,
    /// How often each session is repeated; more runs narrow no spread, but show it.
    pub runs: usize,
    /// The lines.
    pub rows: BTreeSet<Row>,
}

impl Plan {
    /// The lines whose title contains the text; those that take many minutes only if `long`.
    ///
    /// # Examples
    ///
    /// ```
    /// use kernel_compare::waits::{Plan, Row};
    ///
    /// assert!(Plan::rows("restart", false).contains(&Row::Restart));
    /// assert!(!Plan::rows("", false).contains(&Row::Growth));
    /// ```
    pub fn rows(only: &str, long: bool) -> BTreeSet<Row> {
        let chosen = |row: &Row| row.title().contains(only) && (long || !row.is_long());
        Row::ALL.into_iter().filter(chosen).collect()
    }

    /// Measures all of it, and tells `progress` line by line what is being waited for.
    ///
    /// A kernel that fails at a line has its answer for a number.
    ///
    /// # Errors
    ///
    /// If a kernel cannot be started at all, or the course's crates cannot be compiled.
    pub fn measure(mut self, progress: &mut dyn FnMut(&str)) -> anyhow::Result<Report> {
        if self.other.is_none() {
            self.rows.retain(|row| !row.is_beside_other());
        }
        let ours = self.ours.identity().context("our kernel does not start")?;
        let other = match &self.other {
            Some(other) => Some(other.identity().context(MISSING)?),
            None => None,
        };
        let machine = Machine::now();
        let stage = Stage::new(&self, progress)?;
        let mut log = Log::new(progress);
        for run in 0..self.runs {
            log.begin(run, self.runs);
            scenes::play(&stage, &mut log);
        }
        let circumstances = machine.circumstances(&ours, other.as_ref(), self.runs);
        Ok(Report {
            circumstances,
            rows: self.rows,
            other: other.map(|kernel| match kernel.name.as_str() {
                STOCK => "stock".to_owned(),
                _ => kernel.name,
            }),
            samples: log.into_samples(),
        })
    }
}

/// What the stock kernel says that it is.
const STOCK: &str = "evcxr_jupyter";

/// What helps where the other kernel does not start; in most cases it is not there.
const MISSING: &str = "the kernel to compare with does not start; `cargo install evcxr_jupyter --version 0.22.0 --locked` \
     installs the stock one, and where it is not on the path its path can be given";
