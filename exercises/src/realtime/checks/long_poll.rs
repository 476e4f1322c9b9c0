//! Checks of the exercise `long_poll`: calls, against a model that keeps the whole past.

use std::fmt;
use std::time::Duration;

use super::draw::Draw;
use super::script::agree;
use crate::grade::{Check, Seed, Verdict};
use crate::realtime::{LogEvent, LongPoll, LongPollLimits, Polled};

/// The checks of a solution of [`LongPoll`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{WaitingRoom, checks};
///
/// for check in checks::long_poll::all::<WaitingRoom>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: LongPoll>() -> Vec<Check> {
    vec![
        Check::new(
            "at-once",
            "A request for which there are events is answered at once, the oldest first, not more than fit.",
            |seed| tried(play::<T>, seed, &[Kind::Publish, Kind::Publish, Kind::Poll], (100, 2)),
        )
        .points(2)
        .hints([
            "Which events has a client missed that names `last`?",
            "All with a larger id, and the oldest must come first: it asks again with the last id that it got.",
            "`self.events[last as usize..].iter().take(limits.batch)`, if event `n` is at place `n - 1`",
        ]),
        Check::new(
            "published",
            "All who wait are sent a new event, the one who waits longest first, and wait no more.",
            |seed| tried(play::<T>, seed, &[Kind::Publish, Kind::Poll, Kind::PollNewest, Kind::PollNewest], (100, 9)),
        )
        .points(2)
        .hints([
            "After an answer, is the client still waiting?",
            "No: one request has one answer. The next event finds the client only if it has asked again.",
            "`self.waiting.drain(..).map(|(client, _)| (client, event.clone())).collect()`",
        ]),
        Check::new(
            "expires",
            "A request is answered with nothing when its time is up, not sooner, and never twice.",
            |seed| tried(play::<T>, seed, &[Kind::PollNewest, Kind::PollNewest, Kind::Expire, Kind::Deadline, Kind::Publish], (100, 9)),
        )
        .points(2)
        .hints([
            "When is the time up of a request that came at 5 s, with a patience of 3 s?",
            "At 8 s, and at any time after that. Who has been sent an event since then is not waiting.",
            "`deadline <= now`, and `next_deadline` is the earliest of those who still wait",
        ]),
        Check::new(
            "asks-again",
            "A client that asks again waits once, from now on, and at the end of the row.",
            |seed| tried(play::<T>, seed, &[Kind::PollAgain, Kind::PollAgain, Kind::Expire, Kind::Deadline, Kind::Publish], (100, 9)),
        )
        .hints([
            "A client's connection broke, and it has come back before you noticed. How often does it wait?",
            "Take its earlier wait out of the row before you look at the new request.",
            "`self.waiting.retain(|(waiting, _)| *waiting != client);` first of all in `poll`",
        ]),
        Check::new(
            "busy",
            "No more than the limit wait; one too many is refused, and one that waits already is none.",
            |seed| tried(play::<T>, seed, &[Kind::PollNewest, Kind::PollAgain, Kind::Publish, Kind::Poll, Kind::Leave], (2, 9)),
        )
        .hints([
            "When is a request refused: if it would wait, or always?",
            "Only if it would have to wait. And a client that asks again leaves its earlier place first.",
            "`if self.waiting.len() >= limits.waiting { return Polled::Busy; }`, behind the answer at once",
        ]),
        Check::new(
            "leaves",
            "Who has left is not answered, by an event or by the clock.",
            |seed| tried(play::<T>, seed, &[Kind::PollNewest, Kind::PollNewest, Kind::Leave, Kind::Deadline, Kind::Publish, Kind::Expire], (100, 9)),
        )
        .hints([
            "What does `next_deadline` say when the one who was first has left?",
            "The deadline of the next. Nothing may be left of the one who went.",
            "`self.waiting.retain(|(waiting, _)| *waiting != client);`",
        ]),
        Check::new(
            "another-life",
            "An id that was never given is taken for 0.",
            |seed| tried(play::<T>, seed, &[Kind::Publish, Kind::PollAhead, Kind::PollAhead, Kind::Deadline], (100, 9)),
        )
        .hints([
            "The server was started anew. What does a client name that was there before?",
            "A large id. If it waited for a larger one, it would miss everything until then.",
            "`let last = if last > newest { 0 } else { last };`",
        ]),
    ]
}

/// A call.
#[derive(Debug, Clone)]
enum Call {
    Poll(u64, u64, u64),
    Publish(String),
    Expire(u64),
    Leave(u64),
    NextDeadline,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Poll(client, last, now) => {
                write!(
                    f,
                    "polls.poll({client}, {last}, Duration::from_secs({now}));"
                )
            }
            Self::Publish(data) => write!(f, "polls.publish({data:?});"),
            Self::Expire(now) => write!(f, "polls.expire(Duration::from_secs({now}));"),
            Self::Leave(client) => write!(f, "polls.leave({client});"),
            Self::NextDeadline => write!(f, "polls.next_deadline();"),
        }
    }
}

/// What a call is drawn for.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// With any id.
    Poll,
    /// Of a client that has everything, and does not wait.
    PollNewest,
    /// Of one of two clients that have everything, and may wait.
    PollAgain,
    PollAhead,
    Publish,
    Expire,
    Leave,
    Deadline,
}

type Play = fn(LongPollLimits, &[Call]) -> Vec<String>;

