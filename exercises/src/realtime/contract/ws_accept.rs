//! Contract of the exercise `ws_accept`: the server's half of the WebSocket handshake.
//!
//! A WebSocket begins as an HTTP request, because that is what proxies and firewalls let
//! through. The server answers with a hash of the client's key, which shows that it knows
//! the protocol, and is no cache or HTTP server that answers anything. The key is no
//! secret and proves nobody's identity: for that, a server looks at `Origin` and at
//! whatever says who is logged in.
//!
//! Source: RFC 6455, § 1.3 and 4.2, <https://www.rfc-editor.org/rfc/rfc6455>; base64 is
//! RFC 4648, § 4, <https://www.rfc-editor.org/rfc/rfc4648>.

use thiserror::Error;

/// What RFC 6455 has every server add to the client's key.
pub const HANDSHAKE_GUID: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// An HTTP request, as far as a handshake looks at it.
///
/// # Examples
///
/// ```
/// use exercises::realtime::UpgradeRequest;
///
/// let headers = [("Upgrade", "websocket"), ("Connection", "keep-alive, Upgrade")];
/// let request = UpgradeRequest { method: "GET", headers: &headers };
/// assert_eq!(request.headers.len(), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UpgradeRequest<'a> {
    /// `GET`, where all is well.
    pub method: &'a str,
    /// Names and values, as they came: a name may come twice, in capitals or not.
    pub headers: &'a [(&'a str, &'a str)],
}

/// Why a handshake is refused.
///
/// # Examples
///
/// ```
/// use exercises::realtime::HandshakeError;
///
/// assert_eq!(
///     HandshakeError::Version.to_string(),
///     "the client speaks another version; answer 426 with `Sec-WebSocket-Version: 13`"
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HandshakeError {
    /// The method is not GET.
    #[error("a handshake is a GET; answer 405")]
    Method,
    /// No `Upgrade` header names `websocket`.
    #[error("no `Upgrade` header names `websocket`; answer 400")]
    Upgrade,
    /// No `Connection` header names `Upgrade`.
    #[error("no `Connection` header names `Upgrade`; answer 400")]
    Connection,
    /// The version is not 13, or is missing.
    #[error("the client speaks another version; answer 426 with `Sec-WebSocket-Version: 13`")]
    Version,
    /// The key is missing, comes twice, or is not 16 bytes in base64.
    #[error("the key is not one, of 16 bytes in base64; answer 400")]
    Key,
}

/// The server's half of the handshake.
///
/// `handshake` looks at these in this order, and refuses at the first that does not hold:
///
/// | | must | else |
/// |---|---|---|
/// | the method | be `GET` | [`HandshakeError::Method`] |
/// | `Upgrade` | name `websocket` | [`HandshakeError::Upgrade`] |
/// | `Connection` | name `Upgrade` | [`HandshakeError::Connection`] |
/// | `Sec-WebSocket-Version` | be `13`, in one header | [`HandshakeError::Version`] |
/// | `Sec-WebSocket-Key` | be one header, of 22 characters of the alphabet and `==` | [`HandshakeError::Key`] |
///
/// The names of headers, and what `Upgrade` and `Connection` name, are the same in
/// capitals or not. Those two are lists, with commas and blanks between the entries, and
/// may be spread over several headers. Other headers change nothing.
///
/// # Examples
///
/// ```
/// use exercises::realtime::{HandshakeError, UpgradeRequest, WsAccept, WsHandshake};
///
/// fn tour<T: WsAccept>() -> Result<(), HandshakeError> {
///     assert_eq!(T::base64(b"Man"), "TWFu");
///     assert_eq!(T::base64(b"M"), "TQ==");
///     // The example of RFC 6455.
///     assert_eq!(T::accept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
///     let request = UpgradeRequest {
///         method: "GET",
///         headers: &[
///             ("Upgrade", "websocket"),
///             ("Connection", "keep-alive, Upgrade"),
///             ("Sec-WebSocket-Version", "13"),
///             ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
///         ],
///     };
///     assert_eq!(T::handshake(&request)?, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
///     Ok(())
/// }
///
/// tour::<WsHandshake>()?;
/// # Ok::<(), HandshakeError>(())
/// ```
pub trait WsAccept {
    /// Bytes as text, six bits a character: `A`–`Z`, `a`–`z`, `0`–`9`, `+`, `/`, and `=` to
    /// a multiple of four characters.
    fn base64(bytes: &[u8]) -> String;

    /// The value of `Sec-WebSocket-Accept` for a key: SHA-1 of the key's characters with
    /// [`HANDSHAKE_GUID`] behind them, in base64. The course has the hash:
    /// [`sha1`](crate::realtime::sha1).
    fn accept(key: &str) -> String;

    /// The value of `Sec-WebSocket-Accept` for a request, which is answered 101 then.
    ///
    /// # Errors
    ///
    /// When the request is no handshake; see the table.
    fn handshake(request: &UpgradeRequest<'_>) -> Result<String, HandshakeError>;
}
