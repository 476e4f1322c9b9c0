//! Why a ring refuses a request.
//!
//! One type for all exercises of the topic, so that a later solution can reuse an
//! earlier one. A key that has no owner because the ring is empty is *not* an
//! error: `owner` answers `None`, as a map does.

use thiserror::Error;

/// Why a ring refused a request; the ring is unchanged.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Ring, RingError, RingHash};
///
/// let mut ring = Ring::new(RingHash::XXH3);
/// ring.add("a")?;
/// let refused = ring.add("a").unwrap_err();
/// assert_eq!(refused, RingError::DuplicateServer { server: "a".into() });
/// assert_eq!(
///     refused.to_string(),
///     "server `a` is already on the ring; remove it before adding it again"
/// );
/// # Ok::<(), RingError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RingError {
    /// The server is on the ring already.
    #[error("server `{server}` is already on the ring; remove it before adding it again")]
    DuplicateServer {
        /// Name of the server.
        server: String,
    },
    /// No server of that name is on the ring.
    #[error("server `{server}` is not on the ring; add it first")]
    UnknownServer {
        /// Name of the server.
        server: String,
    },
    /// A weight of zero: such a server could own nothing.
    #[error("server `{server}` cannot have weight 0; remove it instead")]
    ZeroWeight {
        /// Name of the server.
        server: String,
    },
    /// More points than a `u32` can number.
    #[error(
        "server `{server}` would get {points} points, more than a ring can number; lower its weight"
    )]
    TooManyPoints {
        /// Name of the server.
        server: String,
        /// Points that the request asked for.
        points: u64,
    },
    /// There is no server to place a key on.
    #[error("the ring has no server to place a key on; add one first")]
    NoServers,
    /// A table whose number of slots is not prime: a server could miss slots.
    #[error("{slots} slots are no prime number; take one, such as 65,537")]
    SlotsNotPrime {
        /// Slots that were asked for.
        slots: u32,
    },
    /// The key is not placed, so that it cannot be released.
    #[error("key `{}` is not placed; assign it first", String::from_utf8_lossy(.key))]
    UnknownKey {
        /// Bytes of the key.
        key: Vec<u8>,
    },
}

impl RingError {
    /// [`RingError::DuplicateServer`] for this name.
    pub fn duplicate(server: &str) -> Self {
        Self::DuplicateServer {
            server: server.to_owned(),
        }
    }

    /// [`RingError::UnknownServer`] for this name.
    pub fn unknown(server: &str) -> Self {
        Self::UnknownServer {
            server: server.to_owned(),
        }
    }

    /// [`RingError::ZeroWeight`] for this name.
    pub fn zero_weight(server: &str) -> Self {
        Self::ZeroWeight {
            server: server.to_owned(),
        }
    }

    /// [`RingError::UnknownKey`] for this key.
    pub fn unknown_key(key: &[u8]) -> Self {
        Self::UnknownKey {
            key: key.to_owned(),
        }
    }
}
