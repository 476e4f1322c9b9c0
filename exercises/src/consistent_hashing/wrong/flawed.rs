//! A right ring, with the places where it can go wrong as [`Parts`].

use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::consistent_hashing::{HashRing, RingError, RingHash, VirtualNodes};

/// Position and server of each point.
pub(super) type Points = Vec<(u64, String)>;

/// The parts of a ring.
///
/// Functions as data instead of a trait's methods: the ring around them is then
/// compiled once, not once for each wrong solution.
pub(super) struct Parts {
    /// Positions of a server's points.
    pub(super) positions: fn(RingHash, &str, u32) -> Vec<u64>,
    /// Position of a key.
    pub(super) key: fn(RingHash, &[u8]) -> u64,
    /// Puts a server's points among the others.
    pub(super) join: fn(&mut Points, &str, &[u64]),
    /// Takes a server's points out.
    pub(super) leave: fn(&mut Points, &str),
    /// Index of the point that owns a position.
    pub(super) successor: fn(&Points, u64) -> Option<usize>,
    /// Whether a server that is there is refused.
    pub(super) refuses_twice: bool,
    /// Whether a server that is not there is refused.
    pub(super) refuses_unknown: bool,
}

/// All parts as they should be.
pub(super) const RIGHT: Parts = Parts {
    positions: |hash, server, count| (0..count).map(|index| hash.point(server, index)).collect(),
    key: |hash, key| hash.key(key),
    join: |points, server, positions| {
        push(points, server, positions);
        points.sort();
    },
    leave: |points, server| points.retain(|(_, name)| name != server),
    successor: |points, position| {
        let found = points.partition_point(|(point, _)| *point < position);
        if found < points.len() {
            Some(found)
        } else {
            (!points.is_empty()).then_some(0)
        }
    },
    refuses_twice: true,
    refuses_unknown: true,
};

/// Puts a server's points at the end.
pub(super) fn push(points: &mut Points, server: &str, positions: &[u64]) {
    points.extend(
        positions
            .iter()
            .map(|position| (*position, server.to_owned())),
    );
}

/// Puts each point where it belongs, and forgets who was there: what a map from
/// position to server does.
pub(super) fn overwrite(points: &mut Points, server: &str, positions: &[u64]) {
    points.retain(|(position, _)| !positions.contains(position));
    push(points, server, positions);
    points.sort();
    points.dedup();
}

/// A wrong solution: which parts it has.
pub(super) trait Flaw: 'static {
    const PARTS: Parts;
}

/// A ring with this flaw.
pub(super) struct Flawed<F> {
    ring: Ring,
    flaw: PhantomData<F>,
}

struct Ring {
    parts: Parts,
    hash: RingHash,
    points_per_server: u32,
    points: Points,
}

impl Ring {
    fn new(parts: Parts, hash: RingHash, points_per_server: u32) -> Self {
        Self {
            parts,
            hash,
            points_per_server,
            points: Points::new(),
        }
    }

    fn knows(&self, server: &str) -> bool {
        self.points.iter().any(|(_, name)| name == server)
    }

    fn join(&mut self, server: &str) -> Result<(), RingError> {
        if self.parts.refuses_twice && self.knows(server) {
            return Err(RingError::duplicate(server));
        }
        let positions = (self.parts.positions)(self.hash, server, self.points_per_server);
        (self.parts.join)(&mut self.points, server, &positions);
        Ok(())
    }

    fn leave(&mut self, server: &str) -> Result<(), RingError> {
        if self.parts.refuses_unknown && !self.knows(server) {
            return Err(RingError::unknown(server));
        }
        (self.parts.leave)(&mut self.points, server);
        Ok(())
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        let found = (self.parts.successor)(&self.points, (self.parts.key)(self.hash, key))?;
        Some(&self.points[found].1)
    }
}

impl<F: Flaw> HashRing for Flawed<F> {
    fn new(hash: RingHash) -> Self {
        Self {
            ring: Ring::new(F::PARTS, hash, 1),
            flaw: PhantomData,
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        self.ring.join(server)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.ring.leave(server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.ring.owner(key)
    }
}

impl<F: Flaw> VirtualNodes for Flawed<F> {
    fn new(hash: RingHash, points_per_server: NonZeroU32) -> Self {
        Self {
            ring: Ring::new(F::PARTS, hash, points_per_server.get()),
            flaw: PhantomData,
        }
    }

    fn add(&mut self, server: &str) -> Result<(), RingError> {
        self.ring.join(server)
    }

    fn remove(&mut self, server: &str) -> Result<(), RingError> {
        self.ring.leave(server)
    }

    fn owner(&self, key: &[u8]) -> Option<&str> {
        self.ring.owner(key)
    }
}
