//! Contract of the exercise `slow_clients`: one source, many clients, and not all of them
//! keep up.
//!
//! A client on a bad line takes less than is published. What it has not taken must be kept
//! somewhere or given up: without a bound, the slowest client fills the server's memory. So
//! each client has a queue of bounded length, and a policy says what happens when it is
//! full. Which policy is right depends on what the news mean: a chat cannot lose a line, a
//! price is worth nothing once there is a newer one.
//!
//! The hub knows no sockets: it is called by whatever writes to them.

use std::num::NonZeroUsize;

use thiserror::Error;

/// What happens to a client whose queue is full when an update comes.
///
/// # Examples
///
/// ```
/// use exercises::realtime::SlowPolicy;
///
/// assert_ne!(SlowPolicy::DropOldest, SlowPolicy::Coalesce);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlowPolicy {
    /// Its oldest update goes, and it is told how many went.
    DropOldest,
    /// It is cut off. It comes back with its last id, if it likes.
    Disconnect,
    /// Of each key only the newest update is kept, from the first one on; if the queue is
    /// full all the same, the oldest goes as with `DropOldest`.
    Coalesce,
}

/// A new value of something.
///
/// # Examples
///
/// ```
/// use exercises::realtime::Update;
///
/// let update = Update { key: "ACME".into(), value: 12 };
/// assert_eq!(update.value, 12);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Of what.
    pub key: String,
    /// The value.
    pub value: u64,
}

/// What a client is sent.
///
/// # Examples
///
/// ```
/// use exercises::realtime::Batch;
///
/// assert_eq!(Batch::default().lost, 0);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// The updates, in the order in which they were published.
    pub updates: Vec<Update>,
    /// How many were given up since the client's last batch. One that a newer update of
    /// its key has replaced is not lost.
    pub lost: u64,
}

/// Why a client may not join.
///
/// # Examples
///
/// ```
/// use exercises::realtime::JoinError;
///
/// assert_eq!(JoinError::Closing.to_string(), "the hub is closing; answer 503");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum JoinError {
    /// The hub is closing.
    #[error("the hub is closing; answer 503")]
    Closing,
    /// It is there already.
    #[error("the client is there already; let it leave first")]
    Twice,
    /// As many clients as may be are there.
    #[error("there are as many clients as the hub takes; answer 503 with `Retry-After`")]
    Full,
}

/// A hub.
///
/// | call | does |
/// |---|---|
/// | `join` | lets the client in, with an empty queue; refuses it with the first error of [`JoinError`] that applies |
/// | `leave` | takes the client out, with its queue, if it is there |
/// | `publish` | puts the update into every queue, as the policy says; answers the clients that were cut off by it, smallest first |
/// | `take` | empties the client's queue into a batch; `None` if the client is not there |
/// | `len` | how many clients there are |
/// | `close` | from now on nobody may join, and `publish` does nothing. Each client gets what is queued: its next `take` answers that batch, and takes the client out. When `len` is 0, nobody is owed anything |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::realtime::{Hub, JoinError, SlowClients, SlowPolicy, Update};
///
/// fn tour<T: SlowClients>() -> Result<(), JoinError> {
///     let two = NonZeroUsize::new(2).expect("not 0");
///     let mut hub = T::new(SlowPolicy::DropOldest, two, 100);
///     hub.join(1)?;
///     for value in 1..=3 {
///         hub.publish(&Update { key: "a".into(), value });
///     }
///     let batch = hub.take(1).expect("it is there");
///     assert_eq!((batch.updates[0].value, batch.updates[1].value), (2, 3));
///     assert_eq!(batch.lost, 1);
///     hub.close();
///     assert_eq!(hub.join(2), Err(JoinError::Closing));
///     Ok(())
/// }
///
/// tour::<Hub>()?;
/// # Ok::<(), JoinError>(())
/// ```
pub trait SlowClients {
    /// A hub without clients; each queue holds `queue` updates, and `clients` may join.
    fn new(policy: SlowPolicy, queue: NonZeroUsize, clients: usize) -> Self;

    /// Lets a client in.
    ///
    /// # Errors
    ///
    /// When it may not come in; it changes nothing then.
    fn join(&mut self, client: u64) -> Result<(), JoinError>;

    /// Takes a client out.
    fn leave(&mut self, client: u64);

    /// Gives an update to all, and answers who was cut off.
    fn publish(&mut self, update: &Update) -> Vec<u64>;

    /// What is queued for a client.
    fn take(&mut self, client: u64) -> Option<Batch>;

    /// How many clients there are.
    fn len(&self) -> usize;

    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Begins to close.
    fn close(&mut self);
}
