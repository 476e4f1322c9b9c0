//! UTF-8 from a stream whose reads may end in the middle of a character.
//!
//! Invalid bytes become U+FFFD and never an error: a cell may print what it likes.

/// Decodes a byte stream piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    /// The start of a character whose end has not been read yet: at most three bytes.
    held: Vec<u8>,
}

impl Decoder {
    /// The text that is certain by now.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> String {
        self.held.extend(bytes);
        let keep = incomplete_suffix(&self.held);
        let complete: Vec<u8> = self.held.drain(..self.held.len() - keep).collect();
        String::from_utf8_lossy(&complete).into_owned()
    }

    /// What is left when nothing follows.
    pub(crate) fn finish(&mut self) -> String {
        let rest = std::mem::take(&mut self.held);
        String::from_utf8_lossy(&rest).into_owned()
    }
}

/// How many bytes at the end start a character without ending it.
fn incomplete_suffix(bytes: &[u8]) -> usize {
    let last = bytes.utf8_chunks().last();
    let invalid = last.map_or(&[][..], |chunk| chunk.invalid());
    // A longer character could follow only if these bytes are a prefix of one.
    let is_prefix = std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
    if is_prefix { invalid.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_cut_in_two_comes_out_whole() {
        let text = "é🦀x";
        for cut in 0..text.len() {
            let mut decoder = Decoder::default();
            let (before, after) = text.as_bytes().split_at(cut);
            let decoded = decoder.push(before) + &decoder.push(after) + &decoder.finish();
            assert_eq!(decoded, text, "cut at {cut}");
        }
    }

    #[test]
    fn invalid_bytes_are_replaced_at_once() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.push(b"a\xffb"), "a\u{fffd}b");
        assert_eq!(decoder.push(b"\xff"), "\u{fffd}");
    }

    #[test]
    fn a_cut_character_at_the_end_is_replaced() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.push(b"a\xf0\x9f"), "a");
        assert_eq!(decoder.finish(), "\u{fffd}");
    }
}
