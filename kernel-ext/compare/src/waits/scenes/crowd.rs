//! Several notebooks are opened together, as after a restart of Jupyter.

use super::tour::tour;
use crate::waits::stage::{Log, Stage};
use crate::waits::{Row, Side, Spread};
use anyhow::{Context as _, Result, anyhow};
use std::time::Instant;

const NOTEBOOKS: usize = 4;

/// Ours only: the stock kernel would compile the course's crate four times over.
pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    log.tell(Side::Ours, "one notebook, then four together");
    log.note(Row::Crowd, Side::Ours, slowest_to_alone(stage));
}

fn slowest_to_alone(stage: &Stage) -> Result<f64> {
    let (session, alone) = tour(stage.ours(), None)?;
    session.end();
    let began = Instant::now();
    let figure = || {
        let (session, _) = tour(stage.ours(), None)?;
        // Later than the figure, by the last cell's end.
        let drawn = began.elapsed();
        Ok((session, drawn))
    };
    let found: Vec<Result<_>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..NOTEBOOKS).map(|_| scope.spawn(figure)).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, Result<_>>| {
            thread
                .join()
                .unwrap_or_else(|_| Err(anyhow!("the bench's own thread fails")))
        };
        threads.into_iter().map(join).collect()
    });
    let mut times = Vec::new();
    for one in found {
        let (session, drawn) = one?;
        times.push(drawn.as_secs_f64());
        session.end();
    }
    let slowest = Spread::of(times).context("no notebook was opened")?.most;
    Ok(slowest / alone.as_secs_f64())
}
