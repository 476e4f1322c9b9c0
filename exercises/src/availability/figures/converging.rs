//! A simulated estimate that runs into the formula, with its confidence interval.

use std::time::Duration;

use rand::RngExt;

use super::plot::{Axis, Mark, Plot, Shape, power_of_ten, scientific};
use crate::availability::{Availability, Estimate, Renewal, SimulateRepairs};
use crate::figure::{Figure, Ink, table};
use crate::random;

/// What to play and draw.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::availability::figures::ConvergingFigure;
///
/// let hours = |hours: u64| Duration::from_secs(3_600 * hours);
/// let figure = ConvergingFigure { mttf: hours(99), mttr: hours(1), most_cycles: 1_000, seed: 7 };
/// assert!(figure.draw().description().contains("formula"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ConvergingFigure {
    /// Mean time up.
    pub mttf: Duration,
    /// Mean time down.
    pub mttr: Duration,
    /// Cycles of the longest run.
    pub most_cycles: u32,
    /// Of the random stream; a longer run begins with the shorter one.
    pub seed: u64,
}

impl ConvergingFigure {
    /// Plays and draws.
    ///
    /// # Time complexity
    ///
    /// O(cycles), about thrice as many as the longest run has.
    pub fn draw(&self) -> Figure {
        let runs: Vec<(f64, Estimate)> = self.runs(4);
        let truth = self.formula();
        let ends = |sign: f64| -> Vec<(f64, f64)> {
            let end =
                |(x, found): &(f64, Estimate)| (*x, found.unavailability + sign * found.half_width);
            runs.iter().map(end).collect()
        };
        let ends_of = runs.last().map_or(0.0, |(x, _)| *x);
        let top = truth * 2.5;
        let within = |points: Vec<(f64, f64)>| -> Vec<(f64, f64)> {
            points
                .into_iter()
                .map(|(x, y)| (x, y.clamp(0.0, top)))
                .collect()
        };
        let mark = |name: &str, ink, shape, points| Mark {
            name: name.to_owned(),
            ink,
            shape,
            points: within(points),
        };
        let found: Vec<(f64, f64)> = runs
            .iter()
            .map(|(x, found)| (*x, found.unavailability))
            .collect();
        Plot {
            title: "An estimate runs into the formula".to_owned(),
            description: self.describe(truth, &runs),
            x: Axis {
                from: 1.0,
                to: ends_of,
                words: "cycles played (log scale)",
                labels: 5,
                text: power_of_ten,
            },
            y: Axis {
                from: 0.0,
                to: top,
                words: "unavailability",
                labels: 6,
                text: |y| format!("{:.1}%", y * 100.0),
            },
            marks: vec![
                mark(
                    "formula",
                    Ink::Vermillion,
                    Shape::Line,
                    vec![(1.0, truth), (ends_of, truth)],
                ),
                mark("estimate", Ink::Blue, Shape::Dots, found),
                mark("95% interval", Ink::Blue, Shape::Dashed, ends(1.0)),
                mark("", Ink::Blue, Shape::Dashed, ends(-1.0)),
            ],
            legend_px: (310.0, 30.0),
        }
        .draw()
    }

    /// Its runs, as a table in Markdown.
    pub fn table(&self) -> String {
        let truth = self.formula();
        let rows = self.runs(1).into_iter().map(|(x, found)| {
            let holds = if found.holds(truth) { "yes" } else { "no" };
            [
                super::numbers::grouped(10_f64.powf(x).round() as u64),
                scientific(found.unavailability),
                scientific(found.half_width),
                holds.to_owned(),
            ]
        });
        table(&["cycles", "estimate", "±", "holds the formula"], rows)
    }

    /// What the long run must give.
    fn formula(&self) -> f64 {
        Availability::unavailability_of(self.mttf, self.mttr).get()
    }

    /// Runs of 10 cycles and more, so many to a decade, by the logarithm of their length.
    fn runs(&self, to_a_decade: u32) -> Vec<(f64, Estimate)> {
        let last = f64::from(self.most_cycles).log10() * f64::from(to_a_decade);
        (to_a_decade..=last.round() as u32)
            .filter_map(|step| {
                let x = f64::from(step) / f64::from(to_a_decade);
                let mut random = random::seeded(self.seed);
                let cycles = 10_f64.powf(x).round() as u32;
                let found =
                    Renewal::simulate(self.mttf, self.mttr, cycles, &mut || random.random())?;
                Some((x, found))
            })
            .collect()
    }

    fn describe(&self, truth: f64, runs: &[(f64, Estimate)]) -> String {
        let lines: Vec<String> = runs
            .iter()
            .map(|(x, found)| {
                let cycles = 10_f64.powf(*x).round();
                format!(
                    "{cycles}: {} ± {}",
                    scientific(found.unavailability),
                    scientific(found.half_width)
                )
            })
            .collect();
        format!(
            "An estimate of the unavailability against the number of simulated cycles. Its 95% \
             interval narrows by a factor of about 3 with every ten times as many cycles, around \
             the formula's value of {}. {}.",
            scientific(truth),
            lines.join("; ")
        )
    }
}
