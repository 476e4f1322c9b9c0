//! Wrong solutions of the exercise `long_poll`.

use std::marker::PhantomData;
use std::time::Duration;

use crate::catalog::Wrong;
use crate::realtime::{LogEvent, LongPoll, LongPollLimits, Polled, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 15] = [
    of::<AlwaysWaits>(
        "AlwaysWaits",
        "Every request waits for the next event: what was published between two requests is lost.",
        "at-once",
    ),
    of::<NewestBatch>(
        "NewestBatch",
        "If there are more events than fit, the newest are sent, and those before are lost.",
        "at-once",
    ),
    of::<NoBatch>(
        "NoBatch",
        "It sends all there is, however much that may be.",
        "at-once",
    ),
    of::<OnlyTheFirst>(
        "OnlyTheFirst",
        "An event is sent to one of those who wait instead of to all.",
        "published",
    ),
    of::<StillWaits>(
        "StillWaits",
        "Who has been answered is still in the row, and is answered once more; its request is gone.",
        "published",
    ),
    of::<LastComesFirst>(
        "LastComesFirst",
        "Who came last is answered first.",
        "published",
    ),
    of::<OneTooLate>(
        "OneTooLate",
        "A request whose time is up just now still waits; if its timer rings once, nobody comes back to it.",
        "expires",
    ),
    of::<OneByOne>(
        "OneByOne",
        "Of several whose time is up it answers one.",
        "expires",
    ),
    of::<LatestDeadline>(
        "LatestDeadline",
        "The next deadline is that of the one who came last, so those before wait too long.",
        "expires",
    ),
    of::<WaitsTwice>(
        "WaitsTwice",
        "A client that asks again is in the row twice, and is answered twice.",
        "asks-again",
    ),
    of::<KeepsItsDeadline>(
        "KeepsItsDeadline",
        "A client that asks again keeps its earlier place and deadline.",
        "asks-again",
    ),
    of::<NoLimit>("NoLimit", "Any number may wait.", "busy"),
    of::<BusyFirst>(
        "BusyFirst",
        "It refuses requests that need not wait, because others do.",
        "busy",
    ),
    of::<NeverLeaves>(
        "NeverLeaves",
        "Who has left is still in the row: events are written to connections that are gone.",
        "leaves",
    ),
    of::<WaitsForItsId>(
        "WaitsForItsId",
        "A client with an id from another life of the server waits until ids have come so far.",
        "another-life",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::long_poll::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; the default of each part is right.
struct Parts {
    answers_at_once: bool,
    batch: fn(&mut Vec<LogEvent>, usize),
    /// Changes the row of those who are answered.
    answered: fn(&mut Vec<u64>),
    still_waits: bool,
    is_over: fn(Duration, Duration) -> bool,
    expires_all: bool,
    next: fn(&[(u64, Duration)]) -> Option<Duration>,
    leaves_first: bool,
    keeps_its_place: bool,
    is_limited: bool,
    busy_first: bool,
    leaves: bool,
    looks_ahead: bool,
}

const RIGHT: Parts = Parts {
    answers_at_once: true,
    batch: |events, n| events.truncate(n),
    answered: |_| (),
    still_waits: false,
    is_over: |deadline, now| deadline <= now,
    expires_all: true,
    next: |waiting| waiting.first().map(|(_, deadline)| *deadline),
    leaves_first: true,
    keeps_its_place: false,
    is_limited: true,
    busy_first: false,
    leaves: true,
    looks_ahead: true,
};

trait Flaw {
    const PARTS: Parts;
}

/// A waiting room with this flaw.
struct Flawed<F> {
    limits: LongPollLimits,
    events: Vec<LogEvent>,
    waiting: Vec<(u64, Duration)>,
    flaw: PhantomData<F>,
}

impl<F: Flaw> LongPoll for Flawed<F> {
    fn new(limits: LongPollLimits) -> Self {
        Self {
            limits,
            events: Vec::new(),
            waiting: Vec::new(),
            flaw: PhantomData,
        }
    }

    fn poll(&mut self, client: u64, last: u64, now: Duration) -> Polled {
        let parts = F::PARTS;
        let is_ahead = parts.looks_ahead && last > self.events.len() as u64;
        let has_waited = self.waiting.iter().any(|(waiting, _)| *waiting == client);
        if parts.leaves_first && !parts.keeps_its_place {
            self.waiting.retain(|(waiting, _)| *waiting != client);
        }
        let is_full = parts.is_limited && self.waiting.len() >= self.limits.waiting;
        if parts.busy_first && is_full {
            return Polled::Busy;
        }
        let all = self.events.iter().cloned();
        let mut events: Vec<LogEvent> = all.filter(|event| event.id > last || is_ahead).collect();
        (parts.batch)(&mut events, self.limits.batch);
        if parts.answers_at_once && !events.is_empty() {
            self.waiting.retain(|(waiting, _)| *waiting != client);
            return Polled::News(events);
        }
        if parts.keeps_its_place && has_waited {
            return Polled::Waits;
        }
        if is_full {
            return Polled::Busy;
        }
        self.waiting.push((client, now + self.limits.patience));
        Polled::Waits
    }

    fn publish(&mut self, data: &str) -> Vec<(u64, LogEvent)> {
        let event = LogEvent {
            id: self.events.len() as u64 + 1,
            data: data.to_owned(),
        };
        self.events.push(event.clone());
        let mut answered = self.waiting.iter().map(|(client, _)| *client).collect();
        (F::PARTS.answered)(&mut answered);
        if !F::PARTS.still_waits {
            self.waiting
                .retain(|(client, _)| !answered.contains(client));
        }
        answered
            .into_iter()
            .map(|client| (client, event.clone()))
            .collect()
    }

    fn expire(&mut self, now: Duration) -> Vec<u64> {
        let is_over = |deadline: Duration| (F::PARTS.is_over)(deadline, now);
        let over = self
            .waiting
            .iter()
            .filter(|(_, deadline)| is_over(*deadline));
        let mut over: Vec<u64> = over.map(|(client, _)| *client).collect();
        if !F::PARTS.expires_all {
            over.truncate(1);
        }
        self.waiting.retain(|(client, _)| !over.contains(client));
        over
    }

    fn leave(&mut self, client: u64) {
        if F::PARTS.leaves {
            self.waiting.retain(|(waiting, _)| *waiting != client);
        }
    }

    fn next_deadline(&self) -> Option<Duration> {
        (F::PARTS.next)(&self.waiting)
    }
}

/// Tells that `$name` is right but for these parts.
macro_rules! flaws {
    ($($name:ident { $($part:ident: $value:expr),* })*) => {
        $(
            struct $name;
            impl Flaw for $name {
                const PARTS: Parts = Parts { $($part: $value,)* ..RIGHT };
            }
        )*
    };
}

flaws! {
    AlwaysWaits { answers_at_once: false }
    NewestBatch { batch: |events, n| { events.drain(..events.len().saturating_sub(n)); } }
    NoBatch { batch: |_, _| () }
    OnlyTheFirst { answered: |clients| clients.truncate(1) }
    StillWaits { still_waits: true }
    LastComesFirst { answered: |clients| clients.reverse() }
    OneTooLate { is_over: |deadline, now| deadline < now }
    OneByOne { expires_all: false }
    LatestDeadline { next: |waiting| waiting.last().map(|(_, deadline)| *deadline) }
    WaitsTwice { leaves_first: false }
    KeepsItsDeadline { keeps_its_place: true }
    NoLimit { is_limited: false }
    BusyFirst { busy_first: true }
    NeverLeaves { leaves: false }
    WaitsForItsId { looks_ahead: false }
}
