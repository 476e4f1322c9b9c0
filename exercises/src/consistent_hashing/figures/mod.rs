//! The figures and numbers of the chapter *Consistent hashing*.
//!
//! Drawn and counted by the reference implementations with fixed names and seeds,
//! so that every machine makes the same. The types take their parameters from
//! outside: the notebook draws other rings with them. For what each shows see
//! `book/src/28-consistent-hashing.md`.

mod balance;
mod book;
mod change;
mod dial;
mod expected;
mod geometry;
mod growth;
mod hot;
mod marks;
mod methods;
mod numbers;
mod racks;
mod rings;

pub use balance::BalanceFigure;
pub use book::book_files;
pub use change::ChangeFigure;
pub use dial::RingFigure;
pub use expected::expected_max_over_mean;
pub use growth::GrowthFigure;
pub use rings::{Arrivals, Spread, arrivals, fullest_server, numbered_ring};

use plotters::style::TextStyle;

use crate::figure::{Ink, label};

/// The style of the words along an axis.
fn axis_label() -> TextStyle<'static> {
    label(15.0, Ink::Text)
}
