//! Consistent hashing.

use crate::catalog::Exercise;

/// The topic's exercises, in teaching order.
pub fn exercises() -> Vec<Exercise> {
    Vec::new()
}
