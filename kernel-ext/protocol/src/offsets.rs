//! Positions in a cell: the protocol counts Unicode code points, Rust counts bytes.
//!
//! Use these at the border. They do not count graphemes or UTF-16 units, neither of
//! which the protocol uses since version 5.2.

/// The byte offset of the `chars`-th code point; the end of the text if there are fewer.
///
/// # Time complexity
///
/// O(n) in the length of the text.
///
/// # Examples
///
/// ```
/// use kernel_protocol::chars_to_bytes;
///
/// assert_eq!(chars_to_bytes("é🦀x", 2), 6);
/// assert_eq!(chars_to_bytes("é🦀x", 99), 7);
/// ```
pub fn chars_to_bytes(text: &str, chars: usize) -> usize {
    text.char_indices()
        .nth(chars)
        .map_or(text.len(), |(byte, _)| byte)
}

/// The number of code points that start before byte offset `bytes`.
///
/// # Time complexity
///
/// O(n) in the length of the text.
///
/// # Examples
///
/// ```
/// use kernel_protocol::bytes_to_chars;
///
/// assert_eq!(bytes_to_chars("é🦀x", 6), 2);
/// ```
pub fn bytes_to_chars(text: &str, bytes: usize) -> usize {
    text.char_indices()
        .take_while(|(byte, _)| *byte < bytes)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_point_comes_back_to_its_own_position() {
        let text = "let naïve = \"🦀e\u{301}\";";
        for chars in 0..=text.chars().count() {
            let bytes = chars_to_bytes(text, chars);
            assert!(text.is_char_boundary(bytes));
            assert_eq!(bytes_to_chars(text, bytes), chars);
        }
    }
}
