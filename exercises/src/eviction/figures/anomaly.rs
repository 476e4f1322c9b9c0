//! Belady's anomaly: misses of FIFO, LRU and the optimum on a short list of requests, by
//! the number of places.

use std::num::NonZeroUsize;

use plotters::chart::ChartBuilder;
use plotters::series::LineSeries;

use super::plot::{LEGEND_PX, Style, legend};
use crate::eviction::Kind;
use crate::figure::{Canvas, DrawingError, Figure, Ink, label, px};

/// What to play and draw.
///
/// # Examples
///
/// ```
/// use exercises::eviction::figures::AnomalyFigure;
///
/// let figure = AnomalyFigure { trace: &AnomalyFigure::CLASSIC, most_places: 6 }.draw();
/// assert!(figure.description().contains("FIFO 3: 9, 4: 10"), "{}", figure.description());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct AnomalyFigure<'a> {
    /// Keys in the order in which they are asked for.
    pub trace: &'a [u64],
    /// The largest cache to try; the smallest has 3 places.
    pub most_places: usize,
}

const LEAST_PLACES: usize = 3;
const KINDS: [Kind; 3] = [Kind::Fifo, Kind::Lru, Kind::Belady];

impl AnomalyFigure<'_> {
    /// The reference string of Belady, Nelson and Shedler, 1969.
    pub const CLASSIC: [u64; 12] = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];

    /// Plays and draws.
    ///
    /// # Time complexity
    ///
    /// O(places · requests).
    pub fn draw(&self) -> Figure {
        let styles = [Style::nth(0), Style::nth(1), Style::BOUND];
        Figure::draw(
            "Misses with more room",
            self.describe(),
            (460, 320),
            |canvas| {
                let entries: Vec<(&str, Style)> =
                    KINDS.iter().map(|kind| kind.name()).zip(styles).collect();
                legend(canvas, &entries)?;
                self.plot(canvas, &styles)
            },
        )
    }

    fn misses(&self, kind: Kind) -> Vec<(usize, usize)> {
        let sizes = LEAST_PLACES..=self.most_places;
        let misses = sizes
            .filter_map(NonZeroUsize::new)
            .map(|places| (places.get(), kind.misses(self.trace, places)));
        misses.collect()
    }

    fn plot(&self, canvas: &Canvas<'_>, styles: &[Style]) -> Result<(), DrawingError> {
        let least = LEAST_PLACES as f64;
        let sizes = least - 0.2..self.most_places as f64 + 0.2;
        let mut chart = ChartBuilder::on(canvas)
            .margin(px(10.0))
            .margin_top(px(LEGEND_PX - 20.0))
            .margin_right(px(20.0))
            .x_label_area_size(px(50.0))
            .y_label_area_size(px(50.0))
            .build_cartesian_2d(sizes, 0.0..self.trace.len() as f64 + 0.4)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(Ink::Page.colour())
            .bold_line_style(Ink::Faint.line(1.0))
            .axis_style(Ink::Muted.line(1.0))
            .label_style(label(14.0, Ink::Text))
            .axis_desc_style(label(15.0, Ink::Text))
            .x_desc("places in the cache")
            .y_desc("misses")
            .x_labels(self.most_places - LEAST_PLACES + 1)
            .y_labels(7)
            .x_label_formatter(&|x| format!("{x:.0}"))
            .y_label_formatter(&|y| format!("{y:.0}"))
            .draw()?;
        for (kind, style) in KINDS.iter().zip(styles) {
            let misses = self.misses(*kind);
            let points: Vec<(f64, f64)> =
                misses.iter().map(|(x, y)| (*x as f64, *y as f64)).collect();
            chart.draw_series(LineSeries::new(points.clone(), style.ink.line(2.0)))?;
            for point in &points {
                style.mark(canvas, chart.backend_coord(point))?;
            }
        }
        Ok(())
    }

    fn describe(&self) -> String {
        let lines = KINDS.map(|kind| {
            let misses: Vec<String> = self
                .misses(kind)
                .iter()
                .map(|(places, misses)| format!("{places}: {misses}"))
                .collect();
            format!("{kind} {}", misses.join(", "))
        });
        format!(
            "Misses of {} requests by the number of places. FIFO's line rises where it should fall. {}.",
            self.trace.len(),
            lines.join(". ")
        )
    }
}
