//! A person reads the notebook's beginning before running it, and then draws again and again.

use super::READING;
use super::turns::{self, Sessions};
use crate::Contestant;
use crate::waits::session::Session;
use crate::waits::stage::{Log, Stage};
use crate::waits::{Row, course};
use anyhow::Result;
use std::time::{Duration, Instant};

pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    let mut sessions = Sessions::new();
    for (side, kernel) in stage.sides() {
        log.tell(*side, "reading for 8 s, then all cells");
        match tour(kernel) {
            Ok((session, time)) => {
                log.note_time(Row::TourLater, *side, Ok(time));
                sessions.push((*side, session));
            }
            Err(error) => log.note_time(Row::TourLater, *side, Err(error)),
        }
    }
    if stage.wants(&[Row::WarmFigure]) {
        turns::note(&mut sessions, log, Row::WarmFigure, |session| {
            session.figure(&course::figure(stage.number()))
        });
    }
    turns::end(sessions);
}

fn tour(kernel: &Contestant) -> Result<(Session, Duration)> {
    let mut session = Session::open(kernel)?;
    session.read_until(READING);
    let sent = Instant::now();
    let time = session.tour()?.duration_since(sent);
    Ok((session, time))
}
