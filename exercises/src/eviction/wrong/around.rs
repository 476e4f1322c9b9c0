//! Mistakes that can be made with any policy, around a right one.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use crate::eviction::{Access, Policy};

/// It takes the cache for full when one place is left.
pub(super) struct OneTooFew<P>(P);

impl<P: Policy> Policy for OneTooFew<P> {
    fn new(capacity: NonZeroUsize) -> Self {
        let fewer = NonZeroUsize::new(capacity.get() - 1);
        Self(P::new(fewer.unwrap_or(capacity)))
    }

    fn access(&mut self, key: u64) -> Access {
        self.0.access(key)
    }

    fn contains(&self, key: u64) -> bool {
        self.0.contains(key)
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// It evicts when there are more keys than places, and so holds one too many.
pub(super) struct OneTooMany<P>(P);

impl<P: Policy> Policy for OneTooMany<P> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self(P::new(capacity.saturating_add(1)))
    }

    fn access(&mut self, key: u64) -> Access {
        self.0.access(key)
    }

    fn contains(&self, key: u64) -> bool {
        self.0.contains(key)
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// It evicts, and does not say which key.
pub(super) struct Silent<P>(P);

impl<P: Policy> Policy for Silent<P> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self(P::new(capacity))
    }

    fn access(&mut self, key: u64) -> Access {
        match self.0.access(key) {
            Access::Hit => Access::Hit,
            Access::Miss { .. } => Access::Miss { evicted: None },
        }
    }

    fn contains(&self, key: u64) -> bool {
        self.0.contains(key)
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// It takes a question for a use.
pub(super) struct AskingIsUse<P>(RefCell<P>);

impl<P: Policy> Policy for AskingIsUse<P> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self(RefCell::new(P::new(capacity)))
    }

    fn access(&mut self, key: u64) -> Access {
        self.0.get_mut().access(key)
    }

    fn contains(&self, key: u64) -> bool {
        let held = self.0.borrow().contains(key);
        if held {
            self.0.borrow_mut().access(key);
        }
        held
    }

    fn len(&self) -> usize {
        self.0.borrow().len()
    }
}

/// Beside the right policy there is a set of keys, out of which nothing is taken; only questions go by it.
pub(super) struct RemembersTheGone<P> {
    policy: P,
    set: BTreeSet<u64>,
}

impl<P: Policy> Policy for RemembersTheGone<P> {
    fn new(capacity: NonZeroUsize) -> Self {
        Self {
            policy: P::new(capacity),
            set: BTreeSet::new(),
        }
    }

    fn access(&mut self, key: u64) -> Access {
        self.set.insert(key);
        self.policy.access(key)
    }

    fn contains(&self, key: u64) -> bool {
        self.set.contains(&key)
    }

    fn len(&self) -> usize {
        self.policy.len()
    }
}
