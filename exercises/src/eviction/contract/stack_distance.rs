//! Contract of the exercise `stack_distance`: how LRU would do at any size, from one pass.

/// Stack distances, and the misses of an LRU cache that follow from them.
///
/// The *stack distance* of a request is the number of different keys that were asked for from the
/// previous request for the same key on, that key included and counted once. A key's first request has none.
///
/// | request | answer |
/// |---|---|
/// | `distances` of an empty trace | an empty list |
/// | `misses` with a capacity of 0 | the number of requests: nothing fits, so nothing hits |
///
/// # Time complexity
///
/// O(n log n) for n requests. Walking through all keys for each request is too slow.
///
/// # Examples
///
/// ```
/// use exercises::eviction::{StackDistance, TreeOfMarks};
///
/// fn tour<T: StackDistance>() {
///     let trace = [7, 8, 8, 7];
///     assert_eq!(T::distances(&trace), [None, None, Some(1), Some(2)]);
///     assert_eq!(T::misses(&trace, 1), 3);
///     assert_eq!(T::misses(&trace, 2), 2);
/// }
///
/// tour::<TreeOfMarks>();
/// ```
pub trait StackDistance {
    /// The stack distance of each request; `None` for a key's first one.
    fn distances(trace: &[u64]) -> Vec<Option<usize>>;

    /// How many requests an LRU cache with this many places misses, from the distances.
    fn misses(trace: &[u64], capacity: usize) -> usize;
}
