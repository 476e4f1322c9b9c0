//! The last events in a ring: `after` finds its place by subtraction, because ids have no
//! gaps.
//!
//! A map from id to event would find them as well, with a search for each; it would be
//! the choice if events could be taken out of the middle.

use std::collections::VecDeque;

use super::{EventLog, LogError, LogEvent, LogLimits};

/// The reference for [`EventLog`].
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::realtime::{EventLog, LogLimits, RingLog};
///
/// let mut log = RingLog::new(LogLimits { events: NonZeroUsize::MIN, bytes: 10 });
/// assert_eq!(log.append("hello"), Ok(1));
/// ```
///
/// # Time complexity
///
/// `append` is O(length of the text), spread over the calls; `after` is O(answer).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingLog {
    limits: LogLimits,
    kept: VecDeque<LogEvent>,
    n_bytes: usize,
    newest: u64,
}

// ANCHOR: event_log
impl EventLog for RingLog {
    fn new(limits: LogLimits) -> Self {
        Self {
            limits,
            kept: VecDeque::new(),
            n_bytes: 0,
            newest: 0,
        }
    }

    fn append(&mut self, data: &str) -> Result<u64, LogError> {
        let (bytes, limit) = (data.len(), self.limits.bytes);
        if bytes > limit {
            return Err(LogError::TooLarge { bytes, limit });
        }
        // Room first, so that the limits hold at every moment.
        while self.kept.len() >= self.limits.events.get() || self.n_bytes > limit - bytes {
            let oldest = self.kept.pop_front().expect("an empty log has room");
            self.n_bytes -= oldest.data.len();
        }
        self.newest += 1;
        self.n_bytes += bytes;
        self.kept.push_back(LogEvent {
            id: self.newest,
            data: data.to_owned(),
        });
        Ok(self.newest)
    }

    fn after(&self, id: u64, at_most: usize) -> Result<Vec<LogEvent>, LogError> {
        if id > self.newest {
            return Err(LogError::Ahead {
                newest: self.newest,
            });
        }
        let oldest = self.newest + 1 - self.kept.len() as u64;
        // The client has `id`, so the first that it needs is the next one.
        let Some(n_known) = (id + 1).checked_sub(oldest) else {
            return Err(LogError::Forgotten { oldest });
        };
        let missed = self.kept.iter().skip(n_known as usize);
        Ok(missed.take(at_most).cloned().collect())
    }

    fn bytes(&self) -> usize {
        self.n_bytes
    }
}
// ANCHOR_END: event_log

impl RingLog {
    /// Id of the newest event; 0 if there was none.
    pub fn newest(&self) -> u64 {
        self.newest
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;

    fn log(events: usize, bytes: usize) -> RingLog {
        let events = NonZeroUsize::new(events).expect("not 0");
        RingLog::new(LogLimits { events, bytes })
    }

    #[test]
    fn a_client_that_resumes_batch_by_batch_misses_nothing_and_gets_nothing_twice() {
        let mut log = log(1000, 1 << 20);
        let (mut id, mut seen) = (0, Vec::new());
        for number in 0..100 {
            log.append(&number.to_string()).expect("it is small");
            if number % 7 == 0 {
                let batch = log.after(id, 5).expect("nothing is forgotten");
                id = batch.last().map_or(id, |event| event.id);
                seen.extend(batch.into_iter().map(|event| event.id));
            }
        }
        assert_eq!(seen, Vec::from_iter(1..=seen.len() as u64));
    }

    #[test]
    fn one_large_event_drives_out_as_many_small_ones_as_it_needs() {
        let mut log = log(10, 6);
        for text in ["aa", "bb", "cc"] {
            log.append(text).expect("it fits");
        }
        assert_eq!(log.append("ddd"), Ok(4));
        assert_eq!(log.bytes(), 5);
        assert_eq!(log.after(1, 9), Err(LogError::Forgotten { oldest: 3 }));
        assert_eq!(log.after(2, 9).map(|events| events.len()), Ok(2));
    }
}
