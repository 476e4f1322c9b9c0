//! Copies in parallel, and the floor that common causes put under them: the model as
//! curves, and what was played as dots.

use super::plot::{Axis, Mark, Plot, Shape, power_of_ten, scientific, whole};
use crate::availability::{BetaFactor, CommonCause, Copies, Played, Unavailability};
use crate::figure::{Figure, Ink, table};

/// What to draw.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Unavailability, figures::CopiesFigure};
///
/// let figure = CopiesFigure {
///     copy: Unavailability::clamped(0.1),
///     betas: vec![0.0, 0.1],
///     most: 3,
///     hours: 1_000.0,
/// };
/// assert!(figure.draw().description().contains("common causes 10%"));
/// ```
#[derive(Debug, Clone)]
pub struct CopiesFigure {
    /// Unavailability of each copy.
    pub copy: Unavailability,
    /// Shares of common causes, a curve each.
    pub betas: Vec<f64>,
    /// Copies of the largest group.
    pub most: u32,
    /// How long each group is played; 0 draws the model only.
    pub hours: f64,
}

impl CopiesFigure {
    /// Computes, plays and draws.
    ///
    /// # Time complexity
    ///
    /// O(e log e) for the `e` failures that are played.
    pub fn draw(&self) -> Figure {
        let mut marks = Vec::new();
        for (index, beta) in self.betas.iter().enumerate() {
            let model = |copies: u32| (f64::from(copies), self.group(copies, *beta).get().log10());
            marks.push(Mark {
                name: format!("β = {:.0}%", beta * 100.0),
                ink: Ink::hue(index),
                shape: Shape::Line,
                points: (1..=self.most).map(model).collect(),
            });
            marks.extend(self.dots(*beta, Ink::hue(index)));
        }
        let lowest = marks.iter().flat_map(|mark| &mark.points).map(|(_, y)| *y);
        let lines: Vec<String> = self.betas.iter().map(|beta| self.line(*beta)).collect();
        Plot {
            title: "Copies, and what they have in common".to_owned(),
            description: format!(
                "Unavailability of a group against its number of copies, on a logarithmic scale. \
                 Without common causes it falls in a straight line; with them it soon runs level. {}.",
                lines.join(". ")
            ),
            x: Axis {
                from: 0.8,
                to: f64::from(self.most) + 0.2,
                words: "copies, of which one is enough",
                labels: self.most as usize,
                text: whole,
            },
            y: Axis {
                from: lowest.fold(0.0, f64::min).floor(),
                to: 0.0,
                words: "unavailability (log scale)",
                labels: 8,
                text: power_of_ten,
            },
            marks,
            legend_px: (360.0, 28.0),
        }
        .draw()
    }

    /// Model and play side by side, as a table in Markdown.
    pub fn table(&self) -> String {
        let pairs = self
            .betas
            .iter()
            .flat_map(|beta| (1..=self.most).map(move |copies| (*beta, copies)));
        let rows = pairs.map(|(beta, copies)| {
            let played = match self.hours > 0.0 {
                true => interval(&self.played(copies, beta)),
                false => "not played".to_owned(),
            };
            [
                format!("{:.0}%", beta * 100.0),
                copies.to_string(),
                scientific(self.group(copies, beta).get()),
                played,
            ]
        });
        table(&["β", "copies", "model", "played"], rows)
    }

    fn group(&self, copies: u32, beta: f64) -> Unavailability {
        BetaFactor::group(copies, self.copy, beta)
    }

    fn played(&self, count: u32, beta: f64) -> Played {
        let copies = Copies {
            count,
            unavailability: self.copy,
            beta,
        };
        copies.play(self.hours, 7 + u64::from(count))
    }

    /// What was played, with its interval; groups that were hardly ever down have none.
    fn dots(&self, beta: f64, ink: Ink) -> [Mark; 2] {
        const ENOUGH_OUTAGES: u32 = 30;
        let (mut dots, mut bars) = (Vec::new(), Vec::new());
        let most = if self.hours > 0.0 { self.most } else { 0 };
        for copies in 1..=most {
            let played = self.played(copies, beta);
            if played.outages < ENOUGH_OUTAGES {
                continue;
            }
            let found = played.estimate;
            let x = f64::from(copies);
            dots.push((x, found.unavailability.log10()));
            let low = (found.unavailability - found.half_width).max(found.unavailability / 10.0);
            bars.push((x, low.log10()));
            bars.push((x, (found.unavailability + found.half_width).log10()));
        }
        [(Shape::Dots, dots), (Shape::Bars, bars)].map(|(shape, points)| Mark {
            name: String::new(),
            ink,
            shape,
            points,
        })
    }

    fn line(&self, beta: f64) -> String {
        let groups = (1..=self.most).map(|copies| scientific(self.group(copies, beta).get()));
        let groups: Vec<String> = groups.collect();
        format!(
            "With common causes {:.0}%: {}",
            beta * 100.0,
            groups.join(", ")
        )
    }
}

/// `1.0e-2 ± 2.0e-4`.
fn interval(played: &Played) -> String {
    let found = played.estimate;
    match played.outages {
        0 => "never down".to_owned(),
        _ => format!(
            "{} ± {}",
            scientific(found.unavailability),
            scientific(found.half_width)
        ),
    }
}
