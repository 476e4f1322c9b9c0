//! What a hit ratio is worth: the mean time of a request against the ratio, and where a
//! cache begins to pay.

use plotters::chart::ChartBuilder;
use plotters::element::{PathElement, Text};
use plotters::series::LineSeries;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::plot::Style;
use crate::eviction::HitRatioModel;
use crate::figure::{Canvas, DrawingError, Figure, Ink, label, px};

/// What to draw.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::eviction::{HitRatioModel, figures::WaitingFigure};
///
/// let model = HitRatioModel {
///     cache: Duration::from_millis(1),
///     origin: Duration::from_millis(20),
/// };
/// assert!(WaitingFigure { model }.draw().description().contains("hit ratio of 5.0%"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct WaitingFigure {
    /// Cache and origin.
    pub model: HitRatioModel,
}

impl WaitingFigure {
    /// Draws the mean time over hit ratios from 0 to 100 %.
    pub fn draw(&self) -> Figure {
        let title = "Mean time of a request";
        Figure::draw(title, self.describe(), (460, 320), |canvas| {
            self.plot(canvas)
        })
    }

    fn mean_ms(&self, hit_ratio: f64) -> f64 {
        self.model.mean(hit_ratio).as_secs_f64() * 1e3
    }

    fn plot(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let origin_ms = self.model.origin.as_secs_f64() * 1e3;
        let top = self.mean_ms(0.0) * 1.12;
        let mut chart = ChartBuilder::on(canvas)
            .margin(px(10.0))
            .margin_right(px(20.0))
            .x_label_area_size(px(50.0))
            .y_label_area_size(px(58.0))
            .build_cartesian_2d(0.0..102.0, 0.0..top)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(Ink::Page.colour())
            .bold_line_style(Ink::Faint.line(1.0))
            .axis_style(Ink::Muted.line(1.0))
            .label_style(label(14.0, Ink::Text))
            .axis_desc_style(label(15.0, Ink::Text))
            .x_desc("hit ratio")
            .y_desc("mean time")
            .y_labels(6)
            .x_label_formatter(&|x| format!("{x:.0}%"))
            .y_label_formatter(&|y| format!("{y:.0} ms"))
            .draw()?;
        let without = [(0.0, origin_ms), (102.0, origin_ms)];
        chart.draw_series(LineSeries::new(without, Ink::Vermillion.line(1.5)))?;
        let with = [0.0, 1.0].map(|ratio| (100.0 * ratio, self.mean_ms(ratio)));
        chart.draw_series(LineSeries::new(with, Ink::Blue.line(2.5)))?;
        let left = label(14.0, Ink::Text).pos(Pos::new(HPos::Left, VPos::Center));
        let (x, y) = chart.backend_coord(&(52.0, origin_ms));
        canvas.draw(&Text::new(
            "without the cache",
            (x, y - px(11.0)),
            left.clone(),
        ))?;
        let (x, y) = chart.backend_coord(&(52.0, self.mean_ms(0.5)));
        canvas.draw(&Text::new(
            "with it",
            (x + px(6.0), y - px(6.0)),
            left.clone(),
        ))?;
        if let Some(ratio) = self.model.break_even() {
            let (x, y) = chart.backend_coord(&(100.0 * ratio, origin_ms));
            Style::nth(0).mark(canvas, (x, y))?;
            let foot = chart.backend_coord(&(100.0 * ratio, 0.0));
            canvas.draw(&PathElement::new(vec![(x, y), foot], Ink::Muted.line(1.0)))?;
            let words = format!("pays from {:.0}%", 100.0 * ratio);
            canvas.draw(&Text::new(
                words,
                (foot.0 + px(6.0), foot.1 - px(16.0)),
                left,
            ))?;
        }
        Ok(())
    }

    fn describe(&self) -> String {
        let means: Vec<String> = [0, 50, 80, 90, 95, 99, 100]
            .map(|per_cent| {
                let mean = self.mean_ms(f64::from(per_cent) / 100.0);
                format!("{per_cent}%: {mean:.2} ms")
            })
            .into();
        let pays = match self.model.break_even() {
            Some(ratio) => format!("It pays from a hit ratio of {:.1}%", 100.0 * ratio),
            None => "It never pays".to_owned(),
        };
        format!(
            "A line that falls from {} to the cache's own time: the mean time of a request by hit \
             ratio. {pays}. {}.",
            means[0],
            means.join(", ")
        )
    }
}
