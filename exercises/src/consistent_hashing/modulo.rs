//! `hash(key) % n`: perfect balance, and almost every key moves when `n` changes.
//!
//! Use it where the number of servers never changes, or where moving everything
//! costs nothing (say, the worker threads of one process). Going from `n` to `m`
//! servers keeps only `min(n, m) / lcm(n, m)` of the keys: a quarter from 3 to 4,
//! one in 101 from 100 to 101.

use super::{ModuloPlacement, key_position};

/// The reference for [`ModuloPlacement`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Modulo, ModuloPlacement};
///
/// let owner = Modulo::owner(b"user:42", 4).expect("there are servers");
/// assert!(owner < 4);
/// ```
///
/// # Time complexity
///
/// `owner` is O(length of the key); `moved` is that for every key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modulo;

// ANCHOR: modulo
impl ModuloPlacement for Modulo {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        // In `u64`, not `usize`: on a 32-bit machine the cast would drop half
        // of the hash, and the two machines would disagree.
        let number = key_position(key).checked_rem(servers as u64)?;
        Some(number as usize)
    }

    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        keys.iter()
            .filter(|key| Self::owner(key, before) != Self::owner(key, after))
            .count()
    }
}
// ANCHOR_END: modulo

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistent_hashing::{sample_keys, theory};

    #[test]
    fn without_servers_no_key_has_an_owner() {
        assert_eq!(Modulo::owner(b"k", 0), None);
        assert_eq!(Modulo::moved(&[b"k", b"k"], 0, 1), 2);
        assert_eq!(Modulo::moved(&[b"k"], 0, 0), 0);
    }

    #[test]
    fn the_share_that_moves_follows_the_least_common_multiple() {
        let keys = sample_keys(1, 100_000);
        let keys: Vec<&[u8]> = keys.iter().map(|key| key.as_bytes()).collect();
        for (before, after) in [(3, 4), (4, 5), (10, 11), (100, 101), (8, 16), (12, 9)] {
            let expected = theory::modulo_moved(before, after);
            let measured = Modulo::moved(&keys, before, after) as f64 / keys.len() as f64;
            // Four standard errors of a share estimated from 100,000 keys.
            let slack = 4.0 * (expected * (1.0 - expected) / keys.len() as f64).sqrt();
            assert!(
                (measured - expected).abs() < slack,
                "{before} to {after}: {measured}, expected {expected}"
            );
        }
    }
}
