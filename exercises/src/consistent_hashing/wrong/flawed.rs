//! A right ring, with the places where it can go wrong as methods of [`Flaw`].

use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::consistent_hashing::{HashRing, RingError, RingHash, VirtualNodes};

/// Position and server of each point.
pub(super) type Points = Vec<(u64, String)>;

/// What a wrong solution does otherwise; every default is right.
pub(super) trait Flaw {
    /// Positions of a server's points.
    fn positions(hash: RingHash, server: &str, count: u32) -> Vec<u64> {
        (0..count).map(|index| hash.point(server, index)).collect()
    }

    /// Position of a key.
    fn key(hash: RingHash, key: &[u8]) -> u64 {
        hash.key(key)
    }

    /// Puts a server's points among the others.
    fn join(points: &mut Points, server: &str, positions: &[u64]) {
        points.extend(
            positions
                .iter()
                .map(|position| (*position, server.to_owned())),
        );
        points.sort();
    }

    /// Takes a server's points out.
    fn leave(points: &mut Points, server: &str) {
        points.retain(|(_, name)| name != server);
    }

    /// Index of the point that owns a position.
    fn successor(points: &Points, position: u64) -> Option<usize> {
        let found = points.partition_point(|(point, _)| *point < position);
        if found < points.len() {
            Some(found)
        } else {
            (!points.is_empty()).then_some(0)
        }
    }

    /// Whether a server that is there is refused.
    const REFUSES_TWICE: bool = true;

    /// Whether a server that is not there is refused.
    const REFUSES_UNKNOWN: bool = true;
}

/// A ring with this flaw.
pub(super) struct Flawed<F> {
    hash: RingHash,
    points_per_server: u32,
    points: Points,
    flaw: PhantomData<F>,
}

impl<F: Flaw> Flawed<F> {
    fn of(hash: RingHash, points_per_server: u32) -> Self {
        Self {
            hash,
            points_per_server,
            points: Points::new(),
            flaw: PhantomData,
        }
    }

    fn knows(&self, server: &str) -> bool {
        self.points.iter().any(|(_, name)| name == server)
    }

    fn join(&mut self, server: &str) -> Result<(), RingError> {
        if F::REFUSES_TWICE && self.knows(server) {
            return Err(RingError::duplicate(server));
        }
        let positions = F::positions(self.hash, server, self.points_per_server);
        F::join(&mut self.points, server, &positions);
        Ok(())
    }

    fn leave(&mut self, server: &str) -> Result<(), RingError> {
        if F::REFUSES_UNKNOWN && !self.knows(server) {
            return Err(RingError::unknown(server));
        }
        F::leave(&mut self.points, server);
        Ok(())
    }

    fn owner_of(&self, key: &[u8]) -> Option<&str> {
        let found = F::successor(&self.points, F::key(self.hash, key))?;
        Some(&self.points[found].1)
    }
}

impl<F: Flaw> HashRing for Flawed<F> {
    fn new(hash: RingHash) -> Self {
        Self::of(hash, 1)
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        self.join(server)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.leave(server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.owner_of(key)
    }
}

impl<F: Flaw> VirtualNodes for Flawed<F> {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self::of(hash, points_per_server.get())
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        self.join(server)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.leave(server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.owner_of(key)
    }
}

/// Puts each point where it belongs, and forgets who was there: what a map from
/// position to server does.
pub(super) fn overwrite(points: &mut Points, server: &str, positions: &[u64]) {
    points.retain(|(position, _)| !positions.contains(position));
    points.extend(
        positions
            .iter()
            .map(|position| (*position, server.to_owned())),
    );
    points.sort();
    points.dedup();
}
