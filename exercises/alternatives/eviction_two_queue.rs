//! Another solution of *2Q*: one list with a state for each key, the gone ones included.
//!
//! The reference keeps three lists of slots. Here every key that the cache knows of has an entry with its state and the
//! time that orders it among its like; who goes is the earliest of a state.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use exercises::eviction::{Access, Policy, checks};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Newcomer,
    Proven,
    Gone,
}

struct Mine {
    capacity: usize,
    now: u64,
    /// By key: its state and since when, or for a proven key, when it was used last.
    keys: BTreeMap<u64, (State, u64)>,
}

impl Mine {
    fn count(&self, state: State) -> usize {
        self.keys.values().filter(|(other, _)| *other == state).count()
    }

    fn earliest(&self, state: State) -> Option<u64> {
        let of_state = self.keys.iter().filter(|(_, (other, _))| *other == state);
        let earliest = of_state.min_by_key(|(_, (_, since))| *since);
        earliest.map(|(key, _)| *key)
    }

    fn set(&mut self, key: u64, state: State) {
        self.now += 1;
        self.keys.insert(key, (state, self.now));
    }

    fn evict(&mut self) -> Option<u64> {
        let few_newcomers = self.count(State::Newcomer) <= self.capacity / 4;
        if few_newcomers && let Some(victim) = self.earliest(State::Proven) {
            self.keys.remove(&victim);
            return Some(victim);
        }
        let victim = self.earliest(State::Newcomer)?;
        self.set(victim, State::Gone);
        if self.count(State::Gone) > self.capacity / 2
            && let Some(forgotten) = self.earliest(State::Gone)
        {
            self.keys.remove(&forgotten);
        }
        Some(victim)
    }
}

impl Policy for Mine {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            now: 0,
            keys: BTreeMap::new(),
        }
    }

    fn access(&mut self, key: u64) -> Access {
        let state = self.keys.get(&key).map(|(state, _)| *state);
        let next = match state {
            Some(State::Newcomer) => return Access::Hit,
            Some(State::Proven) => {
                self.set(key, State::Proven);
                return Access::Hit;
            }
            Some(State::Gone) => State::Proven,
            None => State::Newcomer,
        };
        self.keys.remove(&key);
        let full = self.len() == self.capacity;
        let evicted = full.then(|| self.evict()).flatten();
        self.set(key, next);
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        let state = self.keys.get(&key).map(|(state, _)| *state);
        state.is_some_and(|state| state != State::Gone)
    }

    fn len(&self) -> usize {
        self.count(State::Newcomer) + self.count(State::Proven)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("eviction_two_queue", checks::eviction_two_queue::all::<Mine>)
}
