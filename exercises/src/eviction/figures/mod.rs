//! The figures and numbers of the chapter *Eviction policies*.
//!
//! Played by the reference policies on traces with fixed seeds, so that every machine makes the
//! same. The types take traces and sizes from outside: the notebook draws other ones. For
//! what each shows see `book/src/26-cache-eviction.md`.

mod anomaly;
mod book;
mod curves;
mod numbers;
mod plot;
mod waiting;
mod workloads;

pub use anomaly::AnomalyFigure;
pub use book::book_files;
pub use curves::MissRatioFigure;
pub use waiting::WaitingFigure;
