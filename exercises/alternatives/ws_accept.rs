//! Another solution of *WebSocket handshake*: base64 as a stream of bits, and the headers
//! as one map.
//!
//! The reference takes three bytes at a time and goes through the headers once for each
//! name. Here bits are poured from a bucket, six at a time, and the headers are gathered
//! by their names in lower case first.

use std::collections::BTreeMap;

use exercises::realtime::{
    HANDSHAKE_GUID, HandshakeError, UpgradeRequest, WsAccept, checks, sha1,
};

struct Mine;

fn digit(value: u32) -> char {
    match value as u8 {
        value @ 0..26 => char::from(b'A' + value),
        value @ 26..52 => char::from(b'a' + value - 26),
        value @ 52..62 => char::from(b'0' + value - 52),
        62 => '+',
        _ => '/',
    }
}

fn is_digit(character: char) -> bool {
    (0..64).any(|value| digit(value) == character)
}

impl WsAccept for Mine {
    fn base64(bytes: &[u8]) -> String {
        let (mut text, mut bucket, mut n_bits) = (String::new(), 0_u32, 0);
        for byte in bytes {
            bucket = bucket << 8 | u32::from(*byte);
            n_bits += 8;
            while n_bits >= 6 {
                n_bits -= 6;
                text.push(digit(bucket >> n_bits & 63));
            }
            bucket &= 63;
        }
        if n_bits > 0 {
            text.push(digit(bucket << (6 - n_bits) & 63));
        }
        let n_missing = (4 - text.len() % 4) % 4;
        text + &"=".repeat(n_missing)
    }

    fn accept(key: &str) -> String {
        let mut both = key.as_bytes().to_vec();
        both.extend(HANDSHAKE_GUID.bytes());
        Self::base64(&sha1(&both))
    }

    fn handshake(request: &UpgradeRequest<'_>) -> Result<String, HandshakeError> {
        let mut headers: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, value) in request.headers {
            headers.entry(name.to_lowercase()).or_default().push(value);
        }
        let values = |name: &str| headers.get(name).cloned().unwrap_or_default();
        let lists = |name: &str, entry: &str| {
            let list = values(name).join(",").to_lowercase();
            list.split(',').any(|found| found.trim() == entry)
        };
        let (version, key) = (values("sec-websocket-version"), values("sec-websocket-key"));
        let is_key = |key: &str| {
            let characters: Vec<char> = key.chars().collect();
            characters.len() == 24
                && characters[22..] == ['=', '=']
                && characters[..22].iter().all(|c| is_digit(*c))
        };
        let must = [
            (request.method == "GET", HandshakeError::Method),
            (lists("upgrade", "websocket"), HandshakeError::Upgrade),
            (lists("connection", "upgrade"), HandshakeError::Connection),
            (version == ["13"], HandshakeError::Version),
            (key.len() == 1 && is_key(key[0]), HandshakeError::Key),
        ];
        match must.into_iter().find(|(holds, _)| !holds) {
            Some((_, refusal)) => Err(refusal),
            None => Ok(Self::accept(key[0])),
        }
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("ws_accept", checks::ws_accept::all::<Mine>)
}
