//! A notebook is opened and all of its cells are run: the first figure, and what comes then.

use crate::Contestant;
use crate::waits::session::Session;
use crate::waits::stage::{Log, Stage};
use crate::waits::{Row, Side, course, memory};
use anyhow::Result;
use std::time::Duration;

/// After this a kernel has done what it does behind a person's back.
const IDLE: Duration = Duration::from_secs(5);

/// The stock kernel's own cache, which keeps crates from registries and none given by a path;
/// in MiB, as much as its documentation suggests.
const CACHE: &str = ":cache 500";

pub(super) fn play(stage: &Stage, log: &mut Log<'_>) {
    let mut ours = None;
    for (side, kernel) in stage.sides() {
        log.tell(*side, "all cells at once");
        let found = tour(kernel, None);
        match found {
            Ok((session, time)) => {
                if *side == Side::Ours {
                    ours = Some(time);
                }
                log.note_time(Row::Tour, *side, Ok(time));
                after(stage, log, *side, session);
            }
            Err(error) => log.note_time(Row::Tour, *side, Err(error)),
        }
    }
    if let (true, true, Some(ours)) = (
        log.is_first_run(),
        stage.wants(&[Row::TourBesideCache]),
        ours,
    ) {
        beside_cache(stage, log, ours);
    }
}

/// Starts a kernel and runs all cells; how long until the figure was there.
pub(super) fn tour(kernel: &Contestant, before: Option<&str>) -> Result<(Session, Duration)> {
    let mut session = Session::open(kernel)?;
    let cells: Vec<String> = before
        .map(str::to_owned)
        .into_iter()
        .chain(course::tour())
        .collect();
    let drawn = session.first_figure(&cells)?;
    let time = drawn.duration_since(session.started());
    Ok((session, time))
}

fn after(stage: &Stage, log: &mut Log<'_>, side: Side, mut session: Session) {
    if stage.wants(&[Row::Memory]) {
        std::thread::sleep(IDLE);
        log.note(Row::Memory, side, Ok(memory::of(&session.processes())));
    }
    if stage.wants(&[Row::KnownCrate]) {
        log.note_time(Row::KnownCrate, side, session.cell(course::KNOWN_CRATE));
    }
    session.end();
}

/// The other kernel once more, with its cache, which an earlier session has filled.
fn beside_cache(stage: &Stage, log: &mut Log<'_>, ours: Duration) {
    log.note_time(Row::TourBesideCache, Side::Ours, Ok(ours));
    for (side, kernel) in stage.sides() {
        if *side == Side::Ours {
            continue;
        }
        log.tell(*side, "all cells with `:cache`, for the first time");
        let first = tour(kernel, Some(CACHE)).map(|(session, _)| session.end());
        log.tell(*side, "all cells with `:cache`, again");
        let again = first.and_then(|()| tour(kernel, Some(CACHE)));
        let time = again.map(|(session, time)| {
            session.end();
            time
        });
        log.note_time(Row::TourBesideCache, *side, time);
    }
}
