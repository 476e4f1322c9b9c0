//! Names of learners' folders, for people and for files.
//!
//! A folder may be called anything that the system allows: with spaces, line breaks,
//! a leading dash, 255 bytes, or as another but for the case of a letter. People see
//! [`shown`]; files below the output folder are named by [`key`].

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::grading::sha256;

/// A key with an ending stays well below the 255 bytes of a file's name.
const PLAIN_BYTES: usize = 64;
/// The beginning of a name that its key keeps, to be recognised by.
const KEPT_CHARS: usize = 24;
/// Digits of the hash: nobody finds a second name with the same 64 bits.
const HASH_DIGITS: usize = 16;

/// A name for files, different for each folder on every file system: small ASCII
/// letters, digits and `-_.~`, with a letter or digit first.
///
/// A plain name is its own key. Any other gets a `~`, which no plain name has, and its
/// hash: a learner cannot choose a name whose key is another's.
pub(super) fn key(name: &OsStr) -> String {
    let bytes = name.as_bytes();
    if let Some(plain) = name.to_str().filter(|_| is_plain(bytes)) {
        return plain.to_owned();
    }
    let kept = name.to_string_lossy().to_lowercase();
    let kept = kept.chars().filter(char::is_ascii_alphanumeric);
    let kept: String = kept.take(KEPT_CHARS).collect();
    let start = if kept.is_empty() { "learner" } else { &kept };
    format!("{start}~{}", &sha256(bytes)[..HASH_DIGITS])
}

fn is_plain(bytes: &[u8]) -> bool {
    let is_small = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    bytes.len() <= PLAIN_BYTES
        && bytes.first().is_some_and(is_small)
        && bytes.last().is_some_and(is_small)
        && bytes
            .iter()
            .all(|byte| is_small(byte) || b"-_.".contains(byte))
}

/// A name on one line, in which nothing is invisible.
pub(super) fn shown(name: &OsStr) -> String {
    let mut shown = String::new();
    for c in name.to_string_lossy().chars() {
        match is_invisible(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    shown
}

/// Control characters, and those that change the direction of writing or have no width:
/// with them a name can look like another.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        assert_eq!(key(OsStr::new(name)), expected);
    }

    #[test]
    fn a_plain_name_is_its_own_key_and_others_get_a_hash() {
        check("ann", "ann");
        check("s123-b.2", "s123-b.2");
        check("Ann", "ann~17239b6e25011033");
        check("../../etc", "etc~74ccf3c5b4c19a81");
        check("日本", "learner~cf2abf0c5be326cb");
    }

    #[test]
    fn no_two_names_share_a_key_even_where_case_does_not_count() {
        let long = "a".repeat(255);
        let longer = format!("{}b", "a".repeat(254));
        let ann = key(OsStr::new("Ann"));
        let names = [
            "ann", "Ann", "ANN", &ann, "ann ", " ann", "-ann", "ann\n", "ann.", &long, &longer,
        ];
        let keys: BTreeSet<String> = names
            .iter()
            .map(|name| key(OsStr::new(name)).to_lowercase())
            .collect();
        assert_eq!(keys.len(), names.len(), "{keys:?}");
    }

    #[test]
    fn every_key_is_a_safe_name_for_a_file() {
        for name in [
            "", ".", "..", "a/b", "-rf", "a\0b", ".hidden", "con.", "=1+1",
        ] {
            let key = key(OsStr::new(name));
            assert!(
                key.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && key.len() < 100
                    && key
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "-_.~".contains(c)),
                "{name:?}: {key}"
            );
        }
    }

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        let name = OsStr::from_bytes(b"ann\nb\xc3\xbc\xe2\x80\xae\xff");
        assert_eq!(shown(name), "ann\\nbü\\u{202e}\u{fffd}");
    }
}
