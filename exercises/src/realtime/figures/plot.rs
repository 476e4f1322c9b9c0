//! Curves over logarithmic or plain axes, each with its name beside it.
//!
//! plotters' own charts place ticks by themselves, which for orders of magnitude means
//! too many of them; here the figure says which. No legend: a name at its curve needs no
//! looking up, and tells curves apart without colour.

use plotters::element::{Circle as Disc, PathElement, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontTransform, TextStyle};

use crate::figure::{Canvas, DrawingError, Figure, Ink, label, px};

const SIZE_PX: (f64, f64) = (460.0, 340.0);
const LEFT_PX: f64 = 86.0;
const RIGHT_PX: f64 = 28.0;
const TOP_PX: f64 = 14.0;
const BOTTOM_PX: f64 = 54.0;

/// An axis, from one value to another.
pub(super) struct Axis {
    pub(super) words: &'static str,
    pub(super) range: (f64, f64),
    pub(super) is_log: bool,
    pub(super) ticks: Vec<(f64, String)>,
}

impl Axis {
    /// Orders of magnitude, with a tick at each.
    pub(super) fn log(words: &'static str, from: i32, to: i32) -> Self {
        let ticks = (from..=to).map(|power| {
            let value = 10_f64.powi(power);
            (value, plain(value))
        });
        Self {
            words,
            range: (10_f64.powi(from), 10_f64.powi(to)),
            is_log: true,
            ticks: ticks.collect(),
        }
    }

    /// From 0 to 100 per cent; the values are parts, from 0 to 1.
    pub(super) fn per_cent(words: &'static str) -> Self {
        let ticks = (0..=5).map(|fifth| (f64::from(fifth) / 5.0, format!("{}%", fifth * 20)));
        Self {
            words,
            range: (0.0, 1.02),
            is_log: false,
            ticks: ticks.collect(),
        }
    }

    /// Where on the axis, from 0 to 1.
    fn part(&self, value: f64) -> f64 {
        let (from, to) = self.range;
        match self.is_log {
            true => (value / from).ln() / (to / from).ln(),
            false => (value - from) / (to - from),
        }
    }
}

/// A number without an exponent and without digits that say nothing.
pub(super) fn plain(value: f64) -> String {
    match value {
        value if value >= 1_000.0 => super::numbers::grouped(value.round() as u64),
        value => format!("{value}"),
    }
}

/// How a line is drawn, so that colour is not all that tells it from others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Solid,
    Dashed,
    Dotted,
}

/// A line, and dots that were counted rather than computed.
pub(super) struct Curve {
    pub(super) name: &'static str,
    /// Where its name stands, in the values of the axes, and which side of that.
    pub(super) name_at: (f64, f64),
    pub(super) side: HPos,
    pub(super) ink: Ink,
    pub(super) line: Line,
    pub(super) points: Vec<(f64, f64)>,
    pub(super) dots: Vec<(f64, f64)>,
}

/// A picture of curves.
pub(super) struct Plot {
    pub(super) title: &'static str,
    pub(super) description: String,
    pub(super) x: Axis,
    pub(super) y: Axis,
    pub(super) curves: Vec<Curve>,
}

impl Plot {
    pub(super) fn draw(&self) -> Figure {
        let size = (SIZE_PX.0 as u32, SIZE_PX.1 as u32);
        Figure::draw(self.title, self.description.clone(), size, |canvas| {
            self.frame(canvas)?;
            for curve in &self.curves {
                self.curve(canvas, curve)?;
            }
            Ok(())
        })
    }

    fn place_px(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let width = SIZE_PX.0 - LEFT_PX - RIGHT_PX;
        let height = SIZE_PX.1 - TOP_PX - BOTTOM_PX;
        (
            LEFT_PX + width * self.x.part(x),
            TOP_PX + height * (1.0 - self.y.part(y)),
        )
    }

