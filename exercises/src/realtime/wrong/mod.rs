//! Named wrong solutions, each with the check that must reject it.
//!
//! A wrong solution differs from a right one in one place, so a right one is written
//! once an exercise, with the places where it can go wrong as parts, and each wrong
//! solution replaces one. Nothing here is for use.

pub(super) mod event_log;
pub(super) mod sse_encode;
pub(super) mod sse_parse;
pub(super) mod sse_server;
pub(super) mod ws_accept;
