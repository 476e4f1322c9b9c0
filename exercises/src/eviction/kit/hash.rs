//! A quick hash for keys that no attacker chooses.
//!
//! The standard library's SipHash takes a secret, so that nobody who sends keys can
//! make them collide; it costs several times what the rest of a look-up does. Where
//! keys are one's own numbers, a multiplication mixes well enough: the 64-bit input and
//! an odd constant give 128 bits, and the halves are put together with *exclusive or*
//! (the step of wyhash, W. Yi, <https://github.com/wangyi-fudan/wyhash>).
//!
//! Do not use it where clients choose keys: colliding ones are easy to find.

use std::hash::{BuildHasherDefault, Hasher};

/// Builds [`FastHasher`]s; the same in every process.
///
/// # Examples
///
/// ```
/// use std::hash::BuildHasher;
///
/// use exercises::eviction::kit::FastHash;
///
/// let hash = FastHash::default();
/// assert_eq!(hash.hash_one("key"), hash.hash_one("key"));
/// assert_ne!(hash.hash_one(1_u64), hash.hash_one(2_u64));
/// ```
pub type FastHash = BuildHasherDefault<FastHasher>;

/// A multiplier of SplitMix64 (S. Vigna). Odd, so that multiplying loses nothing, and far from
/// simple fractions of 2^64, or numbers in a row would fall into few buckets: the digits
/// of pi, 0.1416 of 2^64 and nearly a seventh, fill 15 % of them instead of 63 %.
const MULTIPLIER: u64 = 0xBF58_476D_1CE4_E5B9;

/// So that the key 0 is not a fixed point: digits of pi.
const START: u64 = 0x1319_8A2E_0370_7344;

/// Multiplies each eight bytes into the state.
///
/// # Examples
///
/// ```
/// use std::hash::Hasher;
///
/// use exercises::eviction::kit::FastHasher;
///
/// let mut hasher = FastHasher::default();
/// hasher.write_u64(42);
/// assert_ne!(hasher.finish(), FastHasher::default().finish());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct FastHasher(u64);

impl Default for FastHasher {
    #[inline]
    fn default() -> Self {
        Self(START)
    }
}

impl FastHasher {
    #[inline]
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * u128::from(MULTIPLIER);
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

impl Hasher for FastHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        // The length goes along, or a zero byte at the end would not count.
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        last[7] = rest.len() as u8;
        self.mix(u64::from_le_bytes(last));
    }

    #[inline]
    fn write_u8(&mut self, number: u8) {
        self.mix(number.into());
    }

    #[inline]
    fn write_u32(&mut self, number: u32) {
        self.mix(number.into());
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn keys_in_a_row_get_different_top_bits() {
        // 4,096 buckets and as many keys: a random function fills 1 - 1/e = 63 % of them, with
        // a standard deviation of 0.5 %.
        let hash = FastHash::default();
        for step in [1, 2, 3, 64, 4096, 1 << 16, 1 << 32, 1 << 50] {
            let filled: BTreeSet<u64> = (0..4096_u64)
                .map(|number| hash.hash_one(number * step) >> 52)
                .collect();
            let share = filled.len() as f64 / 4096.0;
            assert!(share > 0.61, "{share} with keys {step} apart");
        }
    }

    #[test]
    fn texts_that_differ_in_their_last_bytes_only_differ() {
        let hash = FastHash::default();
        let texts = ["", "a", "a\0", "a\0\0", "12345678", "12345678\0"];
        let hashes: BTreeSet<u64> = texts.iter().map(|text| hash.hash_one(text)).collect();
        assert_eq!(hashes.len(), texts.len());
    }
}
