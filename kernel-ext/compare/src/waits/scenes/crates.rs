//! A crate that is not the course's. The other kernel compiles it in every session; ours has
//! had a session with it.

use super::READING;
use crate::Contestant;
use crate::waits::session::Session;
use crate::waits::stage::{Log, Stage};
use crate::waits::{Row, course};
use anyhow::Result;
use std::time::Duration;

pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    for (side, kernel) in stage.sides() {
        log.tell(*side, course::NEW_CRATE);
        log.note_time(Row::SecondSession, *side, crate_of(kernel));
    }
}

/// Without the kernel's start, which other lines are about.
fn crate_of(kernel: &Contestant) -> Result<Duration> {
    let mut session = Session::start(kernel)?;
    session.read_until(READING);
    let time = session.cell(course::NEW_CRATE)?;
    session.end();
    Ok(time)
}
