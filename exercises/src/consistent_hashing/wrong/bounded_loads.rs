//! Wrong solutions of the exercise `bounded_loads`.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::num::NonZeroU32;

use crate::catalog::Wrong;
use crate::consistent_hashing::{BoundedLoads, Circle, RingError, RingHash, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) fn all() -> Vec<Wrong> {
    vec![
        of::<NeverSpills>(
            "NeverSpills",
            "Every key goes to its successor, full or not.",
            "spill-clockwise",
        ),
        of::<SpillsOnce>(
            "SpillsOnce",
            "It looks at the next point only, and if that is full too, overloads it.",
            "spill-clockwise",
        ),
        of::<SpillsBackwards>(
            "SpillsBackwards",
            "Behind a full successor it goes on counter-clockwise.",
            "spill-clockwise",
        ),
        of::<SpillsToLeastLoaded>(
            "SpillsToLeastLoaded",
            "A key that does not fit goes to the least loaded server; a key's place then depends on all loads, and many move.",
            "spill-clockwise",
        ),
        of::<RoundsDown>(
            "RoundsDown",
            "The capacity is rounded down; with ε = 0 there may be no room for the last key.",
            "exact-capacity",
        ),
        of::<FloatCapacity>(
            "FloatCapacity",
            "The capacity is computed in floating point: ⌈1.1 × 50 / 5⌉ becomes 12.",
            "exact-capacity",
        ),
        of::<OneTooMany>(
            "OneTooMany",
            "A server with a load equal to the capacity still takes a key (`<=` for `<`).",
            "exact-capacity",
        ),
        of::<ForgetsNewKey>(
            "ForgetsNewKey",
            "m does not count the key that is being placed, so the first key finds every server full.",
            "exact-capacity",
        ),
        of::<KeepsLoad>(
            "KeepsLoad",
            "A released key is forgotten, but its server's load is not lowered.",
            "release",
        ),
        of::<KeepsCounting>(
            "KeepsCounting",
            "Released keys still count towards m, so the capacity never falls.",
            "release",
        ),
        of::<CountsTwice>(
            "CountsTwice",
            "A key that is assigned again counts twice.",
            "placed-already",
        ),
        of::<PlacesAgain>(
            "PlacesAgain",
            "A key that is assigned again is placed again, and may move although nothing changed for it.",
            "placed-already",
        ),
        of::<AcceptsTwice>(
            "AcceptsTwice",
            "A name that comes twice is taken once instead of being refused.",
            "bad-requests",
        ),
        of::<InventsServers>(
            "InventsServers",
            "The load of a server that does not exist is 0.",
            "bad-requests",
        ),
        of::<IgnoresUnknownKeys>(
            "IgnoresUnknownKeys",
            "Releasing a key that is not placed is answered with `Ok`.",
            "bad-requests",
        ),
    ]
}

fn of<F: Flaw>(name: &'static str, diagnosis: &'static str, rejected_by: &'static str) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::bounded_loads::all::<Flawed<F>>,
    }
}

type Loads = BTreeMap<String, usize>;

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    /// What a server may hold while `keys` keys are placed, the new one included.
    fn capacity(epsilon_percent: u32, keys: usize, servers: usize) -> usize {
        ((100 + epsilon_percent as usize) * keys).div_ceil(100 * servers)
    }

    /// The server that takes a key, given the servers of the points clockwise.
    fn choose<'a>(walk: &[&'a str], loads: &Loads, capacity: usize) -> Option<&'a str> {
        walk.iter()
            .copied()
            .find(|server| loads[*server] < capacity)
    }

    const LOWERS_LOAD: bool = true;
    const STOPS_COUNTING: bool = true;
    const KNOWS_PLACED_KEYS: bool = true;
    const PLACES_AGAIN: bool = false;
    const REFUSES_TWICE: bool = true;
    const REFUSES_UNKNOWN_KEYS: bool = true;
    const KNOWS_SERVERS: bool = true;
}

/// A bounded ring with this flaw.
struct Flawed<F> {
    hash: RingHash,
    epsilon_percent: u32,
    circle: Circle,
    loads: Loads,
    placed: BTreeMap<Vec<u8>, String>,
    keys: usize,
    flaw: PhantomData<F>,
}

impl<F: Flaw> BoundedLoads for Flawed<F> {
    fn new(
        hash: RingHash,
        points_per_server: NonZeroU32,
        epsilon_percent: u32,
        servers: &[&str],
    ) -> Result<Self, RingError> {
        let mut circle = Circle::default();
        for server in servers {
            if !F::REFUSES_TWICE && circle.contains(server) {
                continue;
            }
            let indices = 0..points_per_server.get();
            circle.insert(server, indices.map(|index| hash.point(server, index)))?;
        }
        let loads = servers
            .iter()
            .map(|server| ((*server).to_owned(), 0))
            .collect();
        Ok(Self {
            hash,
            epsilon_percent,
            circle,
            loads,
            placed: BTreeMap::new(),
            keys: 0,
            flaw: PhantomData,
        })
    }

