//! A long session: whether cells take longer when there were many, and many variables live.

use super::turns::{self, Sessions, median};
use crate::waits::session::Session;
use crate::waits::stage::{Log, Stage};
use crate::waits::{Row, Side};
use anyhow::Result;
use std::ops::RangeInclusive;

/// Every other cell makes a variable, so there are a hundred at the end.
const CELLS: u64 = 200;
/// The cells around the tenth, five of which use a variable.
const EARLY: RangeInclusive<u64> = 6..=14;
/// The last ones, five of which do.
const LATE: RangeInclusive<u64> = 192..=CELLS;

/// Once, in the first run.
pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    if !log.is_first_run() {
        return;
    }
    let mut sessions = Sessions::new();
    for (side, kernel) in stage.sides() {
        match Session::start(kernel) {
            Ok(session) => sessions.push((*side, session)),
            Err(error) => log.note(Row::Growth, *side, Err(error)),
        }
    }
    let mut times: Vec<(Vec<f64>, Vec<f64>)> =
        sessions.iter().map(|_| Default::default()).collect();
    for number in 1..=CELLS {
        if number % 20 == 1 {
            log.tell(
                Side::Ours,
                &format!("and the other: cell {number} of {CELLS}"),
            );
        }
        let mut at = 0;
        while at < sessions.len() {
            let (side, session) = &mut sessions[at];
            match cell(session, number) {
                Ok(time) if EARLY.contains(&number) => times[at].0.extend(time),
                Ok(time) if LATE.contains(&number) => times[at].1.extend(time),
                Ok(_) => {}
                Err(error) => {
                    log.note(
                        Row::Growth,
                        *side,
                        Err(error.context(format!("cell {number}"))),
                    );
                    sessions.remove(at);
                    times.remove(at);
                    continue;
                }
            }
            at += 1;
        }
    }
    for ((side, _), (early, late)) in sessions.iter().zip(times) {
        let growth = median(late).and_then(|late| Ok(late / median(early)?));
        log.note(Row::Growth, *side, growth);
    }
    turns::end(sessions);
}

/// A cell that makes a variable, or one that uses the newest: the time of the latter, in
/// seconds.
fn cell(session: &mut Session, number: u64) -> Result<Option<f64>> {
    if number % 2 == 1 {
        session.cell(&format!("let v{number} = vec![{number}];"))?;
        return Ok(None);
    }
    let code = format!("v{}.len() + {number}", number - 1);
    let time = session.value(&code, &(1 + number).to_string())?;
    Ok(Some(time.as_secs_f64()))
}
