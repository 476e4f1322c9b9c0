//! Wrong solutions of the exercise `ws_accept`.

use std::marker::PhantomData;

use crate::catalog::Wrong;
use crate::realtime::{
    HANDSHAKE_GUID, HandshakeError, UpgradeRequest, WsAccept, WsHandshake, checks, sha1,
};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::realtime) const ALL: [Wrong; 15] = [
    of::<NoPadding>(
        "NoPadding",
        "The text is not filled up with `=` to a multiple of four characters.",
        "base64",
    ),
    of::<UrlAlphabet>(
        "UrlAlphabet",
        "It has `-` and `_` for 62 and 63; that is the alphabet for addresses.",
        "base64",
    ),
    of::<DropsTheRest>(
        "DropsTheRest",
        "Bytes behind the last whole three are dropped.",
        "base64",
    ),
    of::<HexDigits>(
        "HexDigits",
        "It writes the hash's hexadecimal digits in base64 instead of its bytes.",
        "accept",
    ),
    of::<DecodedKey>(
        "DecodedKey",
        "It drops the `=` of the key before hashing; the key counts as it came.",
        "accept",
    ),
    of::<GuidFirst>("GuidFirst", "The GUID stands before the key.", "accept"),
    of::<WholeValue>(
        "WholeValue",
        "It compares the whole value of `Connection`, and Firefox sends `keep-alive, Upgrade`.",
        "browsers",
    ),
    of::<ExactCase>(
        "ExactCase",
        "It compares with regard to case; some clients send `WebSocket` and `upgrade`.",
        "browsers",
    ),
    of::<FirstHeader>(
        "FirstHeader",
        "It looks at the first header of a name only; a list may be spread over several.",
        "browsers",
    ),
    of::<Contains>(
        "Contains",
        "It looks for the word anywhere in the value: `websocket2` is another protocol.",
        "no-handshake",
    ),
    of::<AnyMethod>(
        "AnyMethod",
        "A POST is taken for a handshake.",
        "no-handshake",
    ),
    of::<ParsesVersion>(
        "ParsesVersion",
        "The version is compared as a number, and `013` and `+13` are read as 13.",
        "version",
    ),
    of::<OneOfTheVersions>(
        "OneOfTheVersions",
        "One header with 13 is enough for it, whatever else comes.",
        "version",
    ),
    of::<AnyKey>("AnyKey", "It takes any text for a key.", "key"),
    of::<KeyFirst>(
        "KeyFirst",
        "It looks at the key before the version: a client with another version is told that its key is bad.",
        "order",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::ws_accept::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    const ONLY_FIRST_HEADER: bool = false;
    const LOOKS_AT_METHOD: bool = true;
    const KEY_FIRST: bool = false;

    fn base64(bytes: &[u8]) -> String {
        WsHandshake::base64(bytes)
    }

    fn accept(key: &str) -> String {
        WsHandshake::accept(key)
    }

    fn names(list: &str, entry: &str) -> bool {
        let mut entries = list.split(',');
        entries.any(|found| found.trim().eq_ignore_ascii_case(entry))
    }

    fn is_version(values: &[&str]) -> bool {
        values == ["13"]
    }

    fn is_key(values: &[&str]) -> bool {
        let is_digit = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
        let data = |key: &str| Some(key.strip_suffix("==")?.to_owned());
        matches!(values, [key] if data(key).is_some_and(|data| data.len() == 22 && data.chars().all(is_digit)))
    }
}

/// A handshake with this flaw.
struct Flawed<F>(PhantomData<F>);

impl<F: Flaw> Flawed<F> {
    fn values<'a>(request: &UpgradeRequest<'a>, name: &str) -> Vec<&'a str> {
        let headers = request.headers.iter();
        let of_name = headers.filter(|(found, _)| found.eq_ignore_ascii_case(name));
        of_name.map(|(_, value)| *value).collect()
    }

    fn names(request: &UpgradeRequest<'_>, name: &str, entry: &str) -> bool {
        let mut values = Self::values(request, name);
        if F::ONLY_FIRST_HEADER {
            values.truncate(1);
        }
        values.iter().any(|list| F::names(list, entry))
    }
}

