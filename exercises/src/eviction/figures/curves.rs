//! Miss-ratio curves: which part of the requests misses, against the size of the cache.

use std::num::NonZeroUsize;

use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::combinators::{IntoLogRange, LogCoord};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::SVGBackend;
use plotters::series::LineSeries;

use super::plot::{LEGEND_PX, Style, legend};
use crate::eviction::Kind;
use crate::figure::{Canvas, DrawingError, Figure, Ink, label, px};

/// What to play and draw.
///
/// # Examples
///
/// ```
/// use exercises::eviction::{Kind, figures::MissRatioFigure};
/// use exercises::sim::trace;
///
/// let trace = trace::zipf(1, 1000, 1.0, 5000);
/// let kinds = [Kind::Lru, Kind::Sieve];
/// let figure = MissRatioFigure { trace: &trace, kinds: &kinds, capacities: &[10, 100] };
/// assert!(figure.draw("Zipf").description().contains("SIEVE"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct MissRatioFigure<'a> {
    /// Keys in the order in which they are asked for.
    pub trace: &'a [u64],
    /// Policies to play; four besides the optimum can be told apart.
    pub kinds: &'a [Kind],
    /// Sizes of the cache to try, from small to large.
    pub capacities: &'a [usize],
}

/// A policy's miss ratio at each size.
struct Curve {
    kind: Kind,
    style: Style,
    points: Vec<(f64, f64)>,
}

type Chart<'c> = ChartContext<'c, SVGBackend<'c>, Cartesian2d<LogCoord<f64>, RangedCoordf64>>;

impl MissRatioFigure<'_> {
    /// Plays the trace on every policy at every size, and draws.
    ///
    /// # Panics
    ///
    /// If there is no size, or one is 0.
    ///
    /// # Time complexity
    ///
    /// O(policies · sizes · requests).
    pub fn draw(&self, title: impl Into<String>) -> Figure {
        let curves = self.curves();
        let title = title.into();
        let description = self.describe(&curves);
        Figure::draw(title, description, (460, 340), |canvas| {
            let entries: Vec<(&str, Style)> = curves
                .iter()
                .map(|curve| (curve.kind.name(), curve.style))
                .collect();
            legend(canvas, &entries)?;
            self.plot(canvas, &curves)
        })
    }

    fn curves(&self) -> Vec<Curve> {
        let mut hues = 0..;
        let curves = self.kinds.iter().map(|kind| Curve {
            kind: *kind,
            style: match kind {
                Kind::Belady => Style::BOUND,
                _ => Style::nth(hues.next().unwrap_or_default()),
            },
            points: self.points(*kind),
        });
        curves.collect()
    }

    fn points(&self, kind: Kind) -> Vec<(f64, f64)> {
        let points = self.capacities.iter().map(|capacity| {
            let places = NonZeroUsize::new(*capacity).expect("a cache has places");
            let misses = kind.misses(self.trace, places);
            let ratio = misses as f64 / self.trace.len().max(1) as f64;
            (*capacity as f64, 100.0 * ratio)
        });
        points.collect()
    }

    fn plot(&self, canvas: &Canvas<'_>, curves: &[Curve]) -> Result<(), DrawingError> {
        let first = self.capacities.first().copied().expect("there is a size");
        let last = self.capacities.last().copied().expect("there is a size");
        let sizes = (first as f64 / 1.1..last as f64 * 1.1).log_scale();
        let mut chart = ChartBuilder::on(canvas)
            .margin(px(10.0))
            .margin_top(px(LEGEND_PX))
            .margin_right(px(20.0))
            .x_label_area_size(px(50.0))
            .y_label_area_size(px(58.0))
            .build_cartesian_2d(sizes, 0.0..104.0)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(Ink::Page.colour())
            .bold_line_style(Ink::Faint.line(1.0))
            .axis_style(Ink::Muted.line(1.0))
            .label_style(label(14.0, Ink::Text))
            .axis_desc_style(label(15.0, Ink::Text))
            .x_desc("places in the cache (log scale)")
            .y_desc("requests that miss")
            .y_labels(6)
            .x_label_formatter(&size_label)
            .y_label_formatter(&|y| format!("{y:.0}%"))
            .draw()?;
        curves
            .iter()
            .try_for_each(|curve| draw_curve(canvas, &mut chart, curve))
    }

    fn describe(&self, curves: &[Curve]) -> String {
        let lines: Vec<String> = curves
            .iter()
            .map(|curve| {
                let points = curve.points.iter();
                let ratios: Vec<String> = points
                    .map(|(size, ratio)| format!("{size:.0}: {ratio:.1}%"))
                    .collect();
                format!("{} {}", curve.kind, ratios.join(", "))
            })
            .collect();
        format!(
            "Per cent of {} requests that miss, by the number of places in the cache. {}.",
            super::numbers::grouped(self.trace.len()),
            lines.join(". ")
        )
    }
}

/// A size along the axis; of the many ticks of a logarithm, 1, 2 and 5 have room for a number.
fn size_label(size: &f64) -> String {
    let digits = (size.round() as usize).to_string();
    match digits.as_bytes() {
        [b'1' | b'2' | b'5', rest @ ..] if rest.iter().all(|digit| *digit == b'0') => {
            super::numbers::grouped(size.round() as usize)
        }
        _ => String::new(),
    }
}

fn draw_curve<'c>(
    canvas: &Canvas<'c>,
    chart: &mut Chart<'c>,
    curve: &Curve,
) -> Result<(), DrawingError> {
    let line = LineSeries::new(curve.points.iter().copied(), curve.style.ink.line(2.0));
    chart.draw_series(line)?;
    for point in &curve.points {
        curve.style.mark(canvas, chart.backend_coord(point))?;
    }
    Ok(())
}
