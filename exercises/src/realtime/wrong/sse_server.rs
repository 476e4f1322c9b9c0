//! Wrong solutions of the exercise `sse_server`.
//!
//! Flaws that show only if two threads meet at the wrong moment are not here: a grader
//! that finds them sometimes is no proof.

mod flawed;

use self::flawed::{Bytes, Flaw, Flawed, Parts, RIGHT, place, written};
use crate::catalog::Wrong;
use crate::realtime::{SseEvent, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 24] = [
    of::<NoIds>(
        "NoIds",
        "Events are sent without their ids, so a client cannot say what it has.",
        "stream",
    ),
    of::<RawText>(
        "RawText",
        "The text is written as it is, and its second line is no `data` line.",
        "stream",
    ),
    of::<HasALength>(
        "HasALength",
        "The head says `Content-Length: 0`, so a client takes nothing of what follows.",
        "stream",
    ),
    of::<PlainText>(
        "PlainText",
        "The content type is `text/plain`; browsers give up on such a stream.",
        "stream",
    ),
    of::<OneAtATime>(
        "OneAtATime",
        "The loop that accepts serves the connection itself: the second client waits until the first has gone.",
        "several-clients",
    ),
    of::<FirstComeFirstServed>(
        "FirstComeFirstServed",
        "All threads take from one place in the log, so each event goes to one client instead of to all.",
        "several-clients",
    ),
    of::<AlwaysFromNow>(
        "AlwaysFromNow",
        "`Last-Event-ID` is not looked at: what was published while the client was away is lost.",
        "resume",
    ),
    of::<OnceMore>(
        "OnceMore",
        "The event that the client names is sent once more.",
        "resume",
    ),
    of::<SilentGap>(
        "SilentGap",
        "If events are forgotten, it goes on with those that are left, and the client never learns of the gap.",
        "reset",
    ),
    of::<ResetWithoutData>(
        "ResetWithoutData",
        "The `reset` has no `data` line, and clients deliver no event without one.",
        "reset",
    ),
    of::<AddressWithQuery>(
        "AddressWithQuery",
        "The path is compared together with its query, so `/events?after=3` is not found.",
        "resume-by-address",
    ),
    of::<HeaderOnly>(
        "HeaderOnly",
        "`after` in the address is not looked at: a page that opens a new stream loses what it has missed.",
        "resume-by-address",
    ),
    of::<AddressFirst>(
        "AddressFirst",
        "The address counts more than the header, so after each reconnection a browser is sent everything since the page was opened.",
        "resume-by-address",
    ),
    of::<AnyAddress>(
        "AnyAddress",
        "An `after` that is no number is taken for none: the page's mistake stays hidden, and costs it events.",
        "resume-by-address",
    ),
    of::<EventsOnly>(
        "EventsOnly",
        "The limit in bytes is not looked at: a few large events fill the memory.",
        "limit-in-bytes",
    ),
    of::<EachAlone>(
        "EachAlone",
        "Each event is measured against the limit in bytes, and what is kept together is not.",
        "limit-in-bytes",
    ),
    of::<OneRead>(
        "OneRead",
        "It takes what the first `read` brings for the whole request.",
        "pieces",
    ),
    of::<ReadsBeforeSpawning>(
        "ReadsBeforeSpawning",
        "The loop that accepts reads the head itself, so one client that sends half of one stops all that come after it.",
        "half-a-request",
    ),
    of::<KeepsRefusedOpen>(
        "KeepsRefusedOpen",
        "A refused connection stays open: the client waits, and the server holds a thread for it.",
        "other-requests",
    ),
    of::<AnyMethod>(
        "AnyMethod",
        "It looks at the path only, and answers a DELETE with the stream.",
        "other-requests",
    ),
    of::<NoAllow>(
        "NoAllow",
        "A 405 comes without `Allow`: the client learns that it is wrong, and not what would be right.",
        "allowed-methods",
    ),
    of::<AllowsWhatItRefuses>(
        "AllowsWhatItRefuses",
        "`Allow` lists all methods that there are, the refused one among them.",
        "allowed-methods",
    ),
    of::<NoLimit>(
        "NoLimit",
        "It collects a head for as long as its end does not come: one client can fill the memory.",
        "header-flood",
    ),
    of::<WritesUnderTheLock>(
        "WritesUnderTheLock",
        "A thread writes while it holds the log's lock: one client that does not read stops `publish` and all others.",
        "broken-readers",
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
        checks: checks::sse_server::all::<Flawed<F>>,
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
    NoIds { text: |event| written(SseEvent::of(event.data.as_str())) }
    RawText { text: |event| format!("id: {}\ndata: {}\n\n", event.id, event.data) }
    HasALength { head: "Content-Type: text/event-stream\r\nContent-Length: 0\r\n" }
    PlainText { head: "Content-Type: text/plain\r\n" }
    OneAtATime { one_at_a_time: true }
    FirstComeFirstServed { one_place_for_all: true }
    AlwaysFromNow { place: |_, _, newest| Some(newest) }
    OnceMore {
        place: |header, address, newest| match header.or(address) {
            Some(_) => place(header, address, newest).map(|id| id.saturating_sub(1)),
            None => Some(newest),
        }
    }
    SilentGap { tells_of_gaps: false }
    ResetWithoutData { reset: |newest| format!("event: reset\nid: {newest}\n\n") }
    AddressWithQuery { splits_address: false }
    HeaderOnly { place: |header, _, newest| place(header, None, newest) }
    AddressFirst {
        place: |header, address, newest| match address {
            Some(_) => place(None, address, newest),
            None => place(header, None, newest),
        }
    }
    AnyAddress {
        place: |header, address, newest| {
            let is_number = |id: &&str| id.parse::<u64>().is_ok();
            place(header, address.filter(is_number), newest)
        }
    }
    EventsOnly { bytes: Bytes::Any }
    EachAlone { bytes: Bytes::OfEach }
    OneRead { reads_once: true }
    ReadsBeforeSpawning { reads_before_spawning: true }
    KeepsRefusedOpen { closes_refused: false }
    AnyMethod { looks_at_method: false }
    NoAllow { allow: "" }
    AllowsWhatItRefuses { allow: "Allow: GET, HEAD, POST, PUT, DELETE\r\n" }
    NoLimit { limits_heads: false }
    WritesUnderTheLock { writes_under_the_lock: true }
}
