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
//! | `request_cost.rs` | round trips and bytes of requests and of polling |
//! | `long_poll.rs` | requests that wait for an answer |
//! | `sse_encode.rs`, `sse_parse.rs` | server-sent events: the server's side, the client's side |
//! | `event_log.rs` | the last events, for clients that come back |
//! | `slow_clients.rs` | bounded queues between one source and many clients |
//! | `http.rs` | the head of a request |
//! | `sse_server.rs` | a server of events, with a thread for each client |
//! | `ws_accept.rs`, `sha1.rs` | the WebSocket handshake, by hand |
//! | [`model`] | what each technique costs: formulas, and a simulation that checks them |
//! | [`figures`] | the chapter's figures and numbers |
//! | `serve/` | the four ways over real sockets, and their clients; only with the feature `network` |
//! | [`checks`], `wrong/` | the graders, and the wrong solutions that prove them |
//! | `list.rs` | the topic's exercises as the catalog lists them |
//!
//! Without the feature `references` only the contracts and the checks are here: what a
//! submission is graded against.

pub mod checks;
pub mod contract;

mod http;
mod sha1;

pub use contract::{
    Batch, EventLog, HANDSHAKE_GUID, HandshakeError, JoinError, Link, LogError, LogEvent,
    LogLimits, LongPoll, LongPollLimits, Message, Polled, RequestCost, Sizes, SlowClients,
    SlowPolicy, SseEncode, SseError, SseEvent, SseParse, SseServer, Tls, Update, UpgradeRequest,
    WsAccept,
};
pub use http::{HeadError, MAX_HEAD_BYTES, RequestHead};
pub use sha1::sha1;

#[cfg(feature = "references")]
mod event_log;
#[cfg(feature = "references")]
pub mod figures;
#[cfg(feature = "references")]
mod list;
#[cfg(feature = "references")]
mod long_poll;
#[cfg(feature = "references")]
pub mod model;
#[cfg(feature = "references")]
mod request_cost;
#[cfg(feature = "network")]
pub mod serve;
#[cfg(feature = "references")]
mod slow_clients;
#[cfg(feature = "references")]
mod sse_encode;
#[cfg(feature = "references")]
mod sse_parse;
#[cfg(feature = "references")]
mod sse_server;
#[cfg(feature = "references")]
mod wrong;
#[cfg(feature = "references")]
mod ws_accept;

#[cfg(feature = "references")]
pub use event_log::RingLog;
#[cfg(feature = "references")]
pub use list::exercises;
#[cfg(feature = "references")]
pub use long_poll::WaitingRoom;
#[cfg(feature = "references")]
pub use request_cost::RoundTrips;
#[cfg(feature = "references")]
pub use slow_clients::Hub;
#[cfg(feature = "references")]
pub use sse_encode::SseText;
#[cfg(feature = "references")]
pub use sse_parse::SseStream;
#[cfg(feature = "references")]
pub use sse_server::ThreadedSse;
#[cfg(feature = "references")]
pub use ws_accept::WsHandshake;
