//! Where keys and servers sit on the ring: the course's one hash function.
//!
//! Every placement in the chapter, the notebook and the exercises goes through
//! [`RingHash`], so two machines, two releases and two solutions that follow the
//! same contract give the same answer. A ring that hashes with the standard
//! library's `RandomState` gives another answer in every process, which is fine
//! for a `HashMap` and useless for a cluster.
//!
//! | what | position on the ring of 2^64 |
//! |---|---|
//! | key | XXH3-64 of its bytes, seed [`KEY_SEED`] |
//! | point `index` of a server | XXH3-64, seed [`POINT_SEED`], of `index` as 4 bytes little-endian, then the name's UTF-8 bytes |
//!
//! - The index comes first and always takes four bytes, so no two pairs of name
//!   and index encode alike. Gluing them together as text does not have that
//!   property: `("a", 12)` and `("a1", 2)` both give `a12`.
//! - Key seed 0 is plain XXH3: `xxhsum -H3` prints the same numbers. Points use
//!   another seed, else the key `"a"` would always land on a point of its own.
//! - Points of two servers may still collide, with probability about
//!   `p² / 2^65` for `p` points. Tie rule: the server whose name is smaller in
//!   byte order owns the position, whatever the order of insertion.
//!
//! XXH3 resists no attacker: a client who chooses keys can crowd one server.
//! Where clients choose keys, a keyed hash (SipHash with a secret that all
//! servers share) is the remedy.
//!
//! Source: Y. Collet, *xxHash fast digest algorithm*, specification 0.2.0, XXH3
//! (<https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>).

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::labelled;

/// Seed of the keys' hash; 0 makes it the plain XXH3-64 that other tools print.
pub const KEY_SEED: u64 = 0;

/// Seed of the points' hash; any number but [`KEY_SEED`] serves.
pub const POINT_SEED: u64 = 1;

/// Longest encoded point that is hashed without an allocation. Host names with
/// port fit; a longer name costs one `Vec`.
const STACK_BYTES: usize = 64;

/// Position of a key on the ring.
///
/// # Time complexity
///
/// O(length of the key).
///
/// ```
/// use exercises::consistent_hashing::key_position;
///
/// assert_eq!(key_position(b"user:42"), 0x9fc1_e605_fa71_74aa);
/// ```
#[inline]
pub fn key_position(key: &[u8]) -> u64 {
    xxh3_64_with_seed(key, KEY_SEED)
}

/// Position of one of a server's points on the ring.
///
/// # Time complexity
///
/// O(length of the name).
///
/// ```
/// use exercises::consistent_hashing::point_position;
///
/// assert_ne!(point_position("cache-a", 0), point_position("cache-a", 1));
/// assert_ne!(point_position("a", 12), point_position("a1", 2));
/// ```
#[inline]
pub fn point_position(server: &str, index: u32) -> u64 {
    let index = index.to_le_bytes();
    let length = index.len() + server.len();
    let mut buffer = [0; STACK_BYTES];
    if let Some(encoded) = buffer.get_mut(..length) {
        encoded[..index.len()].copy_from_slice(&index);
        encoded[index.len()..].copy_from_slice(server.as_bytes());
        return xxh3_64_with_seed(encoded, POINT_SEED);
    }
    let encoded = [&index, server.as_bytes()].concat();
    xxh3_64_with_seed(&encoded, POINT_SEED)
}

/// What a server bids for a key in rendezvous hashing, given the positions of both:
/// XXH3-64 of the key's position as 8 bytes little-endian, seeded with the server's.
///
/// A function of two numbers rather than of two names: a lookup asks it of every
/// server, and hashing the names anew each time would cost more than the rest.
///
/// ```
/// use exercises::consistent_hashing::{bid, key_position, point_position};
///
/// let key = key_position(b"user:42");
/// let (a, b) = (point_position("a", 0), point_position("b", 0));
/// assert_ne!(bid(a, key), bid(b, key));
/// ```
#[inline]
pub fn bid(server: u64, key: u64) -> u64 {
    xxh3_64_with_seed(&key.to_le_bytes(), server)
}

