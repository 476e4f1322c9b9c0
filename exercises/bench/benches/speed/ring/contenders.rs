//! The rings that race, and how each is asked for a million owners.

use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::hint::black_box;
use std::num::NonZeroU32;

use bench::Race;
use consistent_hash::{DefaultHash, Node, StaticHashRing};
use exercises::consistent_hashing::{
    Circle, FastRing, KEY_SEED, Maglev, ProbeRing, Rendezvous, RingHash, jump_hash, key_position,
    point_position,
};
use hashring::HashRing;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Names of the contenders that the book speaks of.
pub(super) const PROBES: &str = "multi-probe, 21 probes";
pub(super) const RENDEZVOUS: &str = "rendezvous";
pub(super) const JUMP: &str = "jump hash";
pub(super) const MAGLEV: &str = "Maglev, 65,537 slots";

/// XXH3 behind the standard library's trait. Each piece is hashed at once, with
/// the hash so far as its seed: for an 8-byte key the same as `key_position`.
#[derive(Debug, Default, Clone)]
pub(super) struct Xxh3(u64);

impl Hasher for Xxh3 {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0.wrapping_add(KEY_SEED));
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

/// `consistent_hash` with XXH3.
#[derive(Debug)]
pub(super) struct Xxh3Ring;

impl consistent_hash::RingHash for Xxh3Ring {
    #[inline]
    fn hash_item<T: Hash>(&self, item: &T) -> u64 {
        let mut hasher = Xxh3::default();
        item.hash(&mut hasher);
        hasher.finish()
    }
}

/// A point of `hashring`, which knows points only: 8 bytes, the smallest that
/// still names a server.
#[derive(Debug, Clone, Copy, Hash)]
pub(super) struct ServerPoint {
    server: u32,
    index: u32,
}

fn server_points(servers: u32, points: u32) -> Vec<ServerPoint> {
    let of = |server| (0..points).map(move |index| ServerPoint { server, index });
    (0..servers).flat_map(of).collect()
}

/// How the other crates' rings are built.
pub(super) struct Theirs;

impl Theirs {
    pub(super) fn hashring(servers: u32, points: u32) -> HashRing<ServerPoint> {
        let mut ring = HashRing::new();
        ring.batch_add(server_points(servers, points));
        ring
    }

    pub(super) fn consistent_hash(
        names: &[String],
        points: u32,
    ) -> StaticHashRing<'_, &str, (), DefaultHash> {
        StaticHashRing::new(DefaultHash, nodes(names, points))
    }
}

fn nodes(names: &[String], points: u32) -> impl Iterator<Item = Node<&str, ()>> {
    names
        .iter()
        .map(move |name| Node::new(name.as_str()).quantity(points as usize))
}

/// All rings of the same servers.
pub(super) struct Rings<'a> {
    circle: Circle,
    fast: FastRing,
    rendezvous: Rendezvous,
    maglev: Maglev,
    probing: ProbeRing,
    hashring: HashRing<ServerPoint>,
    hashring_xxh3: HashRing<ServerPoint, BuildHasherDefault<Xxh3>>,
    consistent_hash: StaticHashRing<'a, &'a str, (), DefaultHash>,
    consistent_hash_xxh3: StaticHashRing<'a, &'a str, (), Xxh3Ring>,
    servers: u32,
}

impl<'a> Rings<'a> {
    pub(super) fn new(names: &'a [String], points: u32) -> Self {
        let servers = names.len() as u32;
        let points_each = NonZeroU32::new(points).expect("a ring has points");
        let mut rendezvous = Rendezvous::new(RingHash::XXH3);
        for name in names {
            rendezvous.add(name).expect("names are distinct");
        }
        let mut probing = ProbeRing::new(RingHash::XXH3, NonZeroU32::new(21).expect("not 0"));
        for name in names {
            probing.add(name).expect("names are distinct");
        }
        let mut hashring_xxh3 = HashRing::with_hasher(BuildHasherDefault::default());
        hashring_xxh3.batch_add(server_points(servers, points));
        Self {
            circle: Circle::from_servers(names, |name| {
                (0..points)
                    .map(|index| point_position(name, index))
                    .collect::<Vec<u64>>()
            })
            .expect("names are distinct"),
            fast: FastRing::from_servers(points_each, names).expect("names are distinct"),
            rendezvous,
            maglev: Maglev::new(RingHash::XXH3, 65_537, names).expect("65,537 is prime"),
            probing,
            hashring: Theirs::hashring(servers, points),
            hashring_xxh3,
            consistent_hash: Theirs::consistent_hash(names, points),
            consistent_hash_xxh3: StaticHashRing::new(Xxh3Ring, nodes(names, points)),
            servers,
        }
    }

    /// A race between different answers would prove nothing.
    pub(super) fn assert_same_owners(&self, n_keys: usize) {
        for key in keys(n_keys) {
            let key = key.to_le_bytes();
            assert_eq!(
                self.fast.owner(key),
                self.circle.owner_at(key_position(&key))
            );
        }
    }

    pub(super) fn plain_lookups(&self, n_keys: usize) -> u64 {
        each(n_keys, |key| {
            self.circle.owner_at(key_position(&key.to_le_bytes()))
        })
    }

    pub(super) fn fast_lookups(&self, n_keys: usize) -> u64 {
        each(n_keys, |key| self.fast.owner(key.to_le_bytes()))
    }

    /// Adds the rings of other crates, and the ways without a ring.
    pub(super) fn add_others<'r>(&'r self, race: &mut Race<'r>, n_keys: usize) {
        race.add("hashring 0.3.6", n_keys, move || {
            each(n_keys, |key| self.hashring.get(&key))
        });
        race.add("hashring 0.3.6, XXH3", n_keys, move || {
            each(n_keys, |key| self.hashring_xxh3.get(&key))
        });
        race.add("consistent_hash 0.1.4", n_keys, move || {
            each(n_keys, |key| {
                self.consistent_hash.calc_candidates(&key).next()
            })
        });
        race.add("consistent_hash 0.1.4, XXH3", n_keys, move || {
            each(n_keys, |key| {
                self.consistent_hash_xxh3.calc_candidates(&key).next()
            })
        });
        race.add(JUMP, n_keys, move || {
            each(n_keys, |key| {
                jump_hash(key_position(&key.to_le_bytes()), self.servers)
            })
        });
        race.add(MAGLEV, n_keys, move || {
            each(n_keys, |key| self.maglev.owner(key.to_le_bytes()))
        });
        // Linear in the servers: a sixteenth of the keys is long enough.
        let few = n_keys / 16;
        race.add(PROBES, few, move || {
            each(few, |key| self.probing.owner(key.to_le_bytes()))
        });
        race.add(RENDEZVOUS, few, move || {
            each(few, |key| self.rendezvous.owner(key.to_le_bytes()))
        });
    }
}

/// The first `count` keys, made on the fly, since a list of them would compete with
/// the rings for the cache. Multiples of an odd number near 2^64 over the golden
/// ratio: all different, and no two in a row alike.
fn keys(count: usize) -> impl Iterator<Item = u64> {
    (0..count as u64).map(|number| number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Asks for every key's owner; the compiler may not know that nobody listens.
fn each<T>(n_keys: usize, owner: impl Fn(u64) -> Option<T>) -> u64 {
    keys(n_keys)
        .map(|key| u64::from(black_box(owner(key)).is_some()))
        .sum()
}

/// What every lookup begins with.
pub(super) fn hashes(n_keys: usize) -> u64 {
    each(n_keys, |key| Some(key_position(&key.to_le_bytes())))
}
