//! Small cells without any crate: the first variable, and what cells cost from then on.

use super::READING;
use super::turns::{self, Sessions};
use crate::Contestant;
use crate::waits::Row;
use crate::waits::session::Session;
use crate::waits::stage::{Log, Stage};
use anyhow::Result;
use std::time::Duration;

/// Brings tokio in both kernels, and changes how all later cells are compiled.
const AWAIT: &str = "async fn seven() -> u32 { 7 }\nseven().await";

pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    let mut sessions = Sessions::new();
    for (side, kernel) in stage.sides() {
        log.tell(*side, "reading for 8 s, then a variable");
        match first_variable(kernel) {
            Ok((session, time)) => {
                log.note_time(Row::FirstVariable, *side, Ok(time));
                sessions.push((*side, session));
            }
            Err(error) => log.note_time(Row::FirstVariable, *side, Err(error)),
        }
    }
    if stage.wants(&[Row::WarmVariable]) {
        turns::note(&mut sessions, log, Row::WarmVariable, |session| {
            length(stage, session)
        });
    }
    if stage.wants(&[Row::WarmTrivial]) {
        turns::note(&mut sessions, log, Row::WarmTrivial, |session| {
            let number = stage.number();
            session.value(&format!("1 + {number}"), &(1 + number).to_string())
        });
    }
    if stage.wants(&[Row::AfterAwait]) {
        sessions.retain_mut(|(side, session)| {
            log.tell(*side, "an `.await`");
            let awaited = session.value(AWAIT, "7").map(drop);
            awaited
                .map_err(|error| log.note(Row::AfterAwait, *side, Err(error)))
                .is_ok()
        });
        turns::note(&mut sessions, log, Row::AfterAwait, |session| {
            length(stage, session)
        });
    }
    turns::end(sessions);
}

fn first_variable(kernel: &Contestant) -> Result<(Session, Duration)> {
    let mut session = Session::start(kernel)?;
    session.read_until(READING);
    let time = session.cell("let v = vec![1, 2, 3];")?;
    Ok((session, time))
}

/// A cell with the variable.
fn length(stage: &Stage, session: &mut Session) -> Result<Duration> {
    let number = stage.number();
    session.value(&format!("v.len() + {number}"), &(3 + number).to_string())
}
