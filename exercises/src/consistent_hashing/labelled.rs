//! A toy hash with the positions written in the names, for pictures and for
//! counterexamples that one can check by hand.
//!
//! Reached as [`super::RingHash::LABELLED`]. Key `photo@25` sits at 25; server
//! `a@64,200` has its point 0 at 64 and its point 1 at 200. Labels make it easy
//! to write down what XXH3 would need a search for: a key exactly on a point, two
//! servers on one point, a key behind the last point.
//!
//! It does not spread anything: real keys need [`super::RingHash::XXH3`].

use super::hash;

/// The number after `@`, or the key's XXH3 position where there is none.
pub(super) fn key_position(key: &[u8]) -> u64 {
    std::str::from_utf8(key)
        .ok()
        .and_then(|text| label(text, 0))
        .unwrap_or_else(|| hash::key_position(key))
}

/// The number at place `index` of the list after `@`, or the point's XXH3
/// position where the list is shorter.
pub(super) fn point_position(server: &str, index: u32) -> u64 {
    label(server, index).unwrap_or_else(|| hash::point_position(server, index))
}

fn label(text: &str, index: u32) -> Option<u64> {
    let (_, numbers) = text.rsplit_once('@')?;
    numbers.split(',').nth(index as usize)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_position() {
        assert_eq!(key_position(b"k@0"), 0);
        assert_eq!(key_position(b"k@18446744073709551615"), u64::MAX);
        assert_eq!(point_position("a@10,20,30", 2), 30);
    }

    #[test]
    fn what_has_no_label_falls_back_to_xxh3() {
        for key in ["plain", "mail@example", "k@18446744073709551616", "k@"] {
            assert_eq!(
                key_position(key.as_bytes()),
                hash::key_position(key.as_bytes())
            );
        }
        assert_eq!(
            key_position(&[0xff, b'@', b'1']),
            hash::key_position(&[0xff, b'@', b'1'])
        );
        assert_eq!(point_position("a@10", 1), hash::point_position("a@10", 1));
    }
}
