//! Simulations: what systems are put through when nobody waits for a real one.
//!
//! Requests as a list of keys, from a seed. Nothing here reads a clock or the operating
//! system's randomness.

pub mod trace;
mod zipf;

pub use zipf::Zipf;
