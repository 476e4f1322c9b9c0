//! Checks of the exercise `ws_accept`.

use super::draw::Draw;
use crate::grade::{Check, Counterexample, Seed, Verdict};
use crate::realtime::{HANDSHAKE_GUID, HandshakeError, UpgradeRequest, WsAccept, sha1};

/// The checks of a solution of [`WsAccept`].
///
/// # Examples
///
/// ```
/// use exercises::realtime::{WsHandshake, checks};
///
/// for check in checks::ws_accept::all::<WsHandshake>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: WsAccept>() -> Vec<Check> {
    vec![
        Check::new(
            "base64",
            "Three bytes are four characters, and what is missing of the last three is filled with `=`.",
            |seed| base64(T::base64, seed),
        )
        .points(2)
        .hints([
            "Write the bits of three bytes one behind the other. How many groups of six are there?",
            "One byte gives two characters and `==`, two bytes give three and `=`. The bits that are missing are zeros.",
            "`let bits = a << 16 | b << 8 | c;` and then `ALPHABET[(bits >> 18) & 63]`, `>> 12`, `>> 6`, `>> 0`",
        ]),
        Check::new(
            "accept",
            "The key's characters and the GUID are hashed together, and the hash is written in base64.",
            |seed| accept(T::accept, seed),
        )
        .hints([
            "Is the key decoded before it is hashed?",
            "No: its 24 characters are hashed as they came. And of the hash the 20 bytes are written, not their hexadecimal digits.",
            "`Self::base64(&sha1(format!(\"{key}{HANDSHAKE_GUID}\").as_bytes()))`",
        ]),
        Check::new(
            "browsers",
            "What browsers send is accepted: names in any case, lists, headers in any order.",
            |seed| browsers(T::handshake, seed),
        )
        .points(2)
        .hints([
            "Firefox sends `Connection: keep-alive, Upgrade`. What do you compare?",
            "Split the list at commas, trim the entries, and compare without regard to case; so with the headers' names.",
            "`value.split(',').any(|entry| entry.trim().eq_ignore_ascii_case(\"upgrade\"))`",
        ]),
        Check::new(
            "no-handshake",
            "A request with another method, or without one of the two headers that ask for it, is refused.",
            |seed| refused(T::handshake, seed, NOT_ASKED),
        )
        .hints([
            "What is in `Upgrade: websocket2`?",
            "An entry is equal to `websocket`, or it is another protocol. Both headers are needed.",
            "`if !names(request, \"Upgrade\", \"websocket\") { return Err(HandshakeError::Upgrade) }`, and so for `Connection`",
        ]),
        Check::new(
            "version",
            "Any version but 13 is refused, and so is none, or several.",
            |seed| refused(T::handshake, seed, VERSIONS),
        )
        .hints([
            "Which versions have you looked at: the first header, or all?",
            "It must come once, and its value is a text of two characters.",
            "Collect the values of all headers of the name, and compare with `[\"13\"]`.",
        ]),
        Check::new(
            "key",
            "A key that is missing, comes twice, or is not 16 bytes in base64 is refused.",
            |seed| refused(T::handshake, seed, KEYS),
        )
        .hints([
            "How many characters have 16 bytes in base64?",
            "22 of the alphabet, then `==`. `=` alone is not in the alphabet, and neither are `-` and `_`.",
            "`key.strip_suffix(\"==\").is_some_and(|data| data.len() == 22 && data.bytes().all(is_in_alphabet))`",
        ]),
        Check::new(
            "order",
            "Of several faults the first of the table is named.",
            |seed| order(T::handshake, seed),
        )
        .hints([
            "What should a client be told that has an old version and a bad key?",
            "Its version: it would choose its key by other rules. Look at things in the table's order.",
            "Method, `Upgrade`, `Connection`, version, key; return at the first that does not hold.",
        ]),
    ]
}

