//! Availability of a chain against the number of its parts.

use super::plot::{Axis, Mark, Plot, Shape, whole};
use crate::availability::{Independent, SeriesParallel, Unavailability};
use crate::figure::{Figure, Ink, table};

/// What to draw.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Unavailability, figures::SeriesFigure};
///
/// let figure = SeriesFigure { parts: vec![Unavailability::clamped(0.001)], most: 100 }.draw();
/// assert!(figure.description().contains("100 parts of 99.90%: 90.48%"));
/// ```
#[derive(Debug, Clone)]
pub struct SeriesFigure {
    /// Kinds of parts; each chain is of one kind.
    pub parts: Vec<Unavailability>,
    /// Parts of the longest chain.
    pub most: usize,
}

fn chain(part: Unavailability, length: usize) -> Unavailability {
    Independent::in_series(&vec![part; length])
}

impl SeriesFigure {
    /// Computes and draws.
    pub fn draw(&self) -> Figure {
        let percent_up = |length, part| 100.0 * (1.0 - chain(part, length).get());
        let curve = |(index, part): (usize, &Unavailability)| Mark {
            name: format!("parts of {}", part.availability()),
            ink: Ink::hue(index),
            shape: Shape::Line,
            points: (0..=self.most)
                .map(|length| (length as f64, percent_up(length, *part)))
                .collect(),
        };
        let ends: Vec<String> = self
            .parts
            .iter()
            .map(|part| {
                let whole = chain(*part, self.most);
                format!(
                    "{} parts of {}: {}",
                    self.most,
                    part.percent_up(2),
                    whole.percent_up(2)
                )
            })
            .collect();
        let lowest = self.parts.iter().map(|part| percent_up(self.most, *part));
        Plot {
            title: "Parts that are all needed".to_owned(),
            description: format!(
                "Falling curves: the availability of a chain against the number of its parts. {}.",
                ends.join(". ")
            ),
            x: Axis {
                from: 0.0,
                to: self.most as f64,
                words: "parts in series",
                labels: 11,
                text: whole,
            },
            y: Axis {
                from: lowest.fold(100.0, f64::min).floor() - 1.0,
                to: 100.0,
                words: "available",
                labels: 8,
                text: |y| format!("{y:.0}%"),
            },
            marks: self.parts.iter().enumerate().map(curve).collect(),
            legend_px: (92.0, 205.0),
        }
        .draw()
    }

    /// Some of its points, as a table in Markdown.
    pub fn table(&self) -> String {
        let lengths = [1, 2, 5, 10, 20, 50, 100, 200, 500];
        let rows = lengths
            .into_iter()
            .filter(|length| *length <= self.most)
            .map(|length| {
                let mut row = vec![length.to_string()];
                row.extend(
                    self.parts
                        .iter()
                        .map(|part| chain(*part, length).percent_up(4)),
                );
                row
            });
        let names: Vec<String> = self
            .parts
            .iter()
            .map(|part| format!("of {}", part.availability()))
            .collect();
        let head: Vec<&str> = std::iter::once("parts")
            .chain(names.iter().map(String::as_str))
            .collect();
        table(&head, rows)
    }
}
