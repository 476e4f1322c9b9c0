//! The four ways over real sockets: one server, and a client for each.
//!
//! A hub of events stands behind all four on one listener; what they cost beside each
//! other is measured by `cargo bench -p bench push`.
//!
//! | `GET` | way | is answered |
//! |---|---|---|
//! | `/poll?after=ID` | polling | at once: the events behind `ID`, or 204 |
//! | `/wait?after=ID` | long polling | the same, or when the next event comes, or 204 when the time is over |
//! | `/events` | server-sent events | with a stream that goes on behind `Last-Event-ID` (or `?after=`) |
//! | `/socket?after=ID` | WebSocket | with frames |
//!
//! A client that has nothing yet leaves the id away, and begins with the oldest event that
//! is kept. One that has missed events is told so, in all four ways, and goes on with the
//! oldest: `{"gap":"forgotten"}`, or `{"gap":"other log"}` after a restart with nothing.
//!
//! # How it is built
//!
//! An event is encoded once, and what is queued for a client is joined once for all who
//! stand at the same place (`log.rs`), so a crowd costs one write a client and no copies.
//! A client has no queue and no timer: it has a place in the log, and a bell that rings for
//! news, for time passing, and for the end (`hub.rs`, `line.rs`). One that does not keep up
//! is dropped; the id of the last event that it has says where it goes on.
//!
//! HTTP is by hand, over tokio and `httparse`, because of what a stream holds on to: hyper
//! keeps its buffers for reading and writing as long as a connection is open. axum's `Sse`
//! needs ten times the memory a client for it; the chapter has the numbers. The price is
//! that there is no HTTP/2, no TLS and no router here: use axum where the number of
//! clients is not the point.
//!
//! The feature `network` brings this module; graders and most notebooks do not compile it.

mod answer;
mod client;
mod connection;
mod cursor;
mod form;
mod hub;
mod limits;
mod line;
mod log;
mod request;
mod server;
mod socket;
mod sse;
mod stream;
#[cfg(test)]
mod tests;
mod trial;

pub use client::{Feed, FeedError, News, Traffic, Way};
pub use cursor::{Cursor, CursorError};
pub use hub::{Gap, Hub, PublishError};
pub use limits::Limits;
pub use server::{Counts, Server};
pub use trial::{Seen, Trial, TrialError};
