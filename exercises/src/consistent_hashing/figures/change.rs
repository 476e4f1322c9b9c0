//! Two rings on one dial: who owned what before a change, who owns it after, and
//! which part of the circle changes hands.

use std::collections::BTreeSet;
use std::f64::consts::TAU;

use plotters::element::{Circle as Disc, PathElement, Polygon, Text};

use super::geometry::{Dial, at, outside, sector, short};
use super::marks::marker;
use crate::consistent_hashing::Circle;
use crate::figure::{Canvas, DrawingError, Figure, Ink, bold_label, label, px};

const BEFORE: (f64, f64) = (112.0, 128.0);
const AFTER: (f64, f64) = (132.0, 150.0);
const BRACKET: f64 = 158.0;
const NAMES: f64 = 168.0;

/// A drawing of what a change of the servers moves.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::figures::ChangeFigure;
/// use exercises::consistent_hashing::{Circle, RingError};
///
/// let mut before = Circle::default();
/// before.insert("A", [64])?;
/// before.insert("B", [192])?;
/// let mut after = before.clone();
/// after.insert("C", [128])?;
/// let figure = ChangeFigure::new(&before, &after).positions(256).draw("C joins");
/// assert!(figure.description().contains("25.0% of the ring goes from B to C"));
/// # Ok::<(), RingError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ChangeFigure<'a> {
    before: &'a Circle,
    after: &'a Circle,
    dial: Dial,
    keys: Vec<(String, u64)>,
}

/// A part of the circle and its owners before and after.
struct Piece<'a> {
    from: f64,
    to: f64,
    before: &'a str,
    after: &'a str,
}

