//! Jupyter's button *restart*: the kernel ends, another one starts, and a cell runs.

use crate::Contestant;
use crate::waits::session::Session;
use crate::waits::stage::{Log, Stage};
use crate::waits::{Row, memory};
use anyhow::Result;
use std::time::{Duration, Instant};

const CELL: &str = "let v = vec![1]; v.len()";

/// How long a person works with what a cell has shown, before restarting.
const WORK: Duration = Duration::from_secs(30);

pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    for (side, kernel) in stage.sides() {
        log.tell(*side, "half a minute of work, and a restart");
        let restarted = restart(&stage.with_spare(kernel), |bytes| {
            log.note(Row::SpareMemory, *side, Ok(bytes));
        });
        log.note_time(Row::Restart, *side, restarted);
    }
}

fn restart(kernel: &Contestant, kept: impl FnOnce(f64)) -> Result<Duration> {
    let mut session = Session::start(kernel)?;
    session.value(CELL, "1")?;
    std::thread::sleep(WORK);
    kept(memory::of(&session.processes()));
    let pressed = Instant::now();
    session.end_for_restart();
    let mut session = Session::start(kernel)?;
    session.value(CELL, "1")?;
    let time = pressed.elapsed();
    session.end();
    Ok(time)
}
