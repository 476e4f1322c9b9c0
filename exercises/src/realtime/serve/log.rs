//! The last events, encoded, and what is queued for a client as one piece.
//!
//! No client has a queue of its own: it has a number, the last event that it was sent.
//! Its queue is what the log has behind that, and 10,000 queues cost 80 kB. Clients that
//! keep up stand at the same place, so what one is to be sent next is what the others
//! are to be sent: it is joined once, and shared.
//!
//! It forgets as [`EventLog`](crate::realtime::EventLog) says, with the bytes of the encoded forms.

use std::collections::VecDeque;

use bytes::{Bytes, BytesMut};

use super::form::Form;
use super::{Cursor, Gap, Limits, PublishError};

/// What a client is to be sent next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Batch {
    /// The last event in it.
    pub(super) upto: u64,
    /// The events, one behind the other.
    pub(super) bytes: Bytes,
}

/// The last events, and their three forms.
#[derive(Debug)]
pub(super) struct Log {
    name: u64,
    max_events: usize,
    max_bytes: usize,
    batch_bytes: usize,
    kept: VecDeque<[Bytes; 3]>,
    n_bytes: usize,
    newest: u64,
    /// The batch that was joined last of each form, and the event that it follows.
    joined: [(u64, Batch); 3],
}

impl Log {
    pub(super) fn new(name: u64, limits: &Limits) -> Self {
        Self {
            name,
            max_events: limits.events.get(),
            max_bytes: limits.bytes,
            batch_bytes: limits.batch_bytes,
            kept: VecDeque::new(),
            n_bytes: 0,
            newest: 0,
            joined: Default::default(),
        }
    }

    /// Adds an event, and forgets as many as it takes to stay within the limits.
    pub(super) fn append(&mut self, data: &str) -> Result<Cursor, PublishError> {
        let cursor = Cursor {
            log: self.name,
            id: self.newest + 1,
        };
        let forms = Form::ALL.map(|form| form.event(cursor, data));
        let (bytes, limit) = (length(&forms), self.max_bytes);
        if bytes > limit {
            return Err(PublishError::TooLarge { bytes, limit });
        }
        while self.kept.len() >= self.max_events || self.n_bytes > limit - bytes {
            let oldest = self.kept.pop_front().expect("an empty log has room");
            self.n_bytes -= length(&oldest);
        }
        self.newest = cursor.id;
        self.n_bytes += bytes;
        self.kept.push_back(forms);
        Ok(cursor)
    }

    /// The event before the oldest that is kept.
    fn before_oldest(&self) -> u64 {
        self.newest - self.kept.len() as u64
    }

    /// Where a client goes on that names this place, and what it has missed.
    ///
    /// One that names none has nothing yet, and so misses nothing: it begins with the
    /// oldest event.
    pub(super) fn resume(&self, after: Option<Cursor>) -> (u64, Option<Gap>) {
        let oldest = self.before_oldest();
        match after {
            None => (oldest, None),
            Some(cursor) if cursor.log != self.name || cursor.id > self.newest => {
                (oldest, Some(Gap::OtherLog))
            }
            Some(cursor) if cursor.id < oldest => (oldest, Some(Gap::Forgotten)),
            Some(cursor) => (cursor.id, None),
        }
    }

    /// What follows the event `after`, in one piece; `None` if some of it is forgotten. The
    /// piece is empty if nothing follows.
    pub(super) fn next(&mut self, after: u64, form: Form) -> Option<Batch> {
        let n_known = after.checked_sub(self.before_oldest())?;
        let (follows, joined) = &self.joined[form as usize];
        // A full batch stays what it is when more events come; another is made anew.
        let is_current = joined.upto == self.newest || joined.bytes.len() >= self.batch_bytes;
        if *follows == after && joined.upto > after && is_current {
            return Some(joined.clone());
        }
        let batch = self.join(after, n_known as usize, form);
        self.joined[form as usize] = (after, batch.clone());
        Some(batch)
    }

    /// The end of this batch, if there are events behind it.
    pub(super) fn more_than(&self, batch: &Batch) -> Option<Cursor> {
        let is_more = !batch.bytes.is_empty() && batch.upto < self.newest;
        is_more.then_some(Cursor {
            log: self.name,
            id: batch.upto,
        })
    }

    fn join(&self, after: u64, n_known: usize, form: Form) -> Batch {
        let pieces = || {
            self.kept
                .range(n_known..)
                .map(|forms| &forms[form as usize])
        };
        let (mut n_events, mut n_bytes) = (0, 0);
        for piece in pieces() {
            if n_bytes >= self.batch_bytes {
                break;
            }
            n_events += 1;
            n_bytes += piece.len();
        }
        let bytes = match n_events {
            0 | 1 => pieces().next().cloned().unwrap_or_default(),
            _ => {
                let mut joined = BytesMut::with_capacity(n_bytes);
                pieces()
                    .take(n_events)
                    .for_each(|piece| joined.extend_from_slice(piece));
                joined.freeze()
            }
        };
        let upto = after + n_events as u64;
        Batch { upto, bytes }
    }
}

