//! Polling, long polling, server-sent events, WebSockets: how news reaches a client that
//! may only ask.
//!
//! HTTP is question and answer. A server that has news can wait to be asked (polling),
//! hold the answer back until there is some (long polling), never end the answer
//! (server-sent events), or leave HTTP behind (WebSockets). Behind all four stands the
//! same thing: a log of events with ids, so that nothing is lost between two answers.
//!
//! # Map
//!
//! | read | for |
//! |---|---|
//! | [`contract`] | what each exercise asks for |
//! | `sse_encode.rs`, `sse_parse.rs` | server-sent events: the server's side, the client's side |
//! | `serve/` | the four ways over real sockets, and their clients; only with the feature `network` |
//! | [`checks`], `wrong/` | the graders, and the wrong solutions that prove them |
//! | `list.rs` | the topic's exercises as the catalog lists them |
//!
//! Without the feature `references` only the contracts and the checks are here: what a
//! submission is graded against.

pub mod checks;
pub mod contract;

pub use contract::{Message, SseEncode, SseError, SseEvent, SseParse};

#[cfg(feature = "references")]
mod list;
#[cfg(feature = "network")]
pub mod serve;
#[cfg(feature = "references")]
mod sse_encode;
#[cfg(feature = "references")]
mod sse_parse;
#[cfg(feature = "references")]
mod wrong;

#[cfg(feature = "references")]
pub use list::exercises;
#[cfg(feature = "references")]
pub use sse_encode::SseText;
#[cfg(feature = "references")]
pub use sse_parse::SseStream;
