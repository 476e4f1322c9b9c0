//! How a sequence becomes lines, arrows and words on a canvas.
//!
//! Messages stand between the parties' lines; what belongs to one party stands outside of
//! them, at the left of the first and at the right of every other, so that no label is
//! crossed by an arrow.

use plotters::element::{Circle as Disc, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{Party, Sequence, Step};
use crate::figure::{Canvas, DrawingError, Ink, bold_label, label, px};

const MOMENT_PX: f64 = 12.0;
/// Where moment 0 is: below the names.
const TOP_PX: f64 = 58.0;
const TEXT_PX: f64 = 13.5;
const LINE_PX: f64 = 16.0;
/// What a letter is wide, on average and a little more, at `TEXT_PX`.
const LETTER_PX: f64 = 7.4;
/// Space beside a line at which something is noted, and beside one without.
const NOTES_PX: f64 = 112.0;
const MARGIN_PX: f64 = 46.0;
const WIDTH_PX: f64 = 460.0;
const NOTE_GAP_PX: f64 = 11.0;
/// A bracket stands between the line and its words.
const SPAN_GAP_PX: f64 = 22.0;

/// Where things are, in CSS pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    parties_px: Vec<f64>,
    height_px: f64,
}

impl Layout {
    pub(super) fn of(sequence: &Sequence) -> Self {
        let last = sequence.parties.len().saturating_sub(1);
        let left = match has_notes(sequence, 0) {
            true => NOTES_PX,
            false => MARGIN_PX,
        };
        let has_spans = sequence
            .steps
            .iter()
            .any(|step| matches!(step, Step::Span { .. }));
        let right = match has_spans || (last > 0 && has_notes(sequence, last)) {
            true => NOTES_PX,
            false => MARGIN_PX,
        };
        let between = (WIDTH_PX - left - right) / last.max(1) as f64;
        Self {
            parties_px: (0..=last)
                .map(|party| left + between * party as f64)
                .collect(),
            height_px: TOP_PX + MOMENT_PX * f64::from(sequence.last_moment()) + 24.0,
        }
    }

    pub(super) fn size_px(&self) -> (u32, u32) {
        (WIDTH_PX as u32, self.height_px.ceil() as u32)
    }

    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_>,
        sequence: &Sequence,
    ) -> Result<(), DrawingError> {
        for (name, x) in sequence.parties.iter().zip(&self.parties_px) {
            let name = Text::new(
                name.clone(),
                at(*x, 16.0),
                bold_label(TEXT_PX + 1.0, Ink::Text),
            );
            canvas.draw(&name)?;
            let line = vec![at(*x, 28.0), at(*x, self.height_px - 6.0)];
            canvas.draw(&PathElement::new(line, Ink::Muted.line(1.0)))?;
        }
        for step in &sequence.steps {
            self.step(canvas, step)?;
        }
        Ok(())
    }

    fn step(&self, canvas: &Canvas<'_>, step: &Step) -> Result<(), DrawingError> {
        match step {
            Step::Message {
                from,
                to,
                text,
                is_news,
            } => {
                let ends = [self.place(from.0, from.1), self.place(to.0, to.1)];
                // A label in the middle would be crossed by the line of who is between.
                let has_others_between = from.0.0.abs_diff(to.0.0) > 1;
                message(canvas, ends, (text, *is_news), has_others_between)
            }
            Step::Waiting {
                party,
                moments,
                text,
            } => {
                let (x, top) = self.place(*party, moments.start);
                let bottom = y_px(moments.end);
                let bar = [at(x - 4.5, top), at(x + 4.5, bottom)];
                canvas.draw(&Rectangle::new(bar, Ink::Faint.filled()))?;
                canvas.draw(&Rectangle::new(bar, Ink::Muted.line(1.0)))?;
                self.note(canvas, *party, (top + bottom) / 2.0, text, Ink::Muted)
            }
            Step::Event {
                party,
                moment,
                text,
            } => {
                let (x, y) = self.place(*party, *moment);
                canvas.draw(&Disc::new(at(x, y), px(5.5), Ink::Vermillion.filled()))?;
                self.note(canvas, *party, y, text, Ink::Text)
            }
            Step::Break {
                between,
                moment,
                text,
            } => {
                let (left, y) = self.place(between.0, *moment);
                let (right, _) = self.place(between.1, *moment);
                broken(canvas, (left, right), y, text)
            }
            Step::Span { moments, text } => {
                self.span(canvas, (y_px(moments.start), y_px(moments.end)), text)
            }
        }
    }

    /// Words beside a party's line, in as many lines as they need.
    fn note(
        &self,
        canvas: &Canvas<'_>,
        party: Party,
        y: f64,
        text: &str,
        ink: Ink,
    ) -> Result<(), DrawingError> {
        let is_left = party.0 == 0;
        let x = self.parties_px[party.0];
        let (x, side) = match is_left {
            true => (x - NOTE_GAP_PX, HPos::Right),
            false => (x + NOTE_GAP_PX, HPos::Left),
        };
        words(canvas, (x, y), (text, NOTES_PX - NOTE_GAP_PX), (side, ink))
    }

    fn span(
        &self,
        canvas: &Canvas<'_>,
        (top, bottom): (f64, f64),
        text: &str,
    ) -> Result<(), DrawingError> {
        let line = self.parties_px.last().copied().unwrap_or(0.0);
        let x = line + SPAN_GAP_PX - 8.0;
        let bracket = [(x - 5.0, top), (x, top), (x, bottom), (x - 5.0, bottom)];
        let bracket: Vec<(i32, i32)> = bracket.into_iter().map(|(x, y)| at(x, y)).collect();
        canvas.draw(&PathElement::new(bracket, Ink::Blue.line(1.75)))?;
        let place = (line + SPAN_GAP_PX, (top + bottom) / 2.0);
        let room_px = NOTES_PX - SPAN_GAP_PX;
        words(canvas, place, (text, room_px), (HPos::Left, Ink::Text))
    }

    fn place(&self, party: Party, moment: u32) -> (f64, f64) {
        (self.parties_px[party.0], y_px(moment))
    }
}

