//! Jupyter's button *restart*: the kernel ends, another one starts, and a cell runs.

use crate::Contestant;
use crate::waits::Row;
use crate::waits::session::Session;
use crate::waits::stage::{Log, Stage};
use anyhow::Result;
use std::time::{Duration, Instant};

const CELL: &str = "let v = vec![1]; v.len()";

pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    for (side, kernel) in stage.sides() {
        log.tell(*side, "restart");
        log.note_time(Row::Restart, *side, restart(kernel));
    }
}

fn restart(kernel: &Contestant) -> Result<Duration> {
    let mut session = Session::start(kernel)?;
    session.value(CELL, "1")?;
    let pressed = Instant::now();
    session.end_for_restart();
    let mut session = Session::start(kernel)?;
    session.value(CELL, "1")?;
    let time = pressed.elapsed();
    session.end();
    Ok(time)
}
