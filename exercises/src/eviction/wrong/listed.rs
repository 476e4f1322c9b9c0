//! A policy that keeps its keys in a list, with the places where it can go wrong as parts.

use std::marker::PhantomData;
use std::num::NonZeroUsize;

use crate::eviction::{Access, Policy};

/// What a list policy consists of. New keys come to the end of the list.
pub(super) struct Parts {
    /// What a hit on the key at this place does to the list.
    pub(super) hit: fn(&mut Vec<u64>, usize),
    /// The place of the key that goes; of a list that is not empty.
    pub(super) victim: fn(&[u64]) -> usize,
    /// When it makes room.
    pub(super) makes_room: MakesRoom,
}

/// When a policy makes room.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum MakesRoom {
    /// On a miss, before the newcomer goes in.
    OnMiss,
    /// Before it even looks whether the key is there.
    BeforeLooking,
    /// When the newcomer is in, which may then be the victim itself.
    Afterwards,
}

/// FIFO.
pub(super) const FIFO: Parts = Parts {
    hit: |_, _| {},
    victim: |_| 0,
    makes_room: MakesRoom::OnMiss,
};

/// LRU: the list is in the order of the last use.
pub(super) const LRU: Parts = Parts {
    hit: to_end,
    ..FIFO
};

/// MRU.
pub(super) const MRU: Parts = Parts {
    victim: |keys| keys.len() - 1,
    ..LRU
};

/// Moves a key to the end.
pub(super) fn to_end(keys: &mut Vec<u64>, place: usize) {
    let key = keys.remove(place);
    keys.push(key);
}

/// Which part is wrong, and how.
pub(super) trait Flaw: 'static {
    const PARTS: Parts;
}

/// A cache with a flaw.
pub(super) struct Flawed<F> {
    capacity: usize,
    keys: Vec<u64>,
    flaw: PhantomData<F>,
}

impl<F: Flaw> Flawed<F> {
    fn make_room(&mut self, most: usize) -> Option<u64> {
        (self.keys.len() > most).then(|| {
            let victim = (F::PARTS.victim)(&self.keys);
            self.keys.remove(victim)
        })
    }
}

impl<F: Flaw> Policy for Flawed<F> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            capacity: capacity.get(),
            keys: Vec::new(),
            flaw: PhantomData,
        }
    }

    fn access(&mut self, key: u64) -> Access {
        let when = F::PARTS.makes_room;
        let mut evicted = None;
        if when == MakesRoom::BeforeLooking {
            evicted = self.make_room(self.capacity - 1);
        }
        if let Some(place) = self.keys.iter().position(|other| *other == key) {
            (F::PARTS.hit)(&mut self.keys, place);
            return Access::Hit;
        }
        if when == MakesRoom::OnMiss {
            evicted = self.make_room(self.capacity - 1);
        }
        self.keys.push(key);
        if when == MakesRoom::Afterwards {
            evicted = self.make_room(self.capacity);
        }
        Access::Miss { evicted }
    }

    fn contains(&self, key: u64) -> bool {
        self.keys.contains(&key)
    }

    fn len(&self) -> usize {
        self.keys.len()
    }
}