/// Where probe number `index` of a key sits, given the key's position: probe 0 is the
/// position itself, every other XXH3-64 of its 8 bytes little-endian, seeded with `index`.
///
/// ```
/// use exercises::consistent_hashing::probe_position;
///
/// assert_eq!(probe_position(42, 0), 42);
/// assert_ne!(probe_position(42, 1), probe_position(42, 2));
/// ```
#[inline]
pub fn probe_position(key: u64, index: u32) -> u64 {
    match index {
        0 => key,
        index => xxh3_64_with_seed(&key.to_le_bytes(), u64::from(index)),
    }
}

/// The hash that a ring is told to use: one function for keys, one for points.
///
/// A ring takes it as a value instead of calling XXH3 itself, so that the same
/// code also runs on [`RingHash::LABELLED`], a ring on which you can see every
/// position with your own eyes.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::RingHash;
///
/// let toy = RingHash::LABELLED;
/// assert_eq!(toy.key(b"photo@25"), 25);
/// assert_eq!(toy.point("a@64,200", 1), 200);
///
/// let real = RingHash::XXH3;
/// assert_eq!(real.key(b"user:42"), RingHash::default().key(b"user:42"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RingHash {
    key: fn(&[u8]) -> u64,
    point: fn(&str, u32) -> u64,
}

impl RingHash {
    /// The course's hash: [`key_position`] and [`point_position`].
    pub const XXH3: Self = Self::new(key_position, point_position);

    /// Positions written in the names: key `photo@25` sits at 25, and server
    /// `a@64,200` has point 0 at 64 and point 1 at 200. Whatever has no such
    /// label falls back to [`RingHash::XXH3`].
    pub const LABELLED: Self = Self::new(labelled::key_position, labelled::point_position);

    /// A hash of your own: a function for keys, and one for a server's points.
    pub const fn new(key: fn(&[u8]) -> u64, point: fn(&str, u32) -> u64) -> Self {
        Self { key, point }
    }

    /// Position of a key.
    pub fn key(&self, key: &[u8]) -> u64 {
        (self.key)(key)
    }

    /// Position of point number `index` of a server.
    pub fn point(&self, server: &str, index: u32) -> u64 {
        (self.point)(server, index)
    }
}

impl Default for RingHash {
    fn default() -> Self {
        Self::XXH3
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(position: u64, expected: Expect) {
        expected.assert_eq(&format!("{position:016x}"));
    }

    #[test]
    fn keys_hash_like_published_xxh3() {
        // First value: the empty input's XXH3-64 in the reference implementation's own tests.
        check(key_position(b""), expect!["2d06800538d394c2"]);
        check(key_position(b"a"), expect!["e6c632b61e964e1f"]);
        check(key_position(b"user:42"), expect!["9fc1e605fa7174aa"]);
        check(key_position(&[b'x'; 300]), expect!["a5d1b4607dc83554"]);
    }

    #[test]
    fn points_keep_their_positions_in_every_release() {
        check(point_position("a", 0), expect!["b5f6b63ae2cc56c2"]);
        check(point_position("a", 1), expect!["b1348ed7f3c9d039"]);
        check(
            point_position("cache-a.example:6379", 159),
            expect!["3c0998627635d7c3"],
        );
        check(
            point_position(&"n".repeat(61), 0),
            expect!["4476b4a712a9ec70"],
        );
    }

    #[test]
    fn name_and_index_cannot_be_confused() {
        let pairs = [("a", 12), ("a1", 2), ("a12", 0), ("", 12), ("a\u{c}", 0)];
        for (i, (server, index)) in pairs.iter().enumerate() {
            for (other, other_index) in &pairs[..i] {
                assert_ne!(
                    point_position(server, *index),
                    point_position(other, *other_index),
                    "({server:?}, {index}) and ({other:?}, {other_index})"
                );
            }
        }
    }

    #[test]
    fn a_name_of_any_length_is_encoded_alike() {
        for length in STACK_BYTES - 8..STACK_BYTES + 8 {
            let name = "n".repeat(length);
            let encoded = [&7_u32.to_le_bytes(), name.as_bytes()].concat();
            assert_eq!(
                point_position(&name, 7),
                xxh3_64_with_seed(&encoded, POINT_SEED)
            );
        }
    }

    #[test]
    fn a_key_does_not_sit_on_the_point_of_its_namesake() {
        assert_ne!(key_position(b"a"), point_position("a", 0));
    }
}