impl<F: Flaw> WsAccept for Flawed<F> {
    fn base64(bytes: &[u8]) -> String {
        F::base64(bytes)
    }

    fn accept(key: &str) -> String {
        F::accept(key)
    }

    fn handshake(request: &UpgradeRequest<'_>) -> Result<String, HandshakeError> {
        let keys = Self::values(request, "Sec-WebSocket-Key");
        if F::LOOKS_AT_METHOD && request.method != "GET" {
            return Err(HandshakeError::Method);
        }
        if !Self::names(request, "Upgrade", "websocket") {
            return Err(HandshakeError::Upgrade);
        }
        if !Self::names(request, "Connection", "Upgrade") {
            return Err(HandshakeError::Connection);
        }
        if F::KEY_FIRST && !F::is_key(&keys) {
            return Err(HandshakeError::Key);
        }
        if !F::is_version(&Self::values(request, "Sec-WebSocket-Version")) {
            return Err(HandshakeError::Version);
        }
        if !F::is_key(&keys) {
            return Err(HandshakeError::Key);
        }
        Ok(F::accept(keys.first().unwrap_or(&"")))
    }
}

struct NoPadding;
impl Flaw for NoPadding {
    fn base64(bytes: &[u8]) -> String {
        WsHandshake::base64(bytes).replace('=', "")
    }
}

struct UrlAlphabet;
impl Flaw for UrlAlphabet {
    fn base64(bytes: &[u8]) -> String {
        WsHandshake::base64(bytes)
            .replace('+', "-")
            .replace('/', "_")
    }
}

struct DropsTheRest;
impl Flaw for DropsTheRest {
    fn base64(bytes: &[u8]) -> String {
        WsHandshake::base64(&bytes[..bytes.len() / 3 * 3])
    }
}

struct HexDigits;
impl Flaw for HexDigits {
    fn accept(key: &str) -> String {
        let hash = sha1(format!("{key}{HANDSHAKE_GUID}").as_bytes());
        let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        WsHandshake::base64(digits.as_bytes())
    }
}

struct DecodedKey;
impl Flaw for DecodedKey {
    fn accept(key: &str) -> String {
        WsHandshake::accept(key.trim_end_matches('='))
    }
}

struct GuidFirst;
impl Flaw for GuidFirst {
    fn accept(key: &str) -> String {
        WsHandshake::base64(&sha1(format!("{HANDSHAKE_GUID}{key}").as_bytes()))
    }
}

struct WholeValue;
impl Flaw for WholeValue {
    fn names(list: &str, entry: &str) -> bool {
        list.eq_ignore_ascii_case(entry)
    }
}

struct ExactCase;
impl Flaw for ExactCase {
    fn names(list: &str, entry: &str) -> bool {
        list.split(',').any(|found| found.trim() == entry)
    }
}

struct FirstHeader;
impl Flaw for FirstHeader {
    const ONLY_FIRST_HEADER: bool = true;
}

struct Contains;
impl Flaw for Contains {
    fn names(list: &str, entry: &str) -> bool {
        list.to_lowercase().contains(&entry.to_lowercase())
    }
}

struct AnyMethod;
impl Flaw for AnyMethod {
    const LOOKS_AT_METHOD: bool = false;
}

struct ParsesVersion;
impl Flaw for ParsesVersion {
    fn is_version(values: &[&str]) -> bool {
        matches!(values, [version] if version.parse() == Ok(13))
    }
}

struct OneOfTheVersions;
impl Flaw for OneOfTheVersions {
    fn is_version(values: &[&str]) -> bool {
        values.contains(&"13")
    }
}

struct AnyKey;
impl Flaw for AnyKey {
    fn is_key(values: &[&str]) -> bool {
        !values.is_empty()
    }
}

struct KeyFirst;
impl Flaw for KeyFirst {
    const KEY_FIRST: bool = true;
}
