//! Checks of the exercise `event_log`: calls, against a model that forgets nothing and
//! works out what should be gone.

use std::fmt;
use std::num::NonZeroUsize;

use super::draw::Draw;
use super::script::agree;
use crate::grade::{Check, Seed, Verdict};
use crate::realtime::{EventLog, LogError, LogEvent, LogLimits};

/// The checks of a solution of [`EventLog`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{RingLog, checks};
///
/// for check in checks::event_log::all::<RingLog>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: EventLog>() -> Vec<Check> {
    vec![
        Check::new(
            "resume",
            "A client that names its last event gets all behind it, in order, and none twice.",
            |seed| tried(play::<T>, seed, &[Kind::Append, Kind::After], 1000..1001, 1 << 20),
        )
        .points(2)
        .hints([
            "Which id has the first event, and which one does a client that has none name?",
            "Behind `id` means `id + 1` and above. A client that has the newest event gets none, and no error.",
            "`self.kept.iter().filter(|event| event.id > id).take(at_most).cloned().collect()`",
        ]),
        Check::new(
            "batches",
            "At most as many events are answered as were asked for, the oldest first.",
            |seed| tried(play::<T>, seed, &[Kind::Append, Kind::Append, Kind::AfterFew], 1000..1001, 1 << 20),
        )
        .hints([
            "Which of them does a client need first?",
            "The oldest: it asks again with the id of the last that it got. With the newest it would lose those before.",
            "`.take(at_most)` on the events from old to new",
        ]),
        Check::new(
            "bounded-events",
            "The log never keeps more events than its limit; the oldest are forgotten first.",
            |seed| tried(play::<T>, seed, &[Kind::Append, Kind::Append, Kind::After, Kind::Bytes], 1..5, 1 << 20),
        )
        .hints([
            "When must the oldest event go: before or after the new one comes?",
            "After an append there are at most `limits.events`. Ids go on; they do not begin anew.",
            "`while self.kept.len() > limits.events.get() { self.kept.pop_front(); }`",
        ]),
        Check::new(
            "bounded-bytes",
            "The texts that are kept never have more bytes together than the limit.",
            |seed| tried(play::<T>, seed, &[Kind::Append, Kind::After, Kind::Bytes], 4..9, 9),
        )
        .points(2)
        .hints([
            "One large event may need the room of several small ones.",
            "Forget the oldest until the new text fits; count bytes, not characters, and count what goes.",
            "`while self.n_bytes + data.len() > limits.bytes { … self.n_bytes -= oldest.data.len(); }`",
        ]),
        Check::new(
            "honest-gap",
            "If one of the missed events is forgotten, the answer says so, and not just what is left.",
            |seed| tried(play::<T>, seed, &[Kind::Append, Kind::Append, Kind::AfterAny], 1..4, 30),
        )
        .points(2)
        .hints([
            "The log keeps 5 and 6. Which ids may a client name?",
            "The client has 4: it needs 5, and nothing is missing. It has 3: event 4 is gone, even if it asks for one event only.",
            "`if id + 1 < oldest { return Err(LogError::Forgotten { oldest }) }`",
        ]),
        Check::new(
            "another-log",
            "An id that the log has not given yet is refused.",
            |seed| tried(play::<T>, seed, &[Kind::Append, Kind::AfterAhead, Kind::AfterMax], 1..6, 30),
        )
        .hints([
            "A client comes back after the server was started anew. Which id does it name?",
            "One that is larger than any of yours. With no event it would wait for thousands that it must not miss.",
            "`if id > self.newest { return Err(LogError::Ahead { newest: self.newest }) }`, before anything is added to `id`",
        ]),
        Check::new(
            "too-large",
            "An event that does not fit alone is refused; nothing is forgotten for it, and it has no id.",
            |seed| tried(play::<T>, seed, &[Kind::Append, Kind::AppendLarge, Kind::After, Kind::Bytes], 2..5, 6),
        )
        .hints([
            "What happens to the others if you make room for something that never fits?",
            "Look at the length before you change anything. As many bytes as the limit do fit.",
            "`if data.len() > limits.bytes { return Err(LogError::TooLarge { bytes: data.len(), limit: limits.bytes }) }`",
        ]),
    ]
}

/// A call on a log.
#[derive(Debug, Clone)]
enum Call {
    Append(String),
    After(u64, usize),
    Bytes,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Append(data) => write!(f, "log.append({data:?});"),
            Self::After(id, at_most) => write!(f, "log.after({id}, {at_most});"),
            Self::Bytes => write!(f, "log.bytes();"),
        }
    }
}

