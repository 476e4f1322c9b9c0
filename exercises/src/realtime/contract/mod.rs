//! What each exercise of the topic asks for: one trait a file.
//!
//! None of them reads a clock or opens a socket, but for `sse_server`, which is handed
//! one: time and bytes are arguments, so that a rule can be tried without waiting.

mod event_log;
mod sse_encode;
mod sse_parse;
mod sse_server;
mod ws_accept;

pub use event_log::{EventLog, LogError, LogEvent, LogLimits};
pub use sse_encode::{SseEncode, SseError, SseEvent};
pub use sse_parse::{Message, SseParse};
pub use sse_server::SseServer;
pub use ws_accept::{HANDSHAKE_GUID, HandshakeError, UpgradeRequest, WsAccept};