fn play<T: LongPoll>(limits: LongPollLimits, calls: &[Call]) -> Vec<String> {
    let mut polls = T::new(limits);
    let answer = |call: &Call| match call {
        Call::Poll(client, last, now) => {
            format!(
                "{:?}",
                polls.poll(*client, *last, Duration::from_secs(*now))
            )
        }
        Call::Publish(data) => format!("{:?}", polls.publish(data)),
        Call::Expire(now) => format!("{:?}", polls.expire(Duration::from_secs(*now))),
        Call::Leave(client) => {
            polls.leave(*client);
            String::new()
        }
        Call::NextDeadline => format!("{:?}", polls.next_deadline()),
    };
    calls.iter().map(answer).collect()
}

/// Scripts of these kinds of calls, short ones first.
fn tried(solution: Play, seed: Seed, kinds: &[Kind], (waiting, batch): (usize, usize)) -> Verdict {
    let mut draw = Draw::new(seed);
    for size in (1..24).flat_map(|size| [size; 12]) {
        let patience = 1 + draw.below(9) as u64;
        let limits = LongPollLimits {
            patience: Duration::from_secs(patience),
            waiting,
            batch,
        };
        let mut now = 0;
        let mut n_published = 0;
        let calls: Vec<Call> = (0..size)
            .map(|number| {
                now += draw.below(4) as u64;
                let call = drawn(&mut draw, kinds, (number, n_published, now));
                n_published += u64::from(matches!(call, Call::Publish(_)));
                call
            })
            .collect();
        agree(
            &format!(
                "let mut polls = Mine::new(LongPollLimits {{ patience: Duration::from_secs({patience}), waiting: {waiting}, batch: {batch} }});"
            ),
            &calls,
            &|calls| solution(limits, calls),
            &|calls| play::<Past>(limits, calls),
        )?;
    }
    Ok(())
}

fn drawn(draw: &mut Draw, kinds: &[Kind], (number, newest, now): (u64, u64, u64)) -> Call {
    let few = draw.below(2) as u64;
    match draw.one_of(kinds) {
        Kind::Poll => Call::Poll(100 + number, draw.below(newest as usize + 1) as u64, now),
        Kind::PollNewest => Call::Poll(100 + number, newest, now),
        Kind::PollAgain => Call::Poll(few, newest, now),
        Kind::PollAhead => Call::Poll(100 + number, newest + draw.below(3) as u64, now),
        Kind::Publish => Call::Publish(format!("event {}", newest + 1)),
        Kind::Expire => Call::Expire(now),
        Kind::Leave => Call::Leave(match number {
            0 => few,
            number => 100 + draw.below(number as usize) as u64,
        }),
        Kind::Deadline => Call::NextDeadline,
    }
}

/// The model: all requests that there ever were, each with what became of it.
struct Past {
    limits: LongPollLimits,
    texts: Vec<String>,
    /// Client, deadline, and whether it still waits.
    requests: Vec<(u64, Duration, bool)>,
}

impl Past {
    fn waiting(&self) -> Vec<(u64, Duration)> {
        let waiting = self.requests.iter().filter(|(.., waits)| *waits);
        waiting
            .map(|(client, deadline, _)| (*client, *deadline))
            .collect()
    }
}

impl LongPoll for Past {
    fn new(limits: LongPollLimits) -> Self {
        Self {
            limits,
            texts: Vec::new(),
            requests: Vec::new(),
        }
    }

    fn poll(&mut self, client: u64, last: u64, now: Duration) -> Polled {
        self.leave(client);
        let all = self.texts.iter().zip(1..).map(|(data, id)| LogEvent {
            id,
            data: data.clone(),
        });
        let all: Vec<LogEvent> = all.collect();
        let is_given = last <= all.len() as u64;
        let missed = all.into_iter().filter(|event| event.id > last || !is_given);
        let events: Vec<LogEvent> = missed.take(self.limits.batch).collect();
        if !events.is_empty() {
            return Polled::News(events);
        }
        if self.waiting().len() == self.limits.waiting {
            return Polled::Busy;
        }
        self.requests
            .push((client, now + self.limits.patience, true));
        Polled::Waits
    }

    fn publish(&mut self, data: &str) -> Vec<(u64, LogEvent)> {
        self.texts.push(data.to_owned());
        let waiting = self.waiting();
        self.requests
            .iter_mut()
            .for_each(|request| request.2 = false);
        let event = |client| {
            let (id, data) = (self.texts.len() as u64, data.to_owned());
            (client, LogEvent { id, data })
        };
        waiting
            .into_iter()
            .map(|(client, _)| event(client))
            .collect()
    }

    fn expire(&mut self, now: Duration) -> Vec<u64> {
        let expired = self
            .waiting()
            .into_iter()
            .filter(|(_, deadline)| *deadline <= now);
        let expired: Vec<u64> = expired.map(|(client, _)| client).collect();
        expired.iter().for_each(|client| self.leave(*client));
        expired
    }

    fn leave(&mut self, client: u64) {
        let of_client = self
            .requests
            .iter_mut()
            .filter(|request| request.0 == client);
        of_client.for_each(|request| request.2 = false);
    }

    fn next_deadline(&self) -> Option<Duration> {
        self.waiting()
            .into_iter()
            .map(|(_, deadline)| deadline)
            .min()
    }
}
