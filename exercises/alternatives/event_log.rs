//! Another solution of *Event log*: a map from id to text.
//!
//! The reference keeps a ring, and finds an event by subtraction. A `BTreeMap` finds it
//! by search, and needs no thought about places; `range` begins behind the client's id.

use std::collections::BTreeMap;

use exercises::realtime::{EventLog, LogError, LogEvent, LogLimits, checks};

struct Mine {
    limits: LogLimits,
    texts: BTreeMap<u64, String>,
    given: u64,
}

impl EventLog for Mine {
    fn new(limits: LogLimits) -> Self {
        Self {
            limits,
            texts: BTreeMap::new(),
            given: 0,
        }
    }

    fn append(&mut self, data: &str) -> Result<u64, LogError> {
        if data.len() > self.limits.bytes {
            return Err(LogError::TooLarge {
                bytes: data.len(),
                limit: self.limits.bytes,
            });
        }
        self.given += 1;
        self.texts.insert(self.given, data.to_owned());
        while self.texts.len() > self.limits.events.get() || self.bytes() > self.limits.bytes {
            self.texts.pop_first();
        }
        Ok(self.given)
    }

    fn after(&self, id: u64, at_most: usize) -> Result<Vec<LogEvent>, LogError> {
        if id > self.given {
            return Err(LogError::Ahead { newest: self.given });
        }
        match self.texts.first_key_value() {
            Some((&oldest, _)) if id < oldest - 1 => Err(LogError::Forgotten { oldest }),
            _ => {
                let behind = self.texts.range(id + 1..).take(at_most);
                let event = |(&id, data): (&u64, &String)| LogEvent {
                    id,
                    data: data.clone(),
                };
                Ok(behind.map(event).collect())
            }
        }
    }

    fn bytes(&self) -> usize {
        self.texts.values().map(String::len).sum()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("event_log", checks::event_log::all::<Mine>)
}