fn length(forms: &[Bytes; 3]) -> usize {
    forms.iter().map(Bytes::len).sum()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::realtime::{EventLog, LogError, LogLimits, RingLog};

    #[test]
    fn it_remembers_and_forgets_as_the_exercises_log_does() {
        let events = NonZeroUsize::new(7).expect("not 0");
        let mut plain = RingLog::new(LogLimits {
            events,
            bytes: usize::MAX,
        });
        let mut log = log(7, usize::MAX);
        for number in 1..=30 {
            let text = format!("event {number}");
            assert_eq!(plain.append(&text), Ok(number));
            assert_eq!(log.append(&text), Ok(Cursor { log: 1, id: number }));
            for id in 0..=number + 2 {
                let (at, gap) = log.resume(Some(Cursor { log: 1, id }));
                match plain.after(id, usize::MAX) {
                    Ok(kept) => {
                        let forms = kept.iter().map(|event| {
                            Form::Line.event(
                                Cursor {
                                    log: 1,
                                    id: event.id,
                                },
                                &event.data,
                            )
                        });
                        let expected: Vec<u8> = forms.flatten().collect();
                        let batch = log.next(at, Form::Line).expect("it is kept");
                        assert_eq!(
                            (gap, batch.bytes.to_vec()),
                            (None, expected),
                            "{number}, {id}"
                        );
                    }
                    Err(LogError::Forgotten { oldest }) => {
                        assert_eq!((at, gap), (oldest - 1, Some(Gap::Forgotten)));
                    }
                    Err(_) => assert_eq!(gap, Some(Gap::OtherLog), "{number}, {id}"),
                }
            }
        }
    }

    /// A log of few events, with batches of few bytes.
    fn log(events: usize, batch_bytes: usize) -> Log {
        let events = NonZeroUsize::new(events).expect("not 0");
        Log::new(
            1,
            &Limits {
                events,
                batch_bytes,
                ..Limits::default()
            },
        )
    }

    fn filled(events: usize, batch_bytes: usize, n: usize) -> Log {
        let mut log = log(events, batch_bytes);
        for number in 1..=n {
            log.append(&number.to_string()).expect("it is small");
        }
        log
    }

    #[test]
    fn what_is_queued_is_joined_once_for_all_who_stand_at_the_same_place() {
        let mut log = filled(10, 1000, 3);
        let first = log.next(1, Form::Sse).expect("it is kept");
        assert_eq!(first.bytes, "id: 1-2\ndata: 2\n\nid: 1-3\ndata: 3\n\n");
        let second = log.next(1, Form::Sse).expect("it is kept");
        assert_eq!(
            first.bytes.as_ptr(),
            second.bytes.as_ptr(),
            "the same memory"
        );
        log.append("4").expect("it is small");
        let third = log.next(1, Form::Sse).expect("it is kept");
        assert_eq!(third.upto, 4, "an old piece is not sent when there is more");
    }

    #[test]
    fn a_client_that_is_sent_batch_by_batch_gets_every_byte_once() {
        for batch_bytes in [1, 20, 50, 1000] {
            let mut log = filled(100, batch_bytes, 30);
            let (mut at, mut bytes) = (0, Vec::new());
            for number in 31..=60 {
                let batch = log.next(at, Form::Line).expect("it is kept");
                bytes.extend_from_slice(&batch.bytes);
                at = batch.upto;
                log.append(&number.to_string()).expect("it is small");
            }
            while at < log.newest {
                let batch = log.next(at, Form::Line).expect("it is kept");
                bytes.extend_from_slice(&batch.bytes);
                at = batch.upto;
            }
            let all = filled(100, usize::MAX, 60)
                .next(0, Form::Line)
                .expect("it is kept");
            assert_eq!(bytes, all.bytes, "batches of {batch_bytes} bytes");
        }
    }

    #[test]
    fn whoever_has_missed_events_is_told_so() {
        let log = filled(3, 1000, 10);
        let at = |log, id| Some(Cursor { log, id });
        assert_eq!(log.resume(None), (7, None), "it never had any");
        assert_eq!(log.resume(at(1, 10)), (10, None));
        assert_eq!(log.resume(at(1, 7)), (7, None));
        assert_eq!(log.resume(at(1, 6)), (7, Some(Gap::Forgotten)));
        assert_eq!(log.resume(at(1, 11)), (7, Some(Gap::OtherLog)));
        assert_eq!(log.resume(at(2, 8)), (7, Some(Gap::OtherLog)));
    }

    #[test]
    fn nothing_is_sent_over_a_gap() {
        let mut log = filled(3, 1000, 10);
        assert_eq!(log.next(6, Form::Frame), None);
        assert_eq!(
            log.next(10, Form::Frame),
            Some(Batch {
                upto: 10,
                bytes: Bytes::new()
            })
        );
    }

    #[test]
    fn an_event_that_is_too_large_changes_nothing() {
        let mut log = Log::new(
            1,
            &Limits {
                bytes: 100,
                ..Limits::default()
            },
        );
        log.append("small").expect("it fits");
        assert!(matches!(
            log.append(&"x".repeat(99)),
            Err(PublishError::TooLarge { limit: 100, .. })
        ));
        assert_eq!(log.newest, 1);
        assert_eq!(log.resume(None), (0, None));
    }
}