type Handshake = fn(&UpgradeRequest<'_>) -> Result<String, HandshakeError>;
type Headers<'a> = Vec<(&'a str, &'a str)>;

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VERSION: &str = "Sec-WebSocket-Version";
const KEY: &str = "Sec-WebSocket-Key";

/// The obvious way: a text of zeros and ones, six at a time.
fn encoded(bytes: &[u8]) -> String {
    let mut bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    while !bits.len().is_multiple_of(6) {
        bits.push('0');
    }
    let alphabet: Vec<char> = ALPHABET.chars().collect();
    let mut text: String = (0..bits.len() / 6)
        .map(|index| usize::from_str_radix(&bits[6 * index..6 * index + 6], 2).unwrap_or(0))
        .map(|number| alphabet[number])
        .collect();
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

fn accepted(key: &str) -> String {
    encoded(&sha1(format!("{key}{HANDSHAKE_GUID}").as_bytes()))
}

fn compare(input: String, expected: String, actual: String) -> Verdict {
    match actual == expected {
        true => Ok(()),
        false => Err(Counterexample::new(input, expected, actual)),
    }
}

fn base64(solution: fn(&[u8]) -> String, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    let fixed: [&[u8]; 7] = [
        b"",
        b"Man",
        b"Ma",
        b"M",
        b"\0",
        b"\xff\xff\xff",
        b"\xfb\xef\xbe",
    ];
    let drawn: Vec<Vec<u8>> = (1..60).map(|count| draw.bytes(count)).collect();
    let drawn = drawn.iter().map(Vec::as_slice);
    fixed.into_iter().chain(drawn).try_for_each(|bytes| {
        compare(
            format!("Mine::base64(b\"{}\")", bytes.escape_ascii()),
            format!("{:?}", encoded(bytes)),
            format!("{:?}", solution(bytes)),
        )
    })
}

fn key(draw: &mut Draw) -> String {
    encoded(&draw.bytes(16))
}

fn accept(solution: fn(&str) -> String, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    let drawn: Vec<String> = (0..20).map(|_| key(&mut draw)).collect();
    let all = ["dGhlIHNhbXBsZSBub25jZQ==".to_owned()]
        .into_iter()
        .chain(drawn);
    all.into_iter().try_for_each(|key| {
        compare(
            format!("Mine::accept({key:?})"),
            format!("{:?}", accepted(&key)),
            format!("{:?}", solution(&key)),
        )
    })
}

fn answers(
    solution: Handshake,
    method: &str,
    headers: &[(&str, &str)],
    expected: Result<String, HandshakeError>,
) -> Verdict {
    let request = UpgradeRequest { method, headers };
    compare(
        format!("Mine::handshake(&UpgradeRequest {{ method: {method:?}, headers: &{headers:?} }})"),
        format!("{expected:?}"),
        format!("{:?}", solution(&request)),
    )
}

/// A handshake as it should be.
fn good(key: &str) -> Headers<'_> {
    vec![
        ("Host", "127.0.0.1"),
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        (VERSION, "13"),
        (KEY, key),
    ]
}

/// The headers with these values for one of them, each in a header of its own.
fn with<'a>(headers: &[(&'a str, &'a str)], name: &'a str, values: &[&'a str]) -> Headers<'a> {
    let others = headers.iter().copied().filter(|(found, _)| *found != name);
    others
        .chain(values.iter().map(|value| (name, *value)))
        .collect()
}

fn browsers(solution: Handshake, seed: Seed) -> Verdict {
    let mut draw = Draw::new(seed);
    for _ in 0..10 {
        let key = key(&mut draw);
        let good = good(&key);
        let accepted = Ok(accepted(&key));
        let variants: [(&str, &[&str]); 8] = [
            ("Connection", &["keep-alive, Upgrade"]),
            ("Connection", &["upgrade,keep-alive"]),
            ("Connection", &["keep-alive", "UPGRADE"]),
            ("Upgrade", &["WebSocket"]),
            ("Upgrade", &["h2c,  websocket\t"]),
            ("Upgrade", &["h2c", "websocket"]),
            ("Cookie", &["a", "b"]),
            ("Sec-WebSocket-Extensions", &["permessage-deflate"]),
        ];
        for (name, values) in variants {
            answers(
                solution,
                "GET",
                &with(&good, name, values),
                accepted.clone(),
            )?;
        }
        let reversed: Headers<'_> = good.iter().rev().copied().collect();
        answers(solution, "GET", &reversed, accepted.clone())?;
        let small: Vec<String> = good.iter().map(|(name, _)| name.to_lowercase()).collect();
        let small: Headers<'_> = small
            .iter()
            .map(String::as_str)
            .zip(good.iter().map(|(_, value)| *value))
            .collect();
        answers(solution, "GET", &small, accepted)?;
    }
    Ok(())
}

/// Values of a header, each with what is to be said of them. A method is one here, too.
type Faults = &'static [(&'static str, &'static [&'static str], HandshakeError)];

