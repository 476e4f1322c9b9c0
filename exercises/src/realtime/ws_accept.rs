//! The server's half of the WebSocket handshake, by hand.
//!
//! Base64 by hand as well, because it is eight lines and shows what it is. What follows
//! the handshake, masked frames, is not here: servers leave that to a library.
//!
//! Source: RFC 6455, § 4.2, <https://www.rfc-editor.org/rfc/rfc6455>.

use super::{HANDSHAKE_GUID, HandshakeError, UpgradeRequest, WsAccept, sha1};

/// The reference for [`WsAccept`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{WsAccept, WsHandshake};
///
/// assert_eq!(WsHandshake::base64(&[0xfb, 0xff]), "+/8=");
/// ```
///
/// # Time complexity
///
/// O(bytes), O(length of the headers).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WsHandshake;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// ANCHOR: handshake
impl WsAccept for WsHandshake {
    fn base64(bytes: &[u8]) -> String {
        let mut text = String::new();
        for group in bytes.chunks(3) {
            let place = |index| u32::from(group.get(index).copied().unwrap_or(0));
            let bits = place(0) << 16 | place(1) << 8 | place(2);
            // A group of n bytes has n + 1 characters that carry bits.
            for index in 0..4 {
                text.push(match index <= group.len() {
                    true => char::from(ALPHABET[(bits >> (18 - 6 * index) & 63) as usize]),
                    false => '=',
                });
            }
        }
        text
    }

    fn accept(key: &str) -> String {
        Self::base64(&sha1(format!("{key}{HANDSHAKE_GUID}").as_bytes()))
    }

    fn handshake(request: &UpgradeRequest<'_>) -> Result<String, HandshakeError> {
        if request.method != "GET" {
            return Err(HandshakeError::Method);
        }
        if !names(request, "Upgrade", "websocket") {
            return Err(HandshakeError::Upgrade);
        }
        if !names(request, "Connection", "Upgrade") {
            return Err(HandshakeError::Connection);
        }
        if only(request, "Sec-WebSocket-Version") != Some("13") {
            return Err(HandshakeError::Version);
        }
        match only(request, "Sec-WebSocket-Key") {
            Some(key) if is_key(key) => Ok(Self::accept(key)),
            _ => Err(HandshakeError::Key),
        }
    }
}
// ANCHOR_END: handshake

/// The values of all headers of this name.
fn values<'a>(request: &UpgradeRequest<'a>, name: &str) -> impl Iterator<Item = &'a str> {
    let of_name = move |(found, _): &&(&str, &str)| found.eq_ignore_ascii_case(name);
    request
        .headers
        .iter()
        .filter(of_name)
        .map(|(_, value)| *value)
}

/// Whether one of the lists in these headers has the entry.
fn names(request: &UpgradeRequest<'_>, header: &str, entry: &str) -> bool {
    values(request, header)
        .flat_map(|list| list.split(','))
        .any(|found| found.trim().eq_ignore_ascii_case(entry))
}

/// The value, if there is just one such header.
fn only<'a>(request: &UpgradeRequest<'a>, header: &str) -> Option<&'a str> {
    let mut values = values(request, header);
    values.next().filter(|_| values.next().is_none())
}

/// Whether it is 16 bytes in base64: 128 bits are 21 characters and two bits.
fn is_key(key: &str) -> bool {
    let data = key.strip_suffix("==");
    data.is_some_and(|data| data.len() == 22 && data.bytes().all(|byte| ALPHABET.contains(&byte)))
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn base64_is_what_the_crate_of_that_name_writes(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(WsHandshake::base64(&bytes), BASE64_STANDARD.encode(&bytes));
        }
    }

    #[test]
    fn the_example_of_the_rfc_is_accepted() {
        let accept = WsHandshake::accept("dGhlIHNhbXBsZSBub25jZQ==");
        assert_eq!(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
