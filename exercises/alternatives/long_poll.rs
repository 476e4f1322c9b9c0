//! Another solution of *Long polling*: tickets in a map.
//!
//! The reference keeps a queue. Here each request draws a ticket, tickets are sorted by
//! their numbers, and a second map finds the ticket of a client, so that leaving needs no
//! search.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use exercises::realtime::{LogEvent, LongPoll, LongPollLimits, Polled, checks};

struct Mine {
    limits: LongPollLimits,
    published: Vec<String>,
    next_ticket: u64,
    tickets: BTreeMap<u64, (u64, Duration)>,
    ticket_of: HashMap<u64, u64>,
}

impl Mine {
    fn event(&self, id: u64) -> LogEvent {
        let data = self.published[id as usize - 1].clone();
        LogEvent { id, data }
    }

    fn newest(&self) -> u64 {
        self.published.len() as u64
    }
}

impl LongPoll for Mine {
    fn new(limits: LongPollLimits) -> Self {
        Self {
            limits,
            published: Vec::new(),
            next_ticket: 0,
            tickets: BTreeMap::new(),
            ticket_of: HashMap::new(),
        }
    }

    fn poll(&mut self, client: u64, last: u64, now: Duration) -> Polled {
        self.leave(client);
        let first = match last {
            last if last <= self.newest() => last + 1,
            _ => 1,
        };
        let ids = (first..=self.newest()).take(self.limits.batch);
        let events: Vec<LogEvent> = ids.map(|id| self.event(id)).collect();
        if !events.is_empty() {
            return Polled::News(events);
        }
        if self.tickets.len() == self.limits.waiting {
            return Polled::Busy;
        }
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        let deadline = now + self.limits.patience;
        self.tickets.insert(ticket, (client, deadline));
        self.ticket_of.insert(client, ticket);
        Polled::Waits
    }

    fn publish(&mut self, data: &str) -> Vec<(u64, LogEvent)> {
        self.published.push(data.to_owned());
        self.ticket_of.clear();
        let waiting = std::mem::take(&mut self.tickets);
        let event = self.event(self.newest());
        waiting
            .into_values()
            .map(|(client, _)| (client, event.clone()))
            .collect()
    }

    fn expire(&mut self, now: Duration) -> Vec<u64> {
        let mut expired = Vec::new();
        while let Some(first) = self.tickets.first_entry()
            && first.get().1 <= now
        {
            let (client, _) = first.remove();
            self.ticket_of.remove(&client);
            expired.push(client);
        }
        expired
    }

    fn leave(&mut self, client: u64) {
        if let Some(ticket) = self.ticket_of.remove(&client) {
            self.tickets.remove(&ticket);
        }
    }

    fn next_deadline(&self) -> Option<Duration> {
        let (_, deadline) = self.tickets.first_key_value()?.1;
        Some(*deadline)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("long_poll", checks::long_poll::all::<Mine>)
}
