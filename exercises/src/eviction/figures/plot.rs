//! What the plots share: marks that differ by shape as well as by colour, and a legend above.

use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::figure::{Canvas, DrawingError, Ink, label, px};

/// Line and mark of one of several things that are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) ink: Ink,
    mark: Mark,
}

#[derive(Debug, Clone, Copy)]
enum Mark {
    None,
    Disc,
    Cross,
    Square,
    Triangle,
}

impl Style {
    /// For the bound that the others are compared with.
    pub(super) const BOUND: Self = Self {
        ink: Ink::Text,
        mark: Mark::None,
    };

    /// For the `index`-th thing; four can be told apart.
    pub(super) fn nth(index: usize) -> Self {
        let marks = [Mark::Disc, Mark::Cross, Mark::Square, Mark::Triangle];
        Self {
            ink: Ink::hue(index),
            mark: marks[index % marks.len()],
        }
    }

    /// Draws the mark at a place in drawing units.
    pub(super) fn mark(self, canvas: &Canvas<'_>, (x, y): (i32, i32)) -> Result<(), DrawingError> {
        let reach = px(4.0);
        let filled = self.ink.filled();
        match self.mark {
            Mark::None => Ok(()),
            Mark::Disc => canvas.draw(&Circle::new((x, y), reach, filled)),
            Mark::Square => {
                let corners = [(x - reach, y - reach), (x + reach, y + reach)];
                canvas.draw(&Rectangle::new(corners, filled))
            }
            Mark::Triangle => {
                let corners = [
                    (x - reach, y + reach),
                    (x + reach, y + reach),
                    (x, y - reach),
                ];
                canvas.draw(&Polygon::new(corners, filled))
            }
            Mark::Cross => {
                for way in [1, -1] {
                    let stroke = vec![(x - reach, y - way * reach), (x + reach, y + way * reach)];
                    canvas.draw(&PathElement::new(stroke, self.ink.line(2.5)))?;
                }
                Ok(())
            }
        }
    }
}

/// Room that the legend takes above a plot, in CSS pixels.
pub(super) const LEGEND_PX: f64 = 52.0;

/// Names with their line and mark, in two rows of three.
pub(super) fn legend(canvas: &Canvas<'_>, entries: &[(&str, Style)]) -> Result<(), DrawingError> {
    let text = label(14.0, Ink::Text).pos(Pos::new(HPos::Left, VPos::Center));
    for (index, (name, style)) in entries.iter().enumerate() {
        let x = px(62.0 + 136.0 * (index % 3) as f64);
        let y = px(14.0 + 22.0 * (index / 3) as f64);
        let line = vec![(x, y), (x + px(26.0), y)];
        canvas.draw(&PathElement::new(line, style.ink.line(2.0)))?;
        style.mark(canvas, (x + px(13.0), y))?;
        canvas.draw(&Text::new(*name, (x + px(33.0), y), text.clone()))?;
    }
    Ok(())
}
