//! How the benchmarks measure: contenders race over the same work, round by round.
//!
//! On a shared machine an absolute time says little: the next run may be half as
//! fast. So all contenders run once in each round, in an order that rotates, and
//! what is compared is the median of the ratios *within* rounds. It is no
//! replacement for a statistics package, it draws no plots and keeps no history;
//! it answers "how many times faster", which criterion and divan do not.
//!
//! Run it: `cargo bench -p bench ring`.

mod book;
mod clock;
mod race;
mod table;

pub use book::write_for_book;
pub use clock::CpuTime;
pub use race::{Race, Results};
pub use table::Table;
