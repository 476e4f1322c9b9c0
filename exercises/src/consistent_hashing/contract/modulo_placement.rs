//! Contract of the exercise `modulo_placement`: the placement that everyone
//! writes first, and the bill for growing it.
//!
//! It does not name servers: they are numbers `0..servers`, as in `hash(key) % n`.

/// `hash(key) % n`, and how many keys change their server when `n` changes.
///
/// | rule | |
/// |---|---|
/// | hash | [`key_position`], the whole 64 bits of it |
/// | no server | `owner` is `None` for every key |
/// | `moved` | counts keys, not distinct keys: a key listed twice counts twice; having no owner counts as a place of its own |
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Modulo, ModuloPlacement};
///
/// fn tour<T: ModuloPlacement>() {
///     assert_eq!(T::owner(b"user:42", 0), None);
///     assert_eq!(T::owner(b"user:42", 1), Some(0));
///     assert_eq!(T::moved(&[b"user:42"], 5, 5), 0);
/// }
///
/// tour::<Modulo>();
/// ```
///
/// [`key_position`]: crate::consistent_hashing::key_position
pub trait ModuloPlacement {
    /// Number of the server that holds `key`: the key's hash modulo `servers`;
    /// `None` when there is no server.
    fn owner(key: &[u8], servers: usize) -> Option<usize>;

    /// How many of `keys` have another owner among `after` servers than among
    /// `before` servers.
    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize;
}
