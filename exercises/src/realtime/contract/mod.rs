//! What each exercise of the topic asks for: one trait a file.
//!
//! None of them reads a clock or opens a socket, but for `sse_server`, which is handed
//! one: time and bytes are arguments, so that a rule can be tried without waiting.

mod sse_encode;
mod sse_parse;

pub use sse_encode::{SseEncode, SseError, SseEvent};
pub use sse_parse::{Message, SseParse};
