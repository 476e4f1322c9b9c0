//! The curve of virtual nodes: the fullest server's load against the number of
//! points a server, measured on many rings, beside what is to be expected.

use plotters::chart::ChartBuilder;
use plotters::coord::combinators::IntoLogRange;
use plotters::element::{Circle as Disc, PathElement, Text};
use plotters::series::LineSeries;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::numbers::grouped;
use super::rings::{Spread, fullest_server};
use super::{axis_label, expected_max_over_mean};
use crate::figure::{Canvas, DrawingError, Figure, Ink, label, px, table};

/// What to measure and draw.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::figures::BalanceFigure;
///
/// let figure = BalanceFigure { servers: 5, points: vec![1, 10, 100], rings: 20 }.draw();
/// assert!(figure.description().contains("5 servers"));
/// ```
#[derive(Debug, Clone)]
pub struct BalanceFigure {
    /// Servers of each ring.
    pub servers: u32,
    /// Numbers of points a server to measure.
    pub points: Vec<u32>,
    /// Rings to measure for each number; their servers differ in name.
    pub rings: u32,
}

impl BalanceFigure {
    /// Measures and draws.
    ///
    /// # Panics
    ///
    /// If there is no server, no ring, or no number of points above 0.
    ///
    /// # Time complexity
    ///
    /// O(`rings` · p log p) for each number of points, `p` in all.
    pub fn draw(&self) -> Figure {
        let measured = self.measure();
        let title = "Load of the fullest server";
        Figure::draw(title, self.describe(&measured), (460, 340), |canvas| {
            self.curves(canvas, &measured)?;
            self.legend(canvas)
        })
    }

    /// The numbers behind the figure, as a table in Markdown.
    ///
    /// # Time complexity
    ///
    /// As [`draw`](Self::draw): it measures anew.
    pub fn table(&self) -> String {
        let rows = self.measure().into_iter().map(|(points, spread)| {
            [
                grouped(points.into()),
                format!("{:.2}", expected_max_over_mean(self.servers, points)),
                format!("{:.2}", spread.mean),
                format!("{:.2} to {:.2}", spread.low, spread.high),
            ]
        });
        let head = ["points a server", "theory", "measured", "80% of the rings"];
        table(&head, rows)
    }

    fn measure(&self) -> Vec<(u32, Spread)> {
        let numbers = self.points.iter();
        numbers
            .map(|points| (*points, fullest_server(self.rings, self.servers, *points)))
            .collect()
    }

    fn curves(&self, canvas: &Canvas<'_>, measured: &[(u32, Spread)]) -> Result<(), DrawingError> {
        let most_points = self.points.iter().copied().max().unwrap_or(1);
        let highs = measured.iter().map(|(_, spread)| spread.high);
        let top = highs.fold(1.4, f64::max) * 1.05;
        let mut chart = ChartBuilder::on(canvas)
            .margin(px(10.0))
            .margin_right(px(20.0))
            .x_label_area_size(px(50.0))
            .y_label_area_size(px(58.0))
            .build_cartesian_2d((0.8..f64::from(most_points) * 1.3).log_scale(), 1.0..top)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(Ink::Page.colour())
            .bold_line_style(Ink::Faint.line(1.0))
            .axis_style(Ink::Muted.line(1.0))
            .label_style(label(14.0, Ink::Text))
            .axis_desc_style(axis_label())
            .x_desc("points a server (log scale)")
            .y_desc("fullest server / fair share")
            .y_labels(7)
            .x_label_formatter(&|x| grouped(x.round() as u64))
            .y_label_formatter(&|y| format!("{y:.1}"))
            .draw()?;
        chart.draw_series(LineSeries::new(
            self.curve(most_points),
            Ink::Blue.line(2.5),
        ))?;
        for (points, spread) in measured {
            let x = f64::from(*points);
            let range = vec![(x, spread.low), (x, spread.high)];
            chart.draw_series([PathElement::new(range, Ink::Vermillion.line(1.5))])?;
            chart.draw_series([Disc::new(
                (x, spread.mean),
                px(4.5),
                Ink::Vermillion.filled(),
            )])?;
        }
        Ok(())
    }

    fn legend(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let style = label(14.0, Ink::Text).pos(Pos::new(HPos::Left, VPos::Center));
        let (x, y) = (px(176.0), px(42.0));
        let line = vec![(x - px(13.0), y), (x + px(13.0), y)];
        canvas.draw(&PathElement::new(line, Ink::Blue.line(2.5)))?;
        canvas.draw(&Text::new(
            "theory: expected value",
            (x + px(23.0), y),
            style.clone(),
        ))?;
        let y = y + px(24.0);
        let line = vec![(x, y - px(9.0)), (x, y + px(9.0))];
        canvas.draw(&PathElement::new(line, Ink::Vermillion.line(1.5)))?;
        canvas.draw(&Disc::new((x, y), px(4.5), Ink::Vermillion.filled()))?;
        let text = format!("{} rings: mean, and 80% of them", self.rings);
        canvas.draw(&Text::new(text, (x + px(23.0), y), style))
    }

    /// The theory, at every number of points that a reader could tell apart.
    fn curve(&self, most_points: u32) -> impl Iterator<Item = (f64, f64)> {
        let mut points: Vec<u32> = (0..)
            .map(|step| 1.12_f64.powi(step).round() as u32)
            .take_while(move |points| *points <= most_points)
            .collect();
        points.push(most_points);
        points.dedup();
        let servers = self.servers;
        points
            .into_iter()
            .map(move |points| (f64::from(points), expected_max_over_mean(servers, points)))
    }

    fn describe(&self, measured: &[(u32, Spread)]) -> String {
        let pairs: Vec<String> = measured
            .iter()
            .map(|(points, spread)| {
                let expected = expected_max_over_mean(self.servers, *points);
                format!("{points}: {:.2}, theory {expected:.2}", spread.mean)
            })
            .collect();
        format!(
            "A falling curve, steep at first and then flat. For rings of {} servers: the load of \
             the fullest server as a multiple of the fair share, against the number of points a \
             server, mean of {} rings. {}.",
            self.servers,
            self.rings,
            pairs.join("; ")
        )
    }
}