fn y_px(moment: u32) -> f64 {
    TOP_PX + MOMENT_PX * f64::from(moment)
}

fn at(x_px: f64, y_px: f64) -> (i32, i32) {
    (px(x_px), px(y_px))
}

/// Whether something is written beside this party's line.
fn has_notes(sequence: &Sequence, number: usize) -> bool {
    sequence.steps.iter().any(|step| match step {
        Step::Waiting { party, .. } | Step::Event { party, .. } => party.0 == number,
        Step::Message { .. } | Step::Break { .. } | Step::Span { .. } => false,
    })
}

fn words(
    canvas: &Canvas<'_>,
    (x, y): (f64, f64),
    (text, room_px): (&str, f64),
    (side, ink): (HPos, Ink),
) -> Result<(), DrawingError> {
    let lines = wrapped(text, (room_px / LETTER_PX) as usize);
    let top = y - LINE_PX * (lines.len() - 1) as f64 / 2.0;
    for (number, line) in lines.into_iter().enumerate() {
        let place = at(x, top + LINE_PX * number as f64);
        let style = label(TEXT_PX, ink).pos(Pos::new(side, VPos::Center));
        canvas.draw(&Text::new(line, place, style))?;
    }
    Ok(())
}

/// The words in lines of at most so many letters; a longer word has a line of its own.
fn wrapped(text: &str, most_letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().filter(|line| {
            line.is_empty() || line.chars().count() + 1 + word.chars().count() <= most_letters
        });
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => *line += &format!(" {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// An arrow with its words above it, clear of its slope.
fn message(
    canvas: &Canvas<'_>,
    [from, to]: [(f64, f64); 2],
    (text, is_news): (&str, bool),
    has_others_between: bool,
) -> Result<(), DrawingError> {
    let (ink, width, style) = match is_news {
        true => (Ink::Vermillion, 2.5, bold_label(TEXT_PX, Ink::Text)),
        false => (Ink::Text, 1.25, label(TEXT_PX, Ink::Text)),
    };
    let half_width = text.chars().count() as f64 * LETTER_PX / 2.0;
    let slope = (to.1 - from.1) / (to.0 - from.0).abs().max(1.0);
    let middle = (from.0 + to.0) / 2.0;
    let above = (from.1 + to.1) / 2.0 - 9.0 - slope * half_width;
    if has_others_between {
        let patch = [
            at(middle - half_width, above - 8.0),
            at(middle + half_width, above + 8.0),
        ];
        canvas.draw(&Rectangle::new(patch, Ink::Page.filled()))?;
    }
    let line = vec![at(from.0, from.1), at(to.0, to.1)];
    canvas.draw(&PathElement::new(line, ink.line(width)))?;
    canvas.draw(&Polygon::new(arrow_head(from, to), ink.filled()))?;
    if is_news {
        // Told from the others by shape, too.
        canvas.draw(&Disc::new(at(from.0, from.1), px(3.5), ink.filled()))?;
    }
    canvas.draw(&Text::new(text.to_owned(), at(middle, above), style))
}

/// A dashed line from one party to the other, with a cross in the middle.
fn broken(
    canvas: &Canvas<'_>,
    (left, right): (f64, f64),
    y: f64,
    text: &str,
) -> Result<(), DrawingError> {
    const DASH_PX: f64 = 6.0;
    let mut x = left + DASH_PX;
    while x < right - DASH_PX {
        let dash = vec![at(x, y), at(x + DASH_PX, y)];
        canvas.draw(&PathElement::new(dash, Ink::Muted.line(1.25)))?;
        x += 2.0 * DASH_PX;
    }
    let middle = (left + right) / 2.0;
    for way in [1.0, -1.0] {
        let stroke = vec![
            at(middle - 7.0, y - way * 7.0),
            at(middle + 7.0, y + way * 7.0),
        ];
        canvas.draw(&PathElement::new(stroke, Ink::Vermillion.line(2.5)))?;
    }
    let text = Text::new(
        text.to_owned(),
        at(middle, y - 17.0),
        label(TEXT_PX, Ink::Text),
    );
    canvas.draw(&text)
}

/// A triangle whose tip is where the arrow ends.
fn arrow_head(from: (f64, f64), to: (f64, f64)) -> Vec<(i32, i32)> {
    const LENGTH_PX: f64 = 10.0;
    const HALF_WIDTH_PX: f64 = 4.5;
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (dx, dy) = (dx / length, dy / length);
    let corner = |back: f64, across: f64| {
        at(
            to.0 - dx * back - dy * across,
            to.1 - dy * back + dx * across,
        )
    };
    vec![
        corner(0.0, 0.0),
        corner(LENGTH_PX, HALF_WIDTH_PX),
        corner(LENGTH_PX, -HALF_WIDTH_PX),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Theme;

    fn two() -> (Sequence, Party, Party) {
        let mut sequence = Sequence::new();
        let client = sequence.party("client");
        let server = sequence.party("server");
        (sequence, client, server)
    }

    #[test]
    fn a_note_gets_room_at_its_own_side_only() {
        let (mut sequence, _, server) = two();
        assert_eq!(
            Layout::of(&sequence).parties_px,
            [MARGIN_PX, WIDTH_PX - MARGIN_PX]
        );
        sequence.event(server, 3, "news");
        assert_eq!(
            Layout::of(&sequence).parties_px,
            [MARGIN_PX, WIDTH_PX - NOTES_PX]
        );
    }

    #[test]
    fn a_later_moment_is_lower_and_the_last_one_fits() {
        let (mut sequence, client, server) = two();
        sequence.message((client, 0), (server, 2), "a");
        let short = Layout::of(&sequence);
        sequence.message((client, 7), (server, 40), "b");
        let long = Layout::of(&sequence);
        assert!(short.height_px < long.height_px);
        assert!(y_px(2) < y_px(7) && y_px(40) < long.height_px);
    }

    #[test]
    fn words_are_broken_between_words_and_never_within_one() {
        assert_eq!(wrapped("holds the request", 10), ["holds the", "request"]);
        assert_eq!(
            wrapped("a Sec-WebSocket-Key b", 5),
            ["a", "Sec-WebSocket-Key", "b"]
        );
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn an_arrow_ends_at_the_line_of_who_it_goes_to() {
        let head = arrow_head((100.0, 50.0), (300.0, 70.0));
        assert_eq!(head[0], at(300.0, 70.0));
        assert!(head[1..].iter().all(|(x, _)| *x < head[0].0), "{head:?}");
        let back = arrow_head((300.0, 50.0), (100.0, 70.0));
        assert!(back[1..].iter().all(|(x, _)| *x > back[0].0), "{back:?}");
    }

    #[test]
    fn everything_that_is_told_is_drawn() {
        let (mut sequence, client, server) = two();
        sequence.message((client, 0), (server, 2), "question");
        sequence.waiting(server, 2..6, "thinks");
        sequence.event(client, 4, "yawns");
        sequence.news((server, 6), (client, 8), "answer");
        sequence.broken((client, server), 11, "cut");
        sequence.span(0..8, "a trip");
        let svg = sequence.draw("All of it").to_svg(Theme::Book);
        for text in [
            "client", "server", "question", "thinks", "yawns", "answer", "cut", "a trip",
        ] {
            assert!(svg.contains(&format!(">{text}</text>")), "{text}: {svg}");
        }
        assert!(svg.contains("var(--figure-vermillion"), "{svg}");
    }
}