const METHOD: &str = "method";

const NOT_ASKED: Faults = &[
    (METHOD, &["POST"], HandshakeError::Method),
    (METHOD, &["get"], HandshakeError::Method),
    ("Upgrade", &[], HandshakeError::Upgrade),
    ("Upgrade", &["h2c"], HandshakeError::Upgrade),
    ("Upgrade", &["websocket2"], HandshakeError::Upgrade),
    ("Upgrade", &["web socket"], HandshakeError::Upgrade),
    ("Connection", &[], HandshakeError::Connection),
    ("Connection", &["keep-alive"], HandshakeError::Connection),
    (
        "Connection",
        &["no-upgrade, close"],
        HandshakeError::Connection,
    ),
];

const VERSIONS: Faults = &[
    (VERSION, &[], HandshakeError::Version),
    (VERSION, &["8"], HandshakeError::Version),
    (VERSION, &["130"], HandshakeError::Version),
    (VERSION, &["013"], HandshakeError::Version),
    (VERSION, &["+13"], HandshakeError::Version),
    (VERSION, &["8, 13"], HandshakeError::Version),
    (VERSION, &["13", "8"], HandshakeError::Version),
    (VERSION, &["8", "13"], HandshakeError::Version),
];

const KEYS: Faults = &[
    (KEY, &[], HandshakeError::Key),
    (KEY, &[""], HandshakeError::Key),
    (KEY, &["=="], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25jZQ=="; 2], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25jZQ"], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25jZQ="], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25jZQ==="], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25j"], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25jZWFh"], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25jZ==="], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25jZQaa=="], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25j-_=="], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZS Nub25jZ=="], HandshakeError::Key),
    (KEY, &["dGhlIHNhbXBsZSBub25jé=="], HandshakeError::Key),
];

fn refused(solution: Handshake, seed: Seed, faults: Faults) -> Verdict {
    let key = key(&mut Draw::new(seed));
    let good = good(&key);
    faults.iter().try_for_each(|(name, values, refusal)| {
        let method = if *name == METHOD { values[0] } else { "GET" };
        answers(
            solution,
            method,
            &with_fault(&good, name, values),
            Err(*refusal),
        )
    })
}

fn with_fault<'a>(
    headers: &[(&'a str, &'a str)],
    name: &'a str,
    values: &[&'a str],
) -> Headers<'a> {
    match name {
        METHOD => headers.to_vec(),
        name => with(headers, name, values),
    }
}

fn order(solution: Handshake, seed: Seed) -> Verdict {
    let key = key(&mut Draw::new(seed));
    let faults = [NOT_ASKED, VERSIONS, KEYS].concat();
    for (index, (name, values, refusal)) in faults.iter().enumerate() {
        let method = if *name == METHOD { values[0] } else { "GET" };
        for (second, more, _) in faults[index + 1..]
            .iter()
            .filter(|(second, ..)| second != name)
        {
            let headers = with_fault(&with_fault(&good(&key), name, values), second, more);
            answers(solution, method, &headers, Err(*refusal))?;
        }
    }
    Ok(())
}