impl<'a> ChangeFigure<'a> {
    /// A drawing of the change from one circle to another, all 2^64 positions.
    pub fn new(before: &'a Circle, after: &'a Circle) -> Self {
        Self {
            before,
            after,
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

    /// Adds a key at a position, named with where it was and where it is.
    #[must_use]
    pub fn key(mut self, name: &str, position: u64) -> Self {
        self.keys.push((name.to_owned(), position));
        self
    }

    /// The finished figure.
    ///
    /// # Time complexity
    ///
    /// O(p log p) for `p` points.
    pub fn draw(&self, title: &str) -> Figure {
        let pieces = self.pieces();
        Figure::draw(title, self.describe(&pieces), (440, 400), |canvas| {
            self.bands(canvas)?;
            self.brackets(canvas, &pieces)?;
            self.points(canvas)?;
            self.key_marks(canvas)?;
            let (x, y) = at(0.0, 0.0);
            for (line, text) in [
                "inner ring: before",
                "outer ring: after",
                "outermost arc: moves",
            ]
            .iter()
            .enumerate()
            {
                let y = y + px(20.0) * (line as i32 - 1);
                canvas.draw(&Text::new(*text, (x, y), label(13.0, Ink::Muted)))?;
            }
            Ok(())
        })
    }

    /// All servers, so that each keeps its hue and its shape through the change.
    fn names(&self) -> Vec<&'a str> {
        let both = self.before.servers().iter().chain(self.after.servers());
        both.map(String::as_str)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn rank(&self, server: &str) -> usize {
        self.names()
            .iter()
            .position(|name| *name == server)
            .unwrap_or(0)
    }

    /// The pieces that change hands, neighbours with the same owners joined.
    fn pieces(&self) -> Vec<Piece<'a>> {
        let cuts: BTreeSet<u64> = [self.before, self.after]
            .into_iter()
            .flat_map(|circle| circle.points().map(|(position, _)| position))
            .collect();
        let Some(last) = cuts.last() else {
            return Vec::new();
        };
        let mut from = self.dial.angle(*last) - TAU;
        let mut pieces: Vec<Piece<'a>> = Vec::new();
        for cut in cuts {
            let to = self.dial.angle(cut);
            let before = self.before.owner_at(cut).unwrap_or("nobody");
            let after = self.after.owner_at(cut).unwrap_or("nobody");
            match pieces.last_mut() {
                _ if before == after => {}
                Some(last) if last.to == from && (last.before, last.after) == (before, after) => {
                    last.to = to
                }
                _ => pieces.push(Piece {
                    from,
                    to,
                    before,
                    after,
                }),
            }
            from = to;
        }
        pieces
    }

    fn describe(&self, pieces: &[Piece<'_>]) -> String {
        let list = |circle: &Circle| {
            let servers: Vec<&str> = circle.servers().iter().map(|name| short(name)).collect();
            if servers.is_empty() {
                "none".to_owned()
            } else {
                servers.join(", ")
            }
        };
        let mut text = format!(
            "A ring of {} positions, servers before the change: {}; after it: {}",
            self.dial.positions_in_words(),
            list(self.before),
            list(self.after)
        );
        for donor in self.names() {
            for heir in self.names() {
                let moved: f64 = pieces
                    .iter()
                    .filter(|piece| (piece.before, piece.after) == (donor, heir))
                    .map(|piece| (piece.to - piece.from) / TAU)
                    .sum();
                if moved > 0.0 {
                    let (donor, heir) = (short(donor), short(heir));
                    text += &format!(
                        ". {:.1}% of the ring goes from {donor} to {heir}",
                        moved * 100.0
                    );
                }
            }
        }
        for (name, position) in &self.keys {
            let (before, after) = self.owners(*position);
            text += &if before == after {
                format!(". {name} stays on {before}")
            } else {
                format!(". {name} moves from {before} to {after}")
            };
        }
        text + ". Everything else stays where it was."
    }

    fn owners(&self, position: u64) -> (&str, &str) {
        let owner = |circle: &'a Circle| circle.owner_at(position).map_or("nobody", short);
        (owner(self.before), owner(self.after))
    }

    fn bands(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        for (circle, (inner, outer)) in [(self.before, BEFORE), (self.after, AFTER)] {
            for (from, to, server) in self.dial.arcs(circle) {
                let hue = Ink::hue(self.rank(server));
                canvas.draw(&Polygon::new(
                    sector((from, to), inner, outer),
                    hue.filled(),
                ))?;
            }
            for (position, _) in circle.points() {
                let angle = self.dial.angle(position);
                let ends = vec![at(angle, inner), at(angle, outer)];
                canvas.draw(&PathElement::new(ends, Ink::Page.line(1.5)))?;
            }
        }
        Ok(())
    }

    fn brackets(&self, canvas: &Canvas<'_>, pieces: &[Piece<'_>]) -> Result<(), DrawingError> {
        for piece in pieces {
            let band = sector(
                (piece.from + 0.012, piece.to - 0.012),
                BRACKET - 3.0,
                BRACKET + 1.5,
            );
            canvas.draw(&Polygon::new(band, Ink::Text.filled()))?;
            if pieces.len() > 4 {
                continue;
            }
            let text = format!("{} → {}", short(piece.before), short(piece.after));
            let middle = (piece.from + piece.to) / 2.0;
            let style = bold_label(16.0, Ink::Text).pos(outside(middle));
            canvas.draw(&Text::new(text, at(middle, NAMES + 6.0), style))?;
        }
        Ok(())
    }

    fn points(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let both: BTreeSet<(u64, &str)> = self.before.points().chain(self.after.points()).collect();
        let few = both.len() <= 12;
        let now: BTreeSet<(u64, &str)> = self.after.points().collect();
        for (position, server) in both {
            let angle = self.dial.angle(position);
            let gone = !now.contains(&(position, server));
            let radius = if gone { BEFORE } else { AFTER };
            let middle = at(angle, (radius.0 + radius.1) / 2.0);
            marker(
                canvas,
                middle,
                if few { 8.0 } else { 4.0 },
                self.rank(server),
            )?;
            if few {
                // Past the end of the outermost arc, which begins or ends here.
                let beside = if gone { angle + 0.13 } else { angle };
                let name = if gone {
                    format!("{} gone", short(server))
                } else {
                    short(server).to_owned()
                };
                let style = bold_label(17.0, Ink::Text).pos(outside(angle));
                canvas.draw(&Text::new(name, at(beside, NAMES), style))?;
            }
        }
        Ok(())
    }

    fn key_marks(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        for (name, position) in &self.keys {
            let angle = self.dial.angle(*position);
            let (before, after) = self.owners(*position);
            canvas.draw(&Disc::new(at(angle, 103.0), px(4.5), Ink::Text.filled()))?;
            if before == after {
                // Filled is a key that moves, open one that stays.
                canvas.draw(&Disc::new(at(angle, 103.0), px(2.8), Ink::Page.filled()))?;
            }
            canvas.draw(&Text::new(
                name.clone(),
                at(angle, 80.0),
                label(14.0, Ink::Text),
            ))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(before: &[(&str, &[u64])], after: &[(&str, &[u64])], expected: Expect) {
        let [before, after] = [before, after].map(|servers| {
            let mut circle = Circle::default();
            for (server, positions) in servers {
                circle
                    .insert(server, positions.iter().copied())
                    .expect("names are distinct");
            }
            circle
        });
        let figure = ChangeFigure::new(&before, &after)
            .positions(100)
            .key("k", 15)
            .draw("Test");
        expected.assert_eq(figure.description());
    }

    #[test]
    fn the_description_says_what_goes_from_whom_to_whom() {
        let three: &[(&str, &[u64])] = &[("A", &[20]), ("B", &[50]), ("C", &[90])];
        check(
            &three[..2],
            three,
            expect![
                "A ring of 100 positions, servers before the change: A, B; after it: A, B, C. 40.0% of the ring goes from A to C. k stays on A. Everything else stays where it was."
            ],
        );
        check(
            three,
            &three[1..],
            expect![
                "A ring of 100 positions, servers before the change: A, B, C; after it: B, C. 30.0% of the ring goes from A to B. k moves from A to B. Everything else stays where it was."
            ],
        );
    }

    #[test]
    fn nothing_moves_when_nothing_changes() {
        check(
            &[("A", &[20])],
            &[("A", &[20])],
            expect![
                "A ring of 100 positions, servers before the change: A; after it: A. k stays on A. Everything else stays where it was."
            ],
        );
    }

    #[test]
    fn a_ring_that_loses_its_last_server_leaves_its_keys_to_nobody() {
        check(
            &[("A", &[20])],
            &[],
            expect![
                "A ring of 100 positions, servers before the change: A; after it: none. k moves from A to nobody. Everything else stays where it was."
            ],
        );
    }
}
