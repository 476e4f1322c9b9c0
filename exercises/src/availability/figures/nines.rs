//! Downtime against the number of nines, for a day, a week, a month and a year.

use super::plot::{Axis, Mark, Plot, Shape, power_of_ten, whole};
use crate::availability::{Availability, Period};
use crate::figure::{Figure, Ink, table};

/// What to draw.
///
/// # Examples
///
/// ```
/// use exercises::availability::figures::NinesFigure;
///
/// let figure = NinesFigure { most: 6 }.draw();
/// assert!(figure.description().contains("4 nines: 52 min 35.6952 s a year"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct NinesFigure {
    /// The largest number of nines, 1 to 11.
    pub most: u32,
}

const PERIODS: [(&str, Period); 4] = [
    ("year", Period::YEAR),
    ("month", Period::MONTH),
    ("week", Period::WEEK),
    ("day", Period::DAY),
];

impl NinesFigure {
    /// Computes and draws.
    pub fn draw(&self) -> Figure {
        let curve = |(index, (name, period)): (usize, (&str, Period))| Mark {
            name: format!("a {name}"),
            ink: Ink::hue(index),
            shape: Shape::Line,
            points: self
                .targets()
                .map(|(nines, target)| {
                    (
                        f64::from(nines),
                        target.budget(period).as_secs_f64().log10(),
                    )
                })
                .collect(),
        };
        let years: Vec<String> = self
            .targets()
            .map(|(nines, target)| format!("{nines} nines: {} a year", target.budget(Period::YEAR)))
            .collect();
        Plot {
            title: "Downtime that a target allows".to_owned(),
            description: format!(
                "Four parallel straight lines that fall by a factor of ten with every nine, on a \
                 logarithmic scale of time. {}.",
                years.join(". ")
            ),
            x: Axis {
                from: 1.0,
                to: f64::from(self.most),
                words: "nines",
                labels: self.most as usize,
                text: whole,
            },
            y: Axis {
                from: (1.0 - f64::from(self.most)).min(-1.0),
                to: 7.0,
                words: "downtime (log scale)",
                labels: 12,
                text: time,
            },
            marks: PERIODS.into_iter().enumerate().map(curve).collect(),
            legend_px: (330.0, 30.0),
        }
        .draw()
    }

    /// The same in words, exactly, as a table in Markdown.
    pub fn table(&self) -> String {
        let rows = self.targets().map(|(_, target)| {
            let budgets = PERIODS.map(|(_, period)| target.budget(period).to_string());
            let mut row = vec![target.to_string()];
            row.extend(budgets);
            row
        });
        table(&["target", "a year", "a month", "a week", "a day"], rows)
    }

    fn targets(&self) -> impl Iterator<Item = (u32, Availability)> {
        (1..=self.most).map(|nines| {
            let parts = Availability::PARTS / 10_u64.pow(nines);
            (
                nines,
                Availability::from_parts_down(parts).unwrap_or(Availability::PERFECT),
            )
        })
    }
}

/// Seconds, by their power of ten.
fn time(exponent: f64) -> String {
    match exponent.round() as i32 {
        0.. => format!("{} s", power_of_ten(exponent)),
        e @ -3..=-1 => format!("{} ms", 10_u64.pow((e + 3) as u32)),
        e @ -6..=-4 => format!("{} µs", 10_u64.pow((e + 6) as u32)),
        e => format!("{} ns", 10_u64.pow((e + 9).max(0) as u32)),
    }
}
