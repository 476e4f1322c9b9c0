//! Who waits, and until when.
//!
//! All have the same patience and time does not go back, so who came first also goes
//! first: a queue is sorted by itself, and needs no heap of deadlines.

use std::collections::VecDeque;
use std::time::Duration;

use super::{LogEvent, LongPoll, LongPollLimits, Polled};

/// The reference for [`LongPoll`].
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::{LongPoll, LongPollLimits, WaitingRoom};
///
/// let limits = LongPollLimits { patience: Duration::from_secs(30), waiting: 10, batch: 10 };
/// let mut polls = WaitingRoom::new(limits);
/// assert_eq!(polls.publish("nobody waits"), []);
/// ```
///
/// # Time complexity
///
/// `poll` and `leave` are O(waiting), to find an earlier request of the client; `publish`
/// and `expire` are O(answers).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingRoom {
    limits: LongPollLimits,
    /// Event `n` is at place `n - 1`.
    events: Vec<LogEvent>,
    /// Clients with their deadlines, the earliest first.
    waiting: VecDeque<(u64, Duration)>,
}

// ANCHOR: long_poll
impl LongPoll for WaitingRoom {
    fn new(limits: LongPollLimits) -> Self {
        Self {
            limits,
            events: Vec::new(),
            waiting: VecDeque::new(),
        }
    }

    fn poll(&mut self, client: u64, last: u64, now: Duration) -> Polled {
        // A client has one request at a time: the earlier one's connection is gone.
        self.leave(client);
        let newest = self.events.len() as u64;
        let last = if last > newest { 0 } else { last };
        if last < newest {
            let missed = self.events[last as usize..].iter();
            return Polled::News(missed.take(self.limits.batch).cloned().collect());
        }
        if self.waiting.len() >= self.limits.waiting {
            return Polled::Busy;
        }
        self.waiting.push_back((client, now + self.limits.patience));
        Polled::Waits
    }

    fn publish(&mut self, data: &str) -> Vec<(u64, LogEvent)> {
        let event = LogEvent {
            id: self.events.len() as u64 + 1,
            data: data.to_owned(),
        };
        self.events.push(event.clone());
        // Whoever waits has everything else: it would not wait otherwise.
        let waiting = self.waiting.drain(..);
        waiting.map(|(client, _)| (client, event.clone())).collect()
    }

    fn expire(&mut self, now: Duration) -> Vec<u64> {
        let n_expired = self
            .waiting
            .partition_point(|(_, deadline)| *deadline <= now);
        self.waiting
            .drain(..n_expired)
            .map(|(client, _)| client)
            .collect()
    }

    fn leave(&mut self, client: u64) {
        self.waiting.retain(|(waiting, _)| *waiting != client);
    }

    fn next_deadline(&self) -> Option<Duration> {
        self.waiting.front().map(|(_, deadline)| *deadline)
    }
}
// ANCHOR_END: long_poll

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_always_asks_again_gets_every_event_once() {
        let limits = LongPollLimits {
            patience: Duration::from_secs(30),
            waiting: 1,
            batch: 2,
        };
        let (mut polls, mut seen) = (WaitingRoom::new(limits), Vec::new());
        for second in 0..100 {
            let now = Duration::from_secs(second);
            if second % 3 == 0
                && let Polled::News(events) = polls.poll(1, seen.len() as u64, now)
            {
                seen.extend(events.into_iter().map(|event| event.id));
            }
            if second % 4 == 0 {
                seen.extend(polls.publish("news").into_iter().map(|(_, event)| event.id));
            }
        }
        assert_eq!(seen, Vec::from_iter(1..=seen.len() as u64));
        assert_eq!(seen.len(), 25, "as many as were published");
    }
}
