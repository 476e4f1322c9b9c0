//! Cells of several running kernels, in turn.

use crate::waits::session::Session;
use crate::waits::stage::Log;
use crate::waits::{Row, Side, Spread};
use anyhow::{Context as _, Result};
use std::time::Duration;

/// Cells of a kind in each kernel. Their median is the kernel's number in this run, so that
/// one cell which the machine delays does not count.
const CELLS: usize = 7;

/// Kernels that are alive at once.
pub(super) type Sessions = Vec<(Side, Session)>;

/// Runs a cell in each kernel, again and again, and notes the median of each. The first time
/// does not count. A kernel that fails is ended, as the others' cells need no company.
pub(super) fn note(
    sessions: &mut Sessions,
    log: &mut Log<'_>,
    row: Row,
    mut cell: impl FnMut(&mut Session) -> Result<Duration>,
) {
    let mut times = vec![Vec::new(); sessions.len()];
    let mut failures: Vec<Option<anyhow::Error>> = sessions.iter().map(|_| None).collect();
    for turn in 0..=CELLS {
        for (at, (_, session)) in sessions.iter_mut().enumerate() {
            if failures[at].is_some() {
                continue;
            }
            match cell(session) {
                Ok(time) if turn > 0 => times[at].push(time.as_secs_f64()),
                Ok(_) => {}
                Err(error) => failures[at] = Some(error),
            }
        }
    }
    for ((side, _), (times, failure)) in sessions.iter().zip(times.into_iter().zip(failures)) {
        let found = match failure {
            Some(error) => Err(error),
            None => median(times),
        };
        log.note(row, *side, found);
    }
}

/// Ends all of them.
pub(super) fn end(sessions: Sessions) {
    for (_, session) in sessions {
        session.end();
    }
}

pub(super) fn median(times: Vec<f64>) -> Result<f64> {
    Ok(Spread::of(times).context("no cell has ended")?.median)
}
