//! Contract of the exercise `jump_hash`: a placement that needs no memory at all.
//!
//! Servers have numbers instead of names, and only the one with the largest number can
//! leave.
//!
//! Source: J. Lamping, E. Veach, *A Fast, Minimal Memory, Consistent Hash
//! Algorithm*, 2014, <https://arxiv.org/abs/1406.2294>.

/// Jump consistent hash.
///
/// Think of the number of servers as growing from 1. A key begins on server 0. When
/// there are `j + 1` servers instead of `j`, it jumps to the new one, number `j`, with
/// probability `1/(j + 1)`. The paper computes where the next jump goes instead of trying
/// every `j`:
///
/// | | |
/// |---|---|
/// | state | a `u64`; at first the key's [`key_position`] |
/// | a draw | `state = state × 2862933555777941757 + 1`, modulo 2^64; then `x = (state >> 33) + 1`, from 1 to 2^31 |
/// | next jump of a key on server `b` | to server `⌊(b + 1) × (2^31 / x)⌋`, in `f64` |
/// | owner | the last server that is below the number of servers; the first jump is to server 0 |
/// | no server | `None` |
///
/// [`key_position`]: crate::consistent_hashing::key_position
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Jump, JumpHash};
///
/// fn tour<T: JumpHash>() {
///     assert_eq!(T::owner(b"user:42", 0), None);
///     assert_eq!(T::owner(b"user:42", 1), Some(0));
///     let (of_ten, of_eleven) = (T::owner(b"user:42", 10), T::owner(b"user:42", 11));
///     assert!(of_eleven == of_ten || of_eleven == Some(10));
/// }
///
/// tour::<Jump>();
/// ```
pub trait JumpHash {
    /// Number of the server, in `0..servers`, that holds `key`; `None` when there is no
    /// server.
    fn owner(key: &[u8], servers: u32) -> Option<u32>;
}
