//! Jump consistent hash: no memory at all, for servers that are numbered.
//!
//! Use it where servers are `0..n` and only the last one ever goes: shards of a
//! store that grows. A server in the middle cannot leave, which is what rings and
//! rendezvous hashing are for.
//!
//! Source: J. Lamping, E. Veach, *A Fast, Minimal Memory, Consistent Hash
//! Algorithm*, 2014, <https://arxiv.org/abs/1406.2294>.

use super::{JumpHash, key_position};

/// Multiplier of the generator in the paper, a 64-bit linear congruential one.
const MULTIPLIER: u64 = 2_862_933_555_777_941_757;

// ANCHOR: jump
/// Number of the server, in `0..servers`, that holds the key at `position`;
/// `None` when there is no server.
///
/// Imagine the number of servers growing from 1. At each growth to `j + 1` a key
/// jumps to the new server `j` with probability `1/(j + 1)`. The function does not
/// try every `j`: it draws where the next jump is.
///
/// # Time complexity
///
/// Expected O(log `servers`).
///
/// ```
/// use exercises::consistent_hashing::{jump_hash, key_position};
///
/// let key = key_position(b"user:42");
/// let (of_ten, of_eleven) = (jump_hash(key, 10), jump_hash(key, 11));
/// // Growing by one server, a key stays or goes to the new one.
/// assert!(of_eleven == of_ten || of_eleven == Some(10));
/// assert_eq!(jump_hash(key, 0), None);
/// ```
pub fn jump_hash(position: u64, servers: u32) -> Option<u32> {
    let mut state = position;
    let mut jump = 0;
    let mut server = None;
    while jump < u64::from(servers) {
        server = Some(jump as u32);
        state = state.wrapping_mul(MULTIPLIER).wrapping_add(1);
        // The top 31 bits make a draw from (0, 1]. Divided and multiplied in the paper's
        // order: another order rounds otherwise, and some keys would go elsewhere.
        let inverse_draw = (1_u64 << 31) as f64 / ((state >> 33) + 1) as f64;
        jump = ((jump + 1) as f64 * inverse_draw) as u64;
    }
    server
}
// ANCHOR_END: jump

/// Jump hash on keys' bytes.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Jump, JumpHash, jump_hash, key_position};
///
/// assert_eq!(Jump::owner(b"user:42", 10), jump_hash(key_position(b"user:42"), 10));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Jump;

impl JumpHash for Jump {
    fn owner(key: &[u8], servers: u32) -> Option<u32> {
        jump_hash(key_position(key), servers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistent_hashing::{key_position, sample_keys};

    #[test]
    fn values_are_those_of_other_implementations() {
        for (position, servers, expected) in [
            (1, 1, 0),
            (42, 57, 43),
            (0xdead_10cc, 1, 0),
            (0xdead_10cc, 666, 361),
            (256, 1024, 520),
            (10_863_919_174_838_991, 11, 6),
            (2_016_238_256_797_177_309, 11, 3),
            (1_673_758_223_894_951_030, 11, 5),
        ] {
            assert_eq!(
                jump_hash(position, servers),
                Some(expected),
                "({position}, {servers})"
            );
        }
    }

    #[test]
    fn growing_moves_keys_to_the_new_server_only() {
        for key in sample_keys(6, 300) {
            let position = key_position(key.as_bytes());
            let mut owner = jump_hash(position, 1);
            for servers in 2..200 {
                let grown = jump_hash(position, servers);
                assert!(
                    grown == owner || grown == Some(servers - 1),
                    "{key}, {servers} servers"
                );
                owner = grown;
            }
        }
    }
}
