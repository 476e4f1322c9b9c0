//! Contract of the exercise `eviction_s3_fifo`: three FIFO queues.

use super::Policy;

/// S3-FIFO: newcomers wait in a small queue, and only those that were asked for meanwhile, or come back soon, get into the main one.
///
/// Implement [`Policy`]; there is nothing more to it. The rules of [the module](super) hold,
/// and besides:
///
/// A cache for `c` keys has a *small* queue, a *main* queue, and *ghosts*, which are keys that are gone. The share of the
/// small queue is `c / 10`, but at least 1; that of the main queue is the rest; there are up to `c * 9 / 10` ghosts. Divisions
/// round down. Each key that is held has a count of uses.
///
/// | event | what happens |
/// |---|---|
/// | a hit | the key's uses grow by 1, up to 3; nothing moves |
/// | a miss with room | the key comes in with 0 uses: as the youngest of the small queue, or of the main queue if the small one has its share |
/// | a miss in a full cache | first of all the key is looked up among the ghosts, and is no ghost from then on; then one key goes (below); then it comes in with 0 uses: as the youngest of the main queue if it was a ghost, else of the small one, whatever their shares |
/// | one key goes | from the main queue if that holds more than its share or the small one is empty, else from the small one |
/// | the small queue gives up a key | its oldest key: with fewer than 2 uses it goes and becomes the latest ghost, and if there are too many ghosts, the one that went first is forgotten; with 2 or more it becomes the youngest of the main queue, with 0 uses, and the next oldest is looked at. If none is left, the main queue gives up one |
/// | the main queue gives up a key | its oldest key: with 0 uses it goes, and is no ghost; with more it becomes the youngest of the main queue, with one use less, and the next oldest is looked at |
///
/// # Examples
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use exercises::eviction::{Access, EvictionS3Fifo, S3Fifo, Simulated};
///
/// fn tour<T: EvictionS3Fifo>() {
///     let mut cache = T::new(NonZeroUsize::new(10).expect("10 is not 0"));
///     for key in [1, 1, 1] {
///         cache.access(key);
///     }
///     for scanned in 10..100 {
///         cache.access(scanned);
///     }
///     assert_eq!(cache.access(1), Access::Hit);
/// }
///
/// tour::<Simulated<S3Fifo>>();
/// ```
pub trait EvictionS3Fifo: Policy {}

impl<T: Policy> EvictionS3Fifo for T {}
