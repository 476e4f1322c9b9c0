//! Wrong solutions of the exercise `event_log`.

use std::collections::VecDeque;
use std::marker::PhantomData;

use crate::catalog::Wrong;
use crate::realtime::{EventLog, LogError, LogEvent, LogLimits, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 14] = [
    of::<IncludesTheNamed>(
        "IncludesTheNamed",
        "The event that the client names is sent once more: it has that one.",
        "resume",
    ),
    of::<IdsFromZero>(
        "IdsFromZero",
        "The first event has the id 0, which a client without any names, too: it never gets that event.",
        "resume",
    ),
    of::<NewestFirst>("NewestFirst", "The events come from new to old.", "resume"),
    of::<LastOnes>(
        "LastOnes",
        "Of more events than were asked for it answers the newest, so those before are lost to the client.",
        "batches",
    ),
    of::<IgnoresTheNumber>(
        "IgnoresTheNumber",
        "It answers all events, however few were asked for.",
        "batches",
    ),
    of::<OneTooMany>(
        "OneTooMany",
        "It keeps one event more than its limit.",
        "bounded-events",
    ),
    of::<IdsArePlaces>(
        "IdsArePlaces",
        "An id is the event's place in the list, so the same event has another one when older ones go.",
        "bounded-events",
    ),
    of::<NoByteLimit>(
        "NoByteLimit",
        "It counts events only: a thousand large ones fill the memory.",
        "bounded-bytes",
    ),
    of::<OnlyOneGoes>(
        "OnlyOneGoes",
        "It forgets one event for each that comes, though a large one may need the room of several.",
        "bounded-bytes",
    ),
    of::<CountsCharacters>(
        "CountsCharacters",
        "It counts characters, and some have several bytes.",
        "bounded-bytes",
    ),
    of::<WhatIsLeft>(
        "WhatIsLeft",
        "It answers what is left, as if nothing had been forgotten: the client never learns of the gap.",
        "honest-gap",
    ),
    of::<MustHaveTheOldest>(
        "MustHaveTheOldest",
        "A client must have the oldest event that is kept; one that has the event before has missed nothing either.",
        "honest-gap",
    ),
    of::<NothingAhead>(
        "NothingAhead",
        "To an id from another log it answers that there is nothing new, until its own ids have come so far.",
        "another-log",
    ),
    of::<MakesRoomFirst>(
        "MakesRoomFirst",
        "It forgets everything for an event that it then refuses.",
        "too-large",
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
        checks: checks::event_log::all::<Flawed<F>>,
    }
}

/// What a wrong log does otherwise; the default of each part is right.
struct Parts {
    first: u64,
    id_is_place: bool,
    is_behind: fn(u64, u64) -> bool,
    order: fn(&mut Vec<LogEvent>, usize),
    /// Whether an event must go, by the number and the bytes that are kept with the new one.
    is_over: fn(LogLimits, usize, usize) -> bool,
    size: fn(&str) -> usize,
    all_go: bool,
    /// Whether something is missing, by the client's id and the oldest that is kept.
    is_gap: fn(u64, u64) -> bool,
    looks_ahead: bool,
    makes_room_first: bool,
}

const RIGHT: Parts = Parts {
    first: 1,
    id_is_place: false,
    is_behind: |event, id| event > id,
    order: |events, at_most| events.truncate(at_most),
    is_over: |limits, n, bytes| n > limits.events.get() || bytes > limits.bytes,
    size: str::len,
    all_go: true,
    is_gap: |id, oldest| id + 1 < oldest,
    looks_ahead: true,
    makes_room_first: false,
};

trait Flaw {
    const PARTS: Parts;
}

/// A log with this flaw.
struct Flawed<F> {
    limits: LogLimits,
    kept: VecDeque<LogEvent>,
    next: u64,
    flaw: PhantomData<F>,
}

impl<F: Flaw> Flawed<F> {
    fn size(&self) -> usize {
        let sizes = self.kept.iter().map(|event| (F::PARTS.size)(&event.data));
        sizes.sum()
    }
}

impl<F: Flaw> EventLog for Flawed<F> {
    fn new(limits: LogLimits) -> Self {
        Self {
            limits,
            kept: VecDeque::new(),
            next: F::PARTS.first,
            flaw: PhantomData,
        }
    }

    fn append(&mut self, data: &str) -> Result<u64, LogError> {
        let parts = F::PARTS;
        if data.len() > self.limits.bytes {
            if parts.makes_room_first {
                self.kept.clear();
            }
            return Err(LogError::TooLarge {
                bytes: data.len(),
                limit: self.limits.bytes,
            });
        }
        let new = (parts.size)(data);
        while !self.kept.is_empty()
            && (parts.is_over)(self.limits, self.kept.len() + 1, self.size() + new)
        {
            self.kept.pop_front();
            if !parts.all_go {
                break;
            }
        }
        let id = self.next;
        self.next += 1;
        self.kept.push_back(LogEvent {
            id,
            data: data.to_owned(),
        });
        if parts.id_is_place {
            for (event, place) in self.kept.iter_mut().zip(1..) {
                event.id = place;
            }
            self.next = self.kept.len() as u64 + 1;
        }
        Ok(self.next - 1)
    }

    fn after(&self, id: u64, at_most: usize) -> Result<Vec<LogEvent>, LogError> {
        let parts = F::PARTS;
        let newest = self.next.saturating_sub(1);
        if parts.looks_ahead && id > newest {
            return Err(LogError::Ahead { newest });
        }
        let oldest = self.kept.front().map_or(self.next, |event| event.id);
        if id < u64::MAX && (parts.is_gap)(id, oldest) {
            return Err(LogError::Forgotten { oldest });
        }
        let behind = self
            .kept
            .iter()
            .filter(|event| (parts.is_behind)(event.id, id));
        let mut events = behind.cloned().collect();
        (parts.order)(&mut events, at_most);
        Ok(events)
    }

    fn bytes(&self) -> usize {
        self.kept.iter().map(|event| event.data.len()).sum()
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
    IdsFromZero { first: 0 }
    IncludesTheNamed { is_behind: |event, id| event >= id }
    NewestFirst { order: |events, at_most| { events.truncate(at_most); events.reverse(); } }
    LastOnes { order: |events, at_most| { events.drain(..events.len().saturating_sub(at_most)); } }
    IgnoresTheNumber { order: |_, _| () }
    OneTooMany { is_over: |limits, n, bytes| n > limits.events.get() + 1 || bytes > limits.bytes }
    IdsArePlaces { id_is_place: true }
    NoByteLimit { is_over: |limits, n, _| n > limits.events.get() }
    OnlyOneGoes { all_go: false }
    CountsCharacters { size: |text| text.chars().count() }
    WhatIsLeft { is_gap: |_, _| false }
    MustHaveTheOldest { is_gap: |id, oldest| id < oldest && oldest > 1 }
    NothingAhead { looks_ahead: false }
    MakesRoomFirst { makes_room_first: true }
}
