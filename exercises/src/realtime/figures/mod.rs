//! The figures and numbers of the chapter *Polling, long-polling, WebSockets, SSE*.
//!
//! Conversations are drawn from what happens in them, curves from [`super::model`], with
//! dots where its simulation was run on them; what was measured comes from a file. [`Comparison`] takes its parameters from
//! outside, so that the notebook draws it for other intervals and round trips. What each
//! shows, and why, is told in `book/src/18-realtime-web.md`.

mod book;
mod comparison;
mod measured;
mod numbers;
mod plot;
mod sequences;
mod tables;

pub use book::book_files;
pub use comparison::Comparison;
