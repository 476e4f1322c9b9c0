//! Curves and dots over two axes, with a legend: what the topic's figures share.
//!
//! A logarithmic axis is drawn by handing over logarithms, and a function that turns
//! them back into words.

use plotters::chart::ChartBuilder;
use plotters::element::{Circle, PathElement, Text};
use plotters::series::{DashedLineSeries, LineSeries};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::figure::{Canvas, DrawingError, Figure, Ink, label, px};

/// How points are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Line,
    Dashed,
    Dots,
    /// Each two points are the ends of a bar.
    Bars,
}

/// A curve with its place in the legend; without a name it has none.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) name: String,
    pub(super) ink: Ink,
    pub(super) shape: Shape,
    pub(super) points: Vec<(f64, f64)>,
}

/// An axis: from, to, its words, about how many labels, and how a number is written.
#[derive(Clone)]
pub(super) struct Axis {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) words: &'static str,
    pub(super) labels: usize,
    pub(super) text: fn(f64) -> String,
}

/// A figure to be drawn.
pub(super) struct Plot {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) x: Axis,
    pub(super) y: Axis,
    pub(super) marks: Vec<Mark>,
    /// Where the legend begins, in CSS pixels.
    pub(super) legend_px: (f64, f64),
}

impl Plot {
    pub(super) fn draw(&self) -> Figure {
        Figure::draw(&self.title, &self.description, (460, 340), |canvas| {
            self.curves(canvas)?;
            self.legend(canvas)
        })
    }

    fn curves(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let mut chart = ChartBuilder::on(canvas)
            .margin(px(10.0))
            .margin_right(px(20.0))
            .x_label_area_size(px(50.0))
            .y_label_area_size(px(72.0))
            .build_cartesian_2d(self.x.from..self.x.to, self.y.from..self.y.to)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(Ink::Page.colour())
            .bold_line_style(Ink::Faint.line(1.0))
            .axis_style(Ink::Muted.line(1.0))
            .label_style(label(14.0, Ink::Text))
            .axis_desc_style(label(15.0, Ink::Text))
            .x_desc(self.x.words)
            .y_desc(self.y.words)
            .x_labels(self.x.labels)
            .y_labels(self.y.labels)
            .x_label_formatter(&|x| (self.x.text)(*x))
            .y_label_formatter(&|y| (self.y.text)(*y))
            .draw()?;
        for mark in &self.marks {
            let points = mark.points.iter().copied();
            match mark.shape {
                Shape::Line => {
                    chart.draw_series(LineSeries::new(points, mark.ink.line(2.5)))?;
                }
                Shape::Dashed => {
                    let (dash, gap) = (px(6.0) as u32, px(4.0) as u32);
                    let line = DashedLineSeries::new(points, dash, gap, mark.ink.line(1.5));
                    chart.draw_series(line)?;
                }
                Shape::Dots => {
                    chart.draw_series(
                        points.map(|at| Circle::new(at, px(3.5), mark.ink.filled())),
                    )?;
                }
                Shape::Bars => {
                    let ends = mark.points.chunks_exact(2);
                    chart.draw_series(
                        ends.map(|ends| PathElement::new(ends.to_vec(), mark.ink.line(1.5))),
                    )?;
                }
            }
        }
        Ok(())
    }

    fn legend(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let words = label(14.0, Ink::Text).pos(Pos::new(HPos::Left, VPos::Center));
        let named = self.marks.iter().filter(|mark| !mark.name.is_empty());
        for (row, mark) in (0..).zip(named) {
            let (x, y) = (px(self.legend_px.0), px(self.legend_px.1) + px(20.0) * row);
            let stroke = |from: f64, to: f64| vec![(x + px(from), y), (x + px(to), y)];
            match mark.shape {
                Shape::Dots => {
                    canvas.draw(&Circle::new((x + px(10.0), y), px(3.5), mark.ink.filled()))?
                }
                Shape::Line => {
                    canvas.draw(&PathElement::new(stroke(0.0, 20.0), mark.ink.line(2.5)))?
                }
                Shape::Dashed | Shape::Bars => {
                    for (from, to) in [(0.0, 5.0), (8.0, 13.0), (16.0, 21.0)] {
                        canvas.draw(&PathElement::new(stroke(from, to), mark.ink.line(1.5)))?;
                    }
                }
            }
            canvas.draw(&Text::new(
                mark.name.clone(),
                (x + px(28.0), y),
                words.clone(),
            ))?;
        }
        Ok(())
    }
}

/// A power of ten by its exponent: `10⁻⁶`, or `1` and `10` where that is shorter.
pub(super) fn power_of_ten(exponent: f64) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let whole = exponent.round() as i64;
    if (0..2).contains(&whole) {
        return 10_u32.pow(whole as u32).to_string();
    }
    let sign = if whole < 0 { "⁻" } else { "" };
    let digits = whole.unsigned_abs().to_string();
    let raised: String = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .map(|digit| DIGITS[digit as usize])
        .collect();
    format!("10{sign}{raised}")
}

/// Without decimals.
pub(super) fn whole(number: f64) -> String {
    format!("{number:.0}")
}

/// `0.00012` as `1.20e-4`: a probability in a table.
pub(super) fn scientific(number: f64) -> String {
    format!("{number:.2e}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_raised() {
        assert_eq!(power_of_ten(-12.0), "10⁻¹²");
        assert_eq!(power_of_ten(3.0), "10³");
        assert_eq!(
            (power_of_ten(0.0), power_of_ten(1.0)),
            ("1".into(), "10".into())
        );
    }
}
