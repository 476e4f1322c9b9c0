//! The figures and numbers of the chapter *Availability arithmetic*.
//!
//! Computed and played by the reference implementations with fixed seeds, so that every
//! machine makes the same. The types take their parameters from outside: the notebook
//! draws other systems with them. For what each shows see
//! `book/src/07-availability-arithmetic.md`.

mod book;
mod burn;
mod converging;
mod copies;
mod nines;
mod numbers;
mod plot;
mod quorum;
mod series;

pub use book::book_files;
pub use burn::BurnFigure;
pub use converging::ConvergingFigure;
pub use copies::CopiesFigure;
pub use nines::NinesFigure;
pub use quorum::QuorumFigure;
pub use series::SeriesFigure;
