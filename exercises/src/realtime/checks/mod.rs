//! The graded checks of the topic, generic over the contracts.
//!
//! Each plays inputs on the solution and on a slow, obvious model, the small ones first,
//! so that the first difference is one to try by hand.

mod draw;
pub(super) mod model;
mod script;

pub mod event_log;
pub mod sse_encode;
pub mod sse_parse;
pub mod ws_accept;
