//! Burn rates of a long and a short window around an outage, and when the alert fires.

use super::plot::{Axis, Mark, Plot, Shape, power_of_ten, whole};
use crate::availability::{Availability, BurnAlert, BurnRate, ErrorBudget, Minute};
use crate::figure::{Figure, Ink, table};

/// What to play and draw: a quiet service, an outage in which some requests fail, and quiet
/// again.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Availability, BurnAlert, figures::BurnFigure};
///
/// let figure = BurnFigure {
///     target: "99.9%".parse().expect("it is well formed"),
///     alert: BurnAlert::WORKBOOK[0],
///     failing_percent: 10,
///     outage_minutes: 30,
///     minutes_after: 60,
/// };
/// assert_eq!(figure.fires_from_to(), Some((9, 35)));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct BurnFigure {
    /// The share of requests that is promised.
    pub target: Availability,
    /// Its windows and its threshold.
    pub alert: BurnAlert,
    /// Per cent of the requests that fail in the outage.
    pub failing_percent: u64,
    /// How long it lasts.
    pub outage_minutes: usize,
    /// How long the figure goes on after it.
    pub minutes_after: usize,
}

/// Drawn in place of 0, which has no logarithm.
const BOTTOM: f64 = -1.0;

impl BurnFigure {
    /// Plays and draws.
    pub fn draw(&self) -> Figure {
        let curve = |name: &str, window: usize, ink| Mark {
            name: format!("{name}: {window} min"),
            ink,
            shape: Shape::Line,
            points: self
                .minutes()
                .map(|minute| {
                    (
                        f64::from(minute as u32),
                        self.rate(minute, window).log10().max(BOTTOM),
                    )
                })
                .collect(),
        };
        let end = (self.outage_minutes + self.minutes_after) as f64;
        let level =
            |minutes: (usize, usize), y: f64| vec![(minutes.0 as f64, y), (minutes.1 as f64, y)];
        let mut marks = vec![
            curve("long window", self.alert.long_minutes, Ink::Blue),
            curve("short window", self.alert.short_minutes, Ink::Green),
            Mark {
                name: format!("threshold: {}", self.alert.threshold),
                ink: Ink::Muted,
                shape: Shape::Dashed,
                points: level((0, end as usize), self.alert.threshold.log10()),
            },
        ];
        let top = 0.5
            + marks
                .iter()
                .flat_map(|mark| &mark.points)
                .map(|(_, y)| *y)
                .fold(0.0, f64::max);
        marks.extend(self.fires_from_to().map(|fires| Mark {
            name: "alert fires".to_owned(),
            ink: Ink::Vermillion,
            shape: Shape::Line,
            points: level(fires, top - 0.2),
        }));
        Plot {
            title: "Burn rates around an outage".to_owned(),
            description: self.describe(),
            x: Axis {
                from: 0.0,
                to: end,
                words: "minutes since the outage began",
                labels: 8,
                text: whole,
            },
            y: Axis {
                from: BOTTOM,
                to: top,
                words: "burn rate (log scale)",
                labels: 5,
                text: power_of_ten,
            },
            marks,
            legend_px: (235.0, 180.0),
        }
        .draw()
    }

    /// Some minutes, as a table in Markdown.
    pub fn table(&self) -> String {
        let end = self.outage_minutes + self.minutes_after;
        let rows = (0..=end).step_by((end / 12).max(1)).map(|minute| {
            let fires = self.fires_at(minute);
            [
                minute.to_string(),
                format!("{:.1}", self.rate(minute, self.alert.long_minutes)),
                format!("{:.1}", self.rate(minute, self.alert.short_minutes)),
                if fires { "fires" } else { "silent" }.to_owned(),
            ]
        });
        table(&["minute", "long window", "short window", "alert"], rows)
    }

    /// The first minute at the end of which the alert fires, and the first after that at
    /// which it does not.
    pub fn fires_from_to(&self) -> Option<(usize, usize)> {
        let first = self.minutes().find(|minute| self.fires_at(*minute))?;
        let end = self
            .minutes()
            .find(|minute| *minute > first && !self.fires_at(*minute));
        Some((
            first,
            end.unwrap_or(self.outage_minutes + self.minutes_after),
        ))
    }

    /// For how many minutes more the long window alone would ring.
    pub(super) fn spared_minutes(&self) -> usize {
        let rings =
            |minute: &usize| self.rate(*minute, self.alert.long_minutes) > self.alert.threshold;
        let last = self.minutes().filter(rings).last();
        let silent = self.fires_from_to().map(|(_, silent)| silent);
        last.zip(silent)
            .map_or(0, |(last, silent)| (last + 1).saturating_sub(silent))
    }

    fn minutes(&self) -> impl Iterator<Item = usize> {
        0..=self.outage_minutes + self.minutes_after
    }

    fn fires_at(&self, minute: usize) -> bool {
        ErrorBudget::fires(self.target, self.alert, &self.history(minute))
    }

    fn rate(&self, minute: usize, window: usize) -> f64 {
        let history = self.history(minute);
        ErrorBudget::rate(self.target, &history[history.len() - window..])
    }

    /// A long quiet time, and so many minutes since the outage began.
    fn history(&self, minute: usize) -> Vec<Minute> {
        const REQUESTS: u64 = 10_000;
        let bad = REQUESTS * self.failing_percent / 100;
        let quiet = Minute {
            good: REQUESTS,
            bad: 0,
        };
        let broken = Minute {
            good: REQUESTS - bad,
            bad,
        };
        let mut history = vec![quiet; self.alert.long_minutes];
        history.extend(vec![broken; minute.min(self.outage_minutes)]);
        history.extend(vec![quiet; minute.saturating_sub(self.outage_minutes)]);
        history
    }

    fn describe(&self) -> String {
        let when = match self.fires_from_to() {
            Some((from, to)) => format!("The alert fires from minute {from} to minute {to}"),
            None => "The alert never fires".to_owned(),
        };
        format!(
            "Burn rates of a window of {} minutes and of one of {} minutes, on a logarithmic scale. \
             Both rise while {}% of the requests fail, for {} minutes; the short one falls to \
             nothing {} minutes after, the long one stays above the threshold of {} for much \
             longer. {when}.",
            self.alert.long_minutes,
            self.alert.short_minutes,
            self.failing_percent,
            self.outage_minutes,
            self.alert.short_minutes,
            self.alert.threshold,
        )
    }
}
