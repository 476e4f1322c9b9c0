//! Groups of which `k` of `n` are needed, against the unavailability of a part.

use super::plot::{Axis, Mark, Plot, Shape, power_of_ten, scientific};
use crate::availability::{KOfN, TailSum, Unavailability};
use crate::figure::{Figure, Ink, table};

/// What to draw.
///
/// # Examples
///
/// ```
/// use exercises::availability::figures::QuorumFigure;
///
/// let figure = QuorumFigure { groups: vec![(2, 3), (3, 5)] }.draw();
/// assert!(figure.description().contains("3 of 5"));
/// ```
#[derive(Debug, Clone)]
pub struct QuorumFigure {
    /// How many are needed, of how many.
    pub groups: Vec<(usize, usize)>,
}

fn group((needed, count): (usize, usize), part: f64) -> f64 {
    TailSum::at_least(needed, &vec![Unavailability::clamped(part); count]).get()
}

impl QuorumFigure {
    /// Computes and draws.
    pub fn draw(&self) -> Figure {
        let exponents = || (0..=60).map(|step| -3.0 + f64::from(step) / 20.0);
        let curve = |(index, of): (usize, &(usize, usize))| Mark {
            name: format!("{} of {}", of.0, of.1),
            ink: Ink::hue(index),
            shape: Shape::Line,
            points: exponents()
                .map(|x| (x, group(*of, 10_f64.powf(x)).log10()))
                .collect(),
        };
        let mut marks: Vec<Mark> = self.groups.iter().enumerate().map(curve).collect();
        marks.push(Mark {
            name: "one part".to_owned(),
            ink: Ink::Muted,
            shape: Shape::Dashed,
            points: exponents().map(|x| (x, x)).collect(),
        });
        let at =
            |of: &(usize, usize)| format!("{} of {}: {}", of.0, of.1, scientific(group(*of, 0.01)));
        let lines: Vec<String> = self.groups.iter().map(at).collect();
        Plot {
            title: "Some of many are needed".to_owned(),
            description: format!(
                "Unavailability of groups against that of one part, both logarithmic. Majorities \
                 cross the line of a single part where it is down half of the time: below they \
                 are better, above worse. With parts of 99%: {}.",
                lines.join("; ")
            ),
            x: Axis {
                from: -3.0,
                to: 0.0,
                words: "unavailability of one part (log scale)",
                labels: 4,
                text: power_of_ten,
            },
            y: Axis {
                from: -9.0,
                to: 0.0,
                words: "unavailability of the group (log scale)",
                labels: 10,
                text: power_of_ten,
            },
            marks,
            legend_px: (330.0, 180.0),
        }
        .draw()
    }

    /// Some of its points, as a table in Markdown.
    pub fn table(&self) -> String {
        let rows = [0.001, 0.01, 0.1, 0.3, 0.5, 0.7].map(|part| {
            let mut row = vec![format!("{part}")];
            row.extend(self.groups.iter().map(|of| scientific(group(*of, part))));
            row
        });
        let names: Vec<String> = self
            .groups
            .iter()
            .map(|of| format!("{} of {}", of.0, of.1))
            .collect();
        let head: Vec<&str> = std::iter::once("one part")
            .chain(names.iter().map(String::as_str))
            .collect();
        table(&head, rows)
    }
}
