//! The ring as a dial: 0 at the top, clockwise, each arc in its owner's colour.
//!
//! Works for any ring that can list its points; up to about 60 points can be told
//! apart by eye. Letters and shapes repeat what the colours say.

use plotters::element::{Circle as Disc, PathElement, Polygon, Text};

use super::geometry::{Dial, Shelves, at, outside, sector, short};
use super::marks::{marker, way};
use crate::consistent_hashing::Circle;
use crate::figure::{Canvas, DrawingError, Figure, Ink, bold_label, label, px};

/// Radius of the band of arcs, in CSS pixels.
const BAND_OUTER: f64 = 150.0;
const BAND_INNER: f64 = 132.0;
const NAMES: f64 = 162.0;
const KEY_PATHS: f64 = 116.0;
const KEY_NAMES: f64 = 90.0;
/// More names than this would cover one another.
const MAX_NAMED_POINTS: usize = 48;
const MAX_NAMED_KEYS: usize = 10;
const MAX_LEGEND_LINES: usize = 8;

/// A drawing of one ring.
///
/// # Examples
///
/// ```
/// use std::num::NonZeroU32;
///
/// use exercises::consistent_hashing::figures::RingFigure;
/// use exercises::consistent_hashing::{RingError, RingHash, VirtualRing};
///
/// let mut ring = VirtualRing::new(RingHash::LABELLED, NonZeroU32::MIN);
/// ring.add("A@40")?;
/// ring.add("B@120")?;
/// let figure = RingFigure::of(ring.circle())
///     .positions(256)
///     .key("key1", ring.position("key1@16"))
///     .draw("Two servers and a key");
/// assert!(figure.description().contains("key1 at 16 belongs to A"));
/// # Ok::<(), RingError>(())
/// ```
#[derive(Debug, Clone)]
pub struct RingFigure<'a> {
    circle: &'a Circle,
    dial: Dial,
    keys: Vec<(String, u64)>,
}

impl<'a> RingFigure<'a> {
    /// A drawing of this circle, all 2^64 positions of it.
    pub fn of(circle: &'a Circle) -> Self {
        Self {
            circle,
            dial: Dial::WHOLE,
            keys: Vec::new(),
        }
    }

    /// Draws a toy ring of so many positions; the points must be below.
    #[must_use]
    pub fn positions(mut self, positions: u64) -> Self {
        self.dial = Dial::of(positions);
        self
    }

    /// Adds a key at a position. With few keys each gets its name and the way to
    /// its server, with many only a dot.
    #[must_use]
    pub fn key(mut self, name: &str, position: u64) -> Self {
        self.keys.push((name.to_owned(), position));
        self
    }

    /// The finished figure.
    ///
    /// # Time complexity
    ///
    /// O(p + k log p) for `p` points and `k` keys.
    pub fn draw(&self, title: &str) -> Figure {
        Figure::draw(title, self.describe(), (440, 400), |canvas| {
            self.arcs(canvas)?;
            self.ticks(canvas)?;
            self.points(canvas)?;
            self.key_marks(canvas)?;
            self.legend(canvas)
        })
    }

    fn describe(&self) -> String {
        let mut text = format!("A ring of {} positions", self.dial.positions_in_words());
        let points = self.circle.points().len();
        if points == 0 {
            return text + " without a server.";
        }
        if points <= self.circle.servers().len() {
            let servers: Vec<String> = self
                .circle
                .points()
                .map(|(position, server)| {
                    format!("{} at {}", short(server), self.dial.in_words(position))
                })
                .collect();
            text += &format!(". Servers, clockwise from the top: {}", servers.join(", "));
        } else {
            text += &format!(
                " with {points} points of {} servers",
                self.circle.servers().len()
            );
        }
        let owned: Vec<String> = self
            .dial
            .shares(self.circle)
            .iter()
            .map(|(server, share)| format!("{} {:.1}%", short(server), share * 100.0))
            .collect();
        text += &format!(". Share of the ring that each owns: {}", owned.join(", "));
        if self.keys.len() <= MAX_NAMED_KEYS {
            for (name, position) in &self.keys {
                let owner = self.circle.owner_at(*position).map_or("nobody", short);
                text += &format!(
                    ". {name} at {} belongs to {owner}",
                    self.dial.in_words(*position)
                );
            }
        } else {
            text += &format!(". {} keys are marked as dots", self.keys.len());
        }
        text + "."
    }

    fn hue(&self, server: &str) -> Ink {
        let index = self.circle.servers().iter().position(|name| name == server);
        Ink::hue(index.unwrap_or(0))
    }

    fn arcs(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        for (from, to, server) in self.dial.arcs(self.circle) {
            let band = sector((from, to), BAND_INNER, BAND_OUTER);
            canvas.draw(&Polygon::new(band, self.hue(server).filled()))?;
        }
        // A gap at every point, so that neighbouring arcs of one hue stay apart.
        for (position, _) in self.circle.points() {
            let angle = self.dial.angle(position);
            let ends = vec![at(angle, BAND_INNER), at(angle, BAND_OUTER)];
            canvas.draw(&PathElement::new(ends, Ink::Page.line(1.5)))?;
        }
        Ok(())
    }

