//! Exercise *WebSocket handshake*: is this request one, and what is the answer?
//!
//! **Yours:** the three bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `WsAccept` in
//!   `exercises/src/realtime/contract/ws_accept.rs`. The course has SHA-1:
//!   `exercises::realtime::sha1`.
//! - Grade it: `cargo course check ws_accept`; while you work: `cargo course watch ws_accept`
//! - Stuck? `cargo course hint ws_accept`. Start again: `cargo course reset ws_accept`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::realtime::{HandshakeError, UpgradeRequest, WsAccept, checks};

struct Mine;

impl WsAccept for Mine {
    fn base64(bytes: &[u8]) -> String {
        todo!("three bytes are 24 bits, and 24 bits are four characters")
    }

    fn accept(key: &str) -> String {
        todo!("hash the key and `HANDSHAKE_GUID` with `sha1`, and write the hash in base64")
    }

    fn handshake(request: &UpgradeRequest<'_>) -> Result<String, HandshakeError> {
        todo!("go through the table of the contract, from top to bottom")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("ws_accept", checks::ws_accept::all::<Mine>)
}
