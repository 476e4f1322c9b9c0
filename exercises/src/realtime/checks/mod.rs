//! The graded checks of the topic, generic over the contracts.
//!
//! Each plays inputs on the solution and on a slow, obvious model, the small ones first,
//! so that the first difference is one to try by hand.

mod client;
mod code;
mod draw;
pub(super) mod model;
mod script;
mod stage;

pub mod event_log;
pub mod long_poll;
pub mod request_cost;
pub mod slow_clients;
pub mod sse_encode;
pub mod sse_parse;
pub mod sse_server;
pub mod ws_accept;
