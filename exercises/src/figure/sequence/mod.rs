//! Sequence diagrams: who says what to whom, and when, with time running down.
//!
//! For conversations between two to four parties: a protocol's handshake, a request and
//! its answer, a message that is lost. A [`Sequence`] collects what happens; drawing it
//! also writes the text alternative, step by step, so that the two cannot disagree.
//!
//! Time is counted in *moments* of equal height. A diagram is a sketch of an order, not a
//! measurement; where lengths matter, draw a plot.
//!
//! The form is that of message sequence charts (ITU-T Z.120), without their loops and
//! alternatives: a chart that needs those is better told in code.

mod drawing;
mod words;

use std::ops::Range;

use super::Figure;

/// One of those who talk, as [`Sequence::party`] hands it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party(usize);

/// Something that happens in a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Message {
        from: (Party, u32),
        to: (Party, u32),
        text: String,
        is_news: bool,
    },
    Waiting {
        party: Party,
        moments: Range<u32>,
        text: String,
    },
    Event {
        party: Party,
        moment: u32,
        text: String,
    },
    Break {
        between: (Party, Party),
        moment: u32,
        text: String,
    },
    Span {
        moments: Range<u32>,
        text: String,
    },
}

impl Step {
    /// Moments at which it begins and ends.
    fn moments(&self) -> (u32, u32) {
        match self {
            Step::Message { from, to, .. } => (from.1, to.1),
            Step::Waiting { moments, .. } | Step::Span { moments, .. } => {
                (moments.start, moments.end)
            }
            Step::Event { moment, .. } | Step::Break { moment, .. } => (*moment, *moment),
        }
    }
}

/// A conversation, to be drawn as a sequence diagram.
///
/// # Examples
///
/// ```
/// use exercises::figure::Sequence;
///
/// let mut sequence = Sequence::new();
/// let browser = sequence.party("browser");
/// let server = sequence.party("server");
/// sequence.message((browser, 0), (server, 2), "GET /news");
/// sequence.waiting(server, 2..8, "no news yet");
/// sequence.event(server, 8, "a goal");
/// sequence.news((server, 8), (browser, 10), "2:1");
/// let figure = sequence.draw("A request that waits");
/// assert!(figure.description().contains("2. At the server, waiting: no news yet."));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sequence {
    parties: Vec<String>,
    steps: Vec<Step>,
}

impl Sequence {
    /// A conversation of which nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a party, to the right of those before it.
    pub fn party(&mut self, name: &str) -> Party {
        self.parties.push(name.to_owned());
        Party(self.parties.len() - 1)
    }

    /// An arrow from one party to another; it slopes by the moments that it travels.
    ///
    /// # Panics
    ///
    /// If it arrives before it is sent, which is a mistake in the drawing.
    pub fn message(&mut self, from: (Party, u32), to: (Party, u32), text: &str) {
        self.arrow(from, to, text, false);
    }

    /// Like [`Sequence::message`], drawn so that it stands out: what the others are for.
    ///
    /// # Panics
    ///
    /// If it arrives before it is sent.
    pub fn news(&mut self, from: (Party, u32), to: (Party, u32), text: &str) {
        self.arrow(from, to, text, true);
    }

    /// A bar on the party's line: it waits, or holds something.
    pub fn waiting(&mut self, party: Party, moments: Range<u32>, text: &str) {
        self.steps.push(Step::Waiting {
            party,
            moments,
            text: text.to_owned(),
        });
    }

    /// A dot on the party's line: something happens there, and not because of a message.
    pub fn event(&mut self, party: Party, moment: u32, text: &str) {
        self.steps.push(Step::Event {
            party,
            moment,
            text: text.to_owned(),
        });
    }

    /// A cross between two parties: what joined them is gone.
    pub fn broken(&mut self, between: (Party, Party), moment: u32, text: &str) {
        self.steps.push(Step::Break {
            between,
            moment,
            text: text.to_owned(),
        });
    }

    /// A bracket at the right that names a stretch of time.
    pub fn span(&mut self, moments: Range<u32>, text: &str) {
        self.steps.push(Step::Span {
            moments,
            text: text.to_owned(),
        });
    }

    /// The finished figure, with the steps in words as its text alternative.
    ///
    /// # Time complexity
    ///
    /// O(s log s) for `s` steps.
    pub fn draw(&self, title: &str) -> Figure {
        let layout = drawing::Layout::of(self);
        Figure::draw(title, words::describe(self), layout.size_px(), |canvas| {
            layout.draw(canvas, self)
        })
    }

    fn arrow(&mut self, from: (Party, u32), to: (Party, u32), text: &str, is_news: bool) {
        assert!(from.1 <= to.1, "{text:?} arrives before it is sent");
        self.steps.push(Step::Message {
            from,
            to,
            text: text.to_owned(),
            is_news,
        });
    }

    /// The last moment at which something happens.
    fn last_moment(&self) -> u32 {
        let ends = self.steps.iter().map(|step| step.moments().1);
        ends.max().unwrap_or(0)
    }
}
