//! An answer's body in chunks, taken out of them: how HTTP/1.1 sends what has no length yet.
//!
//! Our server does not use it (see `answer.rs`); others do, and a client has no choice.
//!
//! Source: RFC 9112, § 7.1, <https://www.rfc-editor.org/rfc/rfc9112>.

use super::Lost;

/// A chunk's first line is its length and what nobody uses; a longer one is nonsense.
const MAX_LINE_BYTES: usize = 256;

/// Where in the chunks the next byte is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chunks {
    /// There are none: the body is as it comes.
    None,
    /// In a line, of which this has come: a length, or the end of a chunk's data.
    Line(Vec<u8>),
    /// In a chunk's data, of which so many bytes are to come.
    Data(usize),
}

impl Chunks {
    /// Takes the chunks off the next bytes. The last chunk is the connection's end.
    pub(super) fn take_off(&mut self, bytes: Vec<u8>) -> Result<Vec<u8>, Lost> {
        if *self == Self::None {
            return Ok(bytes);
        }
        let (mut body, mut rest) = (Vec::with_capacity(bytes.len()), &bytes[..]);
        while !rest.is_empty() {
            rest = self.step(rest, &mut body)?;
        }
        Ok(body)
    }

    fn step<'a>(&mut self, bytes: &'a [u8], body: &mut Vec<u8>) -> Result<&'a [u8], Lost> {
        match self {
            Self::None | Self::Data(0) => {
                *self = Self::Line(Vec::new());
                Ok(bytes)
            }
            Self::Data(n_left) => {
                let (data, rest) = bytes.split_at(bytes.len().min(*n_left));
                body.extend_from_slice(data);
                *n_left -= data.len();
                Ok(rest)
            }
            Self::Line(line) => {
                let end = bytes.iter().position(|byte| *byte == b'\n');
                let (start, rest) = bytes.split_at(end.map_or(bytes.len(), |end| end + 1));
                line.extend_from_slice(start);
                if line.len() > MAX_LINE_BYTES {
                    return Err(Lost);
                }
                if end.is_some() {
                    *self = after(line)?;
                }
                Ok(rest)
            }
        }
    }
}

/// What follows a line: an empty one ends the data before it.
fn after(line: &[u8]) -> Result<Chunks, Lost> {
    let text = str::from_utf8(line).map_err(|_| Lost)?.trim();
    let length = text.split(';').next().unwrap_or_default().trim();
    if length.is_empty() {
        return Ok(Chunks::Line(Vec::new()));
    }
    match usize::from_str_radix(length, 16) {
        Ok(n_bytes @ 1..) => Ok(Chunks::Data(n_bytes)),
        _ => Err(Lost),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_change_nothing() {
        let sent = b"3\r\nabc\r\n0a;x=y\r\n0123456789\r\n1\r\n\n\r\n";
        for piece in 1..=sent.len() {
            let mut chunks = Chunks::Line(Vec::new());
            let body = sent
                .chunks(piece)
                .map(|bytes| chunks.take_off(bytes.to_vec()));
            let body: Result<Vec<_>, _> = body.collect();
            assert_eq!(
                body.map(|parts| parts.concat()),
                Ok(b"abc0123456789\n".to_vec())
            );
        }
    }

    #[test]
    fn the_last_chunk_and_nonsense_end_the_connection() {
        for sent in ["0\r\n\r\n", "x\r\n", "-1\r\n", "11111111111111111\r\n"] {
            let mut chunks = Chunks::Line(Vec::new());
            assert_eq!(chunks.take_off(sent.into()), Err(Lost), "{sent:?}");
        }
    }
}