    fn ticks(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        for (angle, text) in self.dial.ticks() {
            let ends = vec![at(angle, BAND_OUTER), at(angle, BAND_OUTER + 7.0)];
            canvas.draw(&PathElement::new(ends, Ink::Muted.line(1.0)))?;
            canvas.draw(&Text::new(
                text,
                at(angle, BAND_OUTER + 18.0),
                label(12.0, Ink::Muted),
            ))?;
        }
        Ok(())
    }

    fn points(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let count = self.circle.points().len();
        let one_each = count <= self.circle.servers().len();
        let size = if count <= 12 { 8.0 } else { 4.0 };
        let mut shelves = Shelves::default();
        for (position, server) in self.circle.points() {
            let angle = self.dial.angle(position);
            let rank = self
                .circle
                .servers()
                .iter()
                .position(|name| name == server)
                .unwrap_or(0);
            marker(
                canvas,
                at(angle, (BAND_INNER + BAND_OUTER) / 2.0),
                size,
                rank,
            )?;
            if count > MAX_NAMED_POINTS {
                continue;
            }
            if one_each {
                let name = if self.dial.is_toy() {
                    format!("{} ({position})", short(server))
                } else {
                    short(server).to_owned()
                };
                let style = bold_label(17.0, Ink::Text).pos(outside(angle));
                canvas.draw(&Text::new(name, at(angle, NAMES), style))?;
            } else {
                let radius = BAND_OUTER + 11.0 + 14.0 * shelves.place(angle) as f64;
                canvas.draw(&Text::new(
                    short(server),
                    at(angle, radius),
                    label(13.0, Ink::Text),
                ))?;
            }
        }
        Ok(())
    }

    fn key_marks(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let few = self.keys.len() <= MAX_NAMED_KEYS;
        for (index, (name, position)) in self.keys.iter().enumerate() {
            let angle = self.dial.angle(*position);
            // Ways that overlap would hide each other.
            let radius = if few {
                KEY_PATHS - 9.0 * (index % 2) as f64
            } else {
                KEY_PATHS + 4.0
            };
            canvas.draw(&Disc::new(
                at(angle, radius),
                px(if few { 4.5 } else { 2.5 }),
                Ink::Text.filled(),
            ))?;
            if !few {
                continue;
            }
            canvas.draw(&Text::new(
                name.clone(),
                at(angle, KEY_NAMES - 4.0),
                label(14.0, Ink::Text),
            ))?;
            if let Some(point) = self.dial.successor(self.circle, *position) {
                way(
                    canvas,
                    (angle, self.dial.angle(point)),
                    (radius, BAND_INNER - 8.0),
                )?;
            }
        }
        Ok(())
    }

    fn legend(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let all = self.dial.shares(self.circle);
        let lines = all.len().min(MAX_LEGEND_LINES);
        let (x, y) = at(0.0, 0.0);
        let first = y - px(10.0) * (lines as i32 - 1);
        for (line, (server, share)) in all.iter().take(lines).enumerate() {
            let y = first + px(20.0) * line as i32;
            marker(canvas, (x - px(34.0), y), 5.0, line)?;
            let text = format!("{} {:.0}%", short(server), share * 100.0);
            canvas.draw(&Text::new(text, (x + px(6.0), y), label(14.0, Ink::Text)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(servers: &[(&str, &[u64])], key: u64, expected: Expect) {
        let mut circle = Circle::default();
        for (server, positions) in servers {
            circle
                .insert(server, positions.iter().copied())
                .expect("names are distinct");
        }
        let figure = RingFigure::of(&circle)
            .positions(256)
            .key("k", key)
            .draw("Test");
        expected.assert_eq(figure.description());
    }

    #[test]
    fn the_description_says_who_owns_what() {
        check(
            &[("A@64", &[64]), ("B@128", &[128])],
            200,
            expect![
                "A ring of 256 positions. Servers, clockwise from the top: A at 64, B at 128. Share of the ring that each owns: A 75.0%, B 25.0%. k at 200 belongs to A."
            ],
        );
        check(
            &[("A", &[0, 64]), ("B", &[128])],
            65,
            expect![
                "A ring of 256 positions with 3 points of 2 servers. Share of the ring that each owns: A 75.0%, B 25.0%. k at 65 belongs to B."
            ],
        );
    }

    #[test]
    fn an_empty_ring_can_be_drawn() {
        check(&[], 1, expect!["A ring of 256 positions without a server."]);
    }

    #[test]
    fn a_ring_of_many_servers_can_be_drawn() {
        let names: Vec<String> = (0..40)
            .map(|number| format!("server-{number}.example"))
            .collect();
        let circle = Circle::from_servers(names, |name| {
            [crate::consistent_hashing::point_position(name, 0)]
        });
        let circle = circle.expect("names are distinct");
        let figure = RingFigure::of(&circle).draw("Forty");
        assert!(
            figure.description().contains("server-39"),
            "{}",
            figure.description()
        );
    }
}