    fn frame(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let (left, bottom) = self.place_px((self.x.range.0, self.y.range.0));
        let (right, top) = self.place_px((self.x.range.1, self.y.range.1));
        for (value, text) in &self.y.ticks {
            let (_, y) = self.place_px((self.x.range.0, *value));
            stroke(canvas, &[(left, y), (right, y)], Ink::Faint, 1.0)?;
            let style = aligned(13.5, HPos::Right);
            canvas.draw(&Text::new(text.clone(), at(left - 7.0, y), style))?;
        }
        for (value, text) in &self.x.ticks {
            let (x, _) = self.place_px((*value, self.y.range.0));
            stroke(canvas, &[(x, bottom), (x, bottom + 5.0)], Ink::Muted, 1.0)?;
            let style = aligned(13.5, HPos::Center);
            canvas.draw(&Text::new(text.clone(), at(x, bottom + 16.0), style))?;
        }
        stroke(
            canvas,
            &[(left, top), (left, bottom), (right, bottom)],
            Ink::Muted,
            1.0,
        )?;
        let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
        let style = aligned(14.5, HPos::Center);
        let place = at(middle.0, SIZE_PX.1 - 12.0);
        canvas.draw(&Text::new(self.x.words, place, style.clone()))?;
        let style = style.transform(FontTransform::Rotate270);
        canvas.draw(&Text::new(self.y.words, at(13.0, middle.1), style))
    }

    fn curve(&self, canvas: &Canvas<'_>, curve: &Curve) -> Result<(), DrawingError> {
        let points: Vec<(f64, f64)> = curve
            .points
            .iter()
            .map(|point| self.place_px(*point))
            .collect();
        for dash in dashes(&points, curve.line) {
            stroke(canvas, &dash, curve.ink, 2.5)?;
        }
        for dot in &curve.dots {
            let (x, y) = self.place_px(*dot);
            canvas.draw(&Disc::new(at(x, y), px(5.5), Ink::Page.filled()))?;
            canvas.draw(&Disc::new(at(x, y), px(4.0), curve.ink.filled()))?;
        }
        let (x, y) = self.place_px(curve.name_at);
        let name = Text::new(curve.name, at(x, y), aligned(14.0, curve.side));
        canvas.draw(&name)
    }
}

fn at(x_px: f64, y_px: f64) -> (i32, i32) {
    (px(x_px), px(y_px))
}

fn aligned(size_px: f64, side: HPos) -> TextStyle<'static> {
    label(size_px, Ink::Text).pos(Pos::new(side, VPos::Center))
}

fn stroke(
    canvas: &Canvas<'_>,
    points: &[(f64, f64)],
    ink: Ink,
    width_px: f64,
) -> Result<(), DrawingError> {
    let points: Vec<(i32, i32)> = points.iter().map(|(x, y)| at(*x, *y)).collect();
    canvas.draw(&PathElement::new(points, ink.line(width_px)))
}

/// The pieces of a line that are drawn.
fn dashes(points: &[(f64, f64)], line: Line) -> Vec<Vec<(f64, f64)>> {
    let (on_px, off_px) = match line {
        Line::Solid => return vec![points.to_vec()],
        Line::Dashed => (9.0, 5.0),
        Line::Dotted => (2.5, 4.5),
    };
    let mut pieces = Vec::new();
    let mut piece: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    let (mut is_on, mut left_px) = (true, on_px);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            if length <= left_px {
                left_px -= length;
                piece.extend(is_on.then_some(to));
                break;
            }
            let part = left_px / length;
            from = (
                from.0 + (to.0 - from.0) * part,
                from.1 + (to.1 - from.1) * part,
            );
            if is_on {
                piece.push(from);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![from];
            }
            is_on = !is_on;
            left_px = if is_on { on_px } else { off_px };
        }
    }
    pieces.extend((piece.len() > 1).then_some(piece));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_of_magnitude_takes_the_same_room_wherever_it_is() {
        let axis = Axis::log("x", -1, 3);
        assert_eq!(axis.part(0.1), 0.0);
        assert!((axis.part(1.0) - 0.25).abs() < 1e-12);
        assert!((axis.part(100.0) - 0.75).abs() < 1e-12);
        let names: Vec<&str> = axis.ticks.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["0.1", "1", "10", "100", "1,000"]);
    }

    #[test]
    fn a_dashed_line_begins_with_a_dash_and_goes_round_corners() {
        let pieces = dashes(&[(0.0, 0.0), (20.0, 0.0), (20.0, 20.0)], Line::Dashed);
        assert_eq!(pieces[0], [(0.0, 0.0), (9.0, 0.0)]);
        assert_eq!(pieces[1], [(14.0, 0.0), (20.0, 0.0), (20.0, 3.0)]);
        assert_eq!(pieces[2], [(20.0, 8.0), (20.0, 17.0)]);
        assert_eq!(pieces.len(), 3);
        assert_eq!(dashes(&[(0.0, 0.0), (5.0, 0.0)], Line::Solid).len(), 1);
    }
}
