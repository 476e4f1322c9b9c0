//! Follows the frames in a stream of ZMTP, without keeping any of it.
//!
//! For the [guard](super::guard), which has to know how long a message is going to be
//! before somebody makes room for it. It reads lengths and nothing else: whether the
//! bytes make sense is the socket library's to say. From ZMTP 3.1, RFC 37.

/// Every connection starts with a greeting of this length.
const GREETING: u64 = 64;

/// What a frame costs beside its content, roughly: nobody shall send a billion empty ones.
const OVERHEAD: u64 = 64;

/// More frames of the same message follow.
const MORE: u8 = 1;
/// The length has eight bytes, not one.
const LONG: u8 = 2;

/// Where in the stream it is.
#[derive(Debug)]
pub(super) struct Frames {
    expected: Expected,
    /// The size of the message so far, as announced.
    message: u64,
    has_more: bool,
    has_greeted: bool,
    limit: u64,
}

#[derive(Debug)]
enum Expected {
    /// So many bytes that are not looked at.
    Content(u64),
    Flags,
    /// So many bytes of a length, after those that made this one.
    Length(u8, u64),
}

/// A message is longer than the limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong {
    /// What it would have, in bytes, as far as announced.
    pub(super) announced: u64,
}

impl Frames {
    /// At the start of a connection; `limit` is the longest message, in bytes.
    pub(super) fn new(limit: u64) -> Self {
        Self {
            expected: Expected::Content(GREETING),
            message: 0,
            has_more: false,
            has_greeted: false,
            limit,
        }
    }

    /// Whether something is missing of a message that has begun.
    pub(super) fn is_within_message(&self) -> bool {
        let is_between = matches!(self.expected, Expected::Flags) && !self.has_more;
        self.has_greeted && !is_between
    }

    /// Reads on.
    ///
    /// # Errors
    ///
    /// If a message announces more bytes than the limit; the connection is of no use then.
    ///
    /// # Time complexity
    ///
    /// O(f) in the frames that start in `bytes`, whatever their lengths.
    pub(super) fn push(&mut self, mut bytes: &[u8]) -> Result<(), TooLong> {
        loop {
            match &mut self.expected {
                Expected::Content(0) => {
                    self.expected = Expected::Flags;
                    self.has_greeted = true;
                    if !self.has_more {
                        self.message = 0;
                    }
                }
                Expected::Content(left) => {
                    let known = usize::try_from(*left).unwrap_or(usize::MAX);
                    let skipped = known.min(bytes.len());
                    *left -= skipped as u64;
                    bytes = &bytes[skipped..];
                    if *left > 0 {
                        return Ok(());
                    }
                }
                Expected::Length(0, length) => {
                    let length = *length;
                    let frame = length.saturating_add(OVERHEAD);
                    self.message = self.message.saturating_add(frame);
                    if self.message > self.limit {
                        let announced = self.message;
                        return Err(TooLong { announced });
                    }
                    self.expected = Expected::Content(length);
                }
                expected => {
                    let Some((&byte, rest)) = bytes.split_first() else {
                        return Ok(());
                    };
                    bytes = rest;
                    if let Expected::Length(missing, length) = expected {
                        *missing -= 1;
                        *length = *length << 8 | u64::from(byte);
                    } else {
                        self.has_more = byte & MORE != 0;
                        let length_bytes = if byte & LONG != 0 { 8 } else { 1 };
                        self.expected = Expected::Length(length_bytes, 0);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(flags: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len() as u64;
        let length = if flags & LONG == 0 {
            vec![length as u8]
        } else {
            length.to_be_bytes().to_vec()
        };
        [vec![flags], length, content.to_vec()].concat()
    }

    fn stream() -> Vec<u8> {
        let long = frame(MORE | LONG, &[7; 1000]);
        [vec![0xff; 64], long, frame(0, b"end")].concat()
    }

    #[test]
    fn a_message_is_whole_after_its_last_frame_however_it_is_cut() {
        let stream = stream();
        for piece in [1, 2, 7, 100, stream.len()] {
            let mut frames = Frames::new(10_000);
            for bytes in stream[..stream.len() - 1].chunks(piece) {
                frames.push(bytes).unwrap();
            }
            assert!(frames.is_within_message(), "in pieces of {piece}");
            frames.push(&stream[stream.len() - 1..]).unwrap();
            assert!(!frames.is_within_message(), "in pieces of {piece}");
        }
    }

    #[test]
    fn a_message_between_two_frames_is_not_whole() {
        let mut frames = Frames::new(10_000);
        frames.push(&[0; 63]).unwrap();
        // A greeting is no message.
        assert!(!frames.is_within_message());
        frames.push(&[0]).unwrap();
        assert!(!frames.is_within_message());
        frames.push(&frame(MORE, b"a")).unwrap();
        assert!(frames.is_within_message());
    }

    #[test]
    fn an_announcement_beyond_the_limit_is_refused_before_its_content() {
        let mut frames = Frames::new(10_000);
        frames.push(&[0; 64]).unwrap();
        let announcement = [&[LONG][..], &(1_u64 << 40).to_be_bytes()].concat();
        let announced = (1 << 40) + OVERHEAD;
        assert_eq!(frames.push(&announcement), Err(TooLong { announced }));
    }

    #[test]
    fn a_length_beyond_counting_is_refused_too() {
        let mut frames = Frames::new(10_000);
        let announcement = [&[0; 64][..], &[LONG], &[0xff; 8]].concat();
        let announced = u64::MAX;
        assert_eq!(frames.push(&announcement), Err(TooLong { announced }));
    }

    #[test]
    fn frames_of_one_message_count_together_and_messages_by_themselves() {
        let limit = 4 * (100 + OVERHEAD);
        let mut frames = Frames::new(limit);
        frames.push(&[0; 64]).unwrap();
        for _ in 0..100 {
            frames.push(&frame(0, &[1; 100])).unwrap();
        }
        let more: Vec<_> = (0..5)
            .map(|_| frames.push(&frame(MORE, &[1; 100])))
            .collect();
        assert_eq!(more.iter().filter(|pushed| pushed.is_ok()).count(), 4);
    }
}
