//! Contract of the exercise `replicas`: the next `n` distinct servers clockwise,
//! as Dynamo and Cassandra choose where copies go.
//!
//! It says where copies live, not how they are written or kept equal, and it
//! knows nothing of racks or data centres.
//!
//! Source: G. DeCandia et al., *Dynamo: Amazon's Highly Available Key-value
//! Store*, SOSP 2007, §4.3 (the preference list).

use super::VirtualNodes;

/// A ring with virtual nodes that also names the servers for a key's copies.
///
/// `replicas(key, n)` walks clockwise from the key and lists each server where it
/// is met first, until there are `n`. The first is the key's owner.
///
/// | request | answer |
/// |---|---|
/// | more copies than servers | every server once |
/// | `n` is 0, or the ring is empty | no server |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::{Replicas, RingError, RingHash, VirtualRing};
///
/// fn tour<T: Replicas>() -> Result<(), RingError> {
///     let two = NonZeroU32::new(2).expect("2 is not 0");
///     let mut ring = T::new(RingHash::LABELLED, two);
///     ring.add("a@10,20")?;
///     ring.add("b@30,40")?;
///     ring.add("c@50,60")?;
///     assert_eq!(ring.replicas(b"k@5", 2), ["a@10,20", "b@30,40"]);
///     assert_eq!(ring.replicas(b"k@55", 2), ["c@50,60", "a@10,20"]);
///     assert_eq!(ring.replicas(b"k@5", 9).len(), 3);
///     Ok(())
/// }
///
/// tour::<VirtualRing>()?;
/// # Ok::<(), RingError>(())
/// ```
pub trait Replicas: VirtualNodes {
    /// The first `count` distinct servers met clockwise from `key`, in the order
    /// in which they are met.
    fn replicas(&self, key: &[u8], count: usize) -> Vec<&str>;
}