    fn assign(&mut self, key: &[u8]) -> Result<String, RingError> {
        if F::PLACES_AGAIN && self.placed.contains_key(key) {
            self.release(key)?;
        }
        if let Some(server) = self.placed.get(key).filter(|_| F::KNOWS_PLACED_KEYS) {
            return Ok(server.clone());
        }
        let walk: Vec<&str> = self.circle.clockwise(self.hash.key(key)).collect();
        if walk.is_empty() {
            return Err(RingError::NoServers);
        }
        let capacity = F::capacity(self.epsilon_percent, self.keys + 1, self.loads.len());
        let chosen = F::choose(&walk, &self.loads, capacity);
        let server = chosen.ok_or(RingError::NoServers)?.to_owned();
        *self
            .loads
            .get_mut(&server)
            .expect("points belong to servers") += 1;
        self.keys += 1;
        self.placed.insert(key.to_owned(), server.clone());
        Ok(server)
    }

    fn release(&mut self, key: &[u8]) -> Result<(), RingError> {
        let Some(server) = self.placed.remove(key) else {
            return if F::REFUSES_UNKNOWN_KEYS {
                Err(RingError::unknown_key(key))
            } else {
                Ok(())
            };
        };
        self.keys -= usize::from(F::STOPS_COUNTING);
        if F::LOWERS_LOAD {
            *self.loads.get_mut(&server).expect("keys are on servers") -= 1;
        }
        Ok(())
    }

    fn load(&self, server: &str) -> Option<usize> {
        let known = self.loads.get(server).copied();
        if F::KNOWS_SERVERS {
            known
        } else {
            Some(known.unwrap_or(0))
        }
    }
}

struct NeverSpills;
impl Flaw for NeverSpills {
    fn choose<'a>(walk: &[&'a str], _: &Loads, _: usize) -> Option<&'a str> {
        walk.first().copied()
    }
}

struct SpillsOnce;
impl Flaw for SpillsOnce {
    fn choose<'a>(walk: &[&'a str], loads: &Loads, capacity: usize) -> Option<&'a str> {
        let full = |server: &str| loads[server] >= capacity;
        let next = usize::from(walk.len() > 1 && full(walk[0]));
        walk.get(next).copied()
    }
}

struct SpillsBackwards;
impl Flaw for SpillsBackwards {
    fn choose<'a>(walk: &[&'a str], loads: &Loads, capacity: usize) -> Option<&'a str> {
        let (first, rest) = walk.split_first()?;
        let order = [first].into_iter().chain(rest.iter().rev());
        order.copied().find(|server| loads[*server] < capacity)
    }
}

struct SpillsToLeastLoaded;
impl Flaw for SpillsToLeastLoaded {
    fn choose<'a>(walk: &[&'a str], loads: &Loads, capacity: usize) -> Option<&'a str> {
        let first = walk
            .first()
            .copied()
            .filter(|server| loads[*server] < capacity);
        first.or_else(|| {
            walk.iter()
                .copied()
                .min_by_key(|server| (loads[*server], *server))
        })
    }
}

struct RoundsDown;
impl Flaw for RoundsDown {
    fn capacity(epsilon_percent: u32, keys: usize, servers: usize) -> usize {
        (100 + epsilon_percent as usize) * keys / (100 * servers)
    }
}

struct FloatCapacity;
impl Flaw for FloatCapacity {
    fn capacity(epsilon_percent: u32, keys: usize, servers: usize) -> usize {
        let factor = 1.0 + f64::from(epsilon_percent) / 100.0;
        (factor * keys as f64 / servers as f64).ceil() as usize
    }
}

struct OneTooMany;
impl Flaw for OneTooMany {
    fn choose<'a>(walk: &[&'a str], loads: &Loads, capacity: usize) -> Option<&'a str> {
        walk.iter()
            .copied()
            .find(|server| loads[*server] <= capacity)
    }
}

struct ForgetsNewKey;
impl Flaw for ForgetsNewKey {
    fn capacity(epsilon_percent: u32, keys: usize, servers: usize) -> usize {
        ((100 + epsilon_percent as usize) * (keys - 1)).div_ceil(100 * servers)
    }
}

struct KeepsLoad;
impl Flaw for KeepsLoad {
    const LOWERS_LOAD: bool = false;
}

struct KeepsCounting;
impl Flaw for KeepsCounting {
    const STOPS_COUNTING: bool = false;
}

struct CountsTwice;
impl Flaw for CountsTwice {
    const KNOWS_PLACED_KEYS: bool = false;
}

struct PlacesAgain;
impl Flaw for PlacesAgain {
    const PLACES_AGAIN: bool = true;
}

struct AcceptsTwice;
impl Flaw for AcceptsTwice {
    const REFUSES_TWICE: bool = false;
}

struct InventsServers;
impl Flaw for InventsServers {
    const KNOWS_SERVERS: bool = false;
}

struct IgnoresUnknownKeys;
impl Flaw for IgnoresUnknownKeys {
    const REFUSES_UNKNOWN_KEYS: bool = false;
}
