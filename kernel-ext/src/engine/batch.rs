//! Text on its way to the front end, gathered into fewer messages.
//!
//! A message for each of 100,000 lines would keep a front end busy for minutes. So the
//! first text is passed on at once, and what follows within [`PAUSE`] goes together. Use
//! it for everything that a cell shows; whatever is not text ends the gathering.

use crate::channel::Stream;
use kernel_protocol::{Output, Sink};
use std::time::{Duration, Instant};

/// The time between two messages of text. Shorter than the eye notices.
const PAUSE: Duration = Duration::from_millis(20);

/// Text of this many bytes goes at once: a front end shows long messages slowly.
const FULL_BYTES: usize = 1 << 16;

/// How often text may change between the streams before it is sorted by stream instead.
const MAX_PARTS: usize = 64;

/// Text that has not been passed on yet.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// In order; neighbours are of different streams.
    parts: Vec<(Stream, String)>,
    bytes: usize,
    /// When text was last passed on.
    passed_on: Option<Instant>,
}

impl Batch {
    /// Takes text; passes it on if it is time.
    ///
    /// # Time complexity
    ///
    /// O(n) in the length of the text.
    pub(super) fn push(&mut self, stream: Stream, text: &str, now: Instant, sink: &mut Sink<'_>) {
        self.bytes += text.len();
        let is_crowded = self.parts.len() >= MAX_PARTS;
        let mut parts = self.parts.iter_mut().rev();
        let same = if is_crowded {
            parts.find(|(other, _)| *other == stream)
        } else {
            parts.next().filter(|(other, _)| *other == stream)
        };
        match same {
            Some((_, part)) => part.push_str(text),
            None => self.parts.push((stream, text.to_owned())),
        }
        if self.bytes >= FULL_BYTES || self.wait(now) == Some(Duration::ZERO) {
            self.pass_on(now, sink);
        }
    }

    /// Passes everything on.
    pub(super) fn pass_on(&mut self, now: Instant, sink: &mut Sink<'_>) {
        if self.parts.is_empty() {
            return;
        }
        self.bytes = 0;
        self.passed_on = Some(now);
        for (stream, text) in self.parts.drain(..) {
            sink(match stream {
                Stream::Stdout => Output::Stdout(text),
                Stream::Stderr => Output::Stderr(text),
            });
        }
    }

    /// How long until the text is to be passed on; `None` if there is none.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        if self.parts.is_empty() {
            return None;
        }
        let since = self.passed_on.map(|then| now.duration_since(then));
        Some(since.map_or(Duration::ZERO, |since| PAUSE.saturating_sub(since)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    /// Texts with the milliseconds at which they come; `E` marks standard error.
    #[track_caller]
    fn check(texts: &[(u64, &str)], expected: Expect) {
        let start = Instant::now();
        let mut batch = Batch::default();
        let mut shown = Vec::new();
        for &(millis, text) in texts {
            let now = start + Duration::from_millis(millis);
            let stream = match text.starts_with('E') {
                true => Stream::Stderr,
                false => Stream::Stdout,
            };
            batch.push(stream, text, now, &mut |output| {
                shown.push(format!("{millis} {output:?}"));
            });
        }
        batch.pass_on(start, &mut |output| shown.push(format!("end {output:?}")));
        expected.assert_eq(&shown.join("\n"));
    }

    #[test]
    fn the_first_text_is_passed_on_at_once_and_the_next_ones_together() {
        check(
            &[(0, "a"), (1, "b"), (19, "c"), (20, "d"), (21, "e")],
            expect![[r#"
                0 Stdout("a")
                20 Stdout("bcd")
                end Stdout("e")"#]],
        );
    }

    #[test]
    fn the_order_of_two_streams_is_kept() {
        check(
            &[(0, "a"), (1, "E1"), (2, "E2"), (3, "b")],
            expect![[r#"
                0 Stdout("a")
                end Stderr("E1E2")
                end Stdout("b")"#]],
        );
    }

    #[test]
    fn a_flood_that_alternates_is_sorted_by_stream() {
        let flood: Vec<_> = (0..1_000).map(|n| (1, ["a", "E"][n % 2])).collect();
        let mut batch = Batch::default();
        let now = Instant::now();
        batch.push(Stream::Stdout, "first", now, &mut |_| {});
        for (_, text) in &flood {
            let stream = [Stream::Stdout, Stream::Stderr][usize::from(*text == "E")];
            batch.push(stream, text, now, &mut |_| panic!("it is too early"));
        }
        let mut shown = 0;
        let mut length = 0;
        batch.pass_on(now, &mut |output| {
            let (Output::Stdout(text) | Output::Stderr(text)) = output else {
                panic!("{output:?} is no text");
            };
            shown += 1;
            length += text.len();
        });
        assert_eq!((shown, length), (MAX_PARTS, flood.len()));
    }

    #[test]
    fn much_text_does_not_wait() {
        let much = "a".repeat(FULL_BYTES);
        let mut batch = Batch::default();
        let now = Instant::now();
        let mut shown = Vec::new();
        batch.push(Stream::Stdout, "b", now, &mut |output| shown.push(output));
        batch.push(Stream::Stdout, &much, now, &mut |output| shown.push(output));
        assert_eq!(shown.len(), 2);
        assert_eq!(batch.wait(now), None);
    }
}