/// What a call is drawn for.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Append,
    AppendLarge,
    After,
    AfterFew,
    AfterAny,
    AfterAhead,
    AfterMax,
    Bytes,
}

type Play = fn(LogLimits, &[Call]) -> Vec<String>;

fn play<T: EventLog>(limits: LogLimits, calls: &[Call]) -> Vec<String> {
    let mut log = T::new(limits);
    let answer = |call: &Call| match call {
        Call::Append(data) => format!("{:?}", log.append(data)),
        Call::After(id, at_most) => format!("{:?}", log.after(*id, *at_most)),
        Call::Bytes => log.bytes().to_string(),
    };
    calls.iter().map(answer).collect()
}

/// Scripts of these kinds of calls, short ones first.
fn tried(
    solution: Play,
    seed: Seed,
    kinds: &[Kind],
    events: std::ops::Range<usize>,
    bytes: usize,
) -> Verdict {
    let mut draw = Draw::new(seed);
    for size in (2..26).flat_map(|size| [size; 12]) {
        let limits = LogLimits {
            events: NonZeroUsize::new(events.start + draw.below(events.len())).expect("not 0"),
            bytes,
        };
        let mut history = History::new(limits);
        let calls: Vec<Call> = (0..size).map(|_| history.draw(&mut draw, kinds)).collect();
        agree(
            &format!(
                "let mut log = Mine::new(LogLimits {{ events: std::num::NonZeroUsize::new({}).unwrap(), bytes: {bytes} }});",
                limits.events
            ),
            &calls,
            &|calls| solution(limits, calls),
            &|calls| play::<History>(limits, calls),
        )?;
    }
    Ok(())
}

/// The model: all events that there ever were.
struct History {
    limits: LogLimits,
    all: Vec<String>,
}

impl History {
    /// The oldest event of which all from there on fit.
    fn oldest(&self) -> usize {
        let fits = |from: &usize| {
            let kept = &self.all[*from..];
            let n_bytes: usize = kept.iter().map(String::len).sum();
            kept.len() <= self.limits.events.get() && n_bytes <= self.limits.bytes
        };
        (0..=self.all.len()).find(fits).unwrap_or_default()
    }

    /// The next call, which also happens here.
    fn draw(&mut self, draw: &mut Draw, kinds: &[Kind]) -> Call {
        let newest = self.all.len() as u64;
        let oldest = self.oldest() as u64;
        let behind_oldest = oldest + draw.below((newest - oldest) as usize + 1) as u64;
        match draw.one_of(kinds) {
            Kind::Append => {
                let count = draw.below(4);
                let text = draw.text(count, &["a", "b", "é"]);
                let _ = self.append(&text);
                Call::Append(text)
            }
            Kind::AppendLarge => {
                let n_bytes = self.limits.bytes + draw.below(3);
                let text = "x".repeat(n_bytes);
                let _ = self.append(&text);
                Call::Append(text)
            }
            Kind::After => Call::After(behind_oldest, 100),
            Kind::AfterFew => Call::After(behind_oldest, draw.below(4)),
            Kind::AfterAny => Call::After(draw.below(newest as usize + 1) as u64, draw.below(3)),
            Kind::AfterAhead => Call::After(newest + draw.below(4) as u64, 100),
            Kind::AfterMax => Call::After(u64::MAX, 100),
            Kind::Bytes => Call::Bytes,
        }
    }
}

impl EventLog for History {
    fn new(limits: LogLimits) -> Self {
        Self {
            limits,
            all: Vec::new(),
        }
    }

    fn append(&mut self, data: &str) -> Result<u64, LogError> {
        if data.len() > self.limits.bytes {
            return Err(LogError::TooLarge {
                bytes: data.len(),
                limit: self.limits.bytes,
            });
        }
        self.all.push(data.to_owned());
        Ok(self.all.len() as u64)
    }

    fn after(&self, id: u64, at_most: usize) -> Result<Vec<LogEvent>, LogError> {
        let (newest, oldest) = (self.all.len() as u64, self.oldest() as u64);
        if id > newest {
            return Err(LogError::Ahead { newest });
        }
        if id < oldest {
            return Err(LogError::Forgotten { oldest: oldest + 1 });
        }
        let numbered = self.all.iter().zip(1_u64..);
        let missed = numbered.filter(|(_, number)| *number > id);
        let event = |(data, id): (&String, u64)| LogEvent {
            id,
            data: data.clone(),
        };
        Ok(missed.map(event).take(at_most).collect())
    }

    fn bytes(&self) -> usize {
        self.all[self.oldest()..].iter().map(String::len).sum()
    }
}
