//! One server more: the keys that move under `hash % n` and on a ring, against
//! the number of servers before.

use plotters::chart::ChartBuilder;
use plotters::element::{Circle as Disc, PathElement, Text};
use plotters::series::LineSeries;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axis_label;
use super::rings::{numbered_ring, positions};
use crate::consistent_hashing::{Modulo, ModuloPlacement, key_position, theory};
use crate::figure::{Canvas, DrawingError, Figure, Ink, label, px, table};

/// What to measure and draw.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{figures::GrowthFigure, sample_keys};
///
/// let keys = sample_keys(1, 1000);
/// let figure = GrowthFigure { servers: vec![2, 10], points_per_server: 100, keys: &keys }.draw();
/// assert!(figure.description().contains("From 10 servers"));
/// ```
#[derive(Debug, Clone)]
pub struct GrowthFigure<'a> {
    /// Numbers of servers before one more comes.
    pub servers: Vec<u32>,
    /// Points of each server on the ring.
    pub points_per_server: u32,
    /// The keys that are followed.
    pub keys: &'a [String],
}

/// What a server more moved, in per cent of the keys.
struct Moved {
    servers: u32,
    modulo: f64,
    ring: f64,
}

impl GrowthFigure<'_> {
    /// Measures and draws.
    ///
    /// # Panics
    ///
    /// If a number of servers is 0, or there are none.
    ///
    /// # Time complexity
    ///
    /// For each number of servers O(k log p) for `k` keys and `p` points.
    pub fn draw(&self) -> Figure {
        let moved = self.measured();
        let title = "Keys that move when a server joins";
        Figure::draw(title, self.describe(&moved), (460, 340), |canvas| {
            self.curves(canvas, &moved)?;
            self.legend(canvas)
        })
    }

    /// The numbers behind the figure, as a table in Markdown.
    ///
    /// # Time complexity
    ///
    /// As [`draw`](Self::draw): it measures anew.
    pub fn table(&self) -> String {
        let rows = self.measured().into_iter().map(|moved| {
            let (before, after) = (moved.servers, moved.servers + 1);
            let shares = [moved.modulo, moved.ring, 100.0 / f64::from(after)];
            let [modulo, ring, least] = shares.map(|share| format!("{share:.1}%"));
            [format!("{before} → {after}"), modulo, ring, least]
        });
        table(
            &["servers", "`hash % n`", "ring", "the newcomer's fair share"],
            rows,
        )
    }

    fn measured(&self) -> Vec<Moved> {
        self.servers
            .iter()
            .map(|servers| self.measure(*servers))
            .collect()
    }

    fn curves(&self, canvas: &Canvas<'_>, moved: &[Moved]) -> Result<(), DrawingError> {
        let most = self.servers.iter().copied().max().unwrap_or(1);
        let mut chart = ChartBuilder::on(canvas)
            .margin(px(10.0))
            .margin_right(px(20.0))
            .x_label_area_size(px(50.0))
            .y_label_area_size(px(58.0))
            .build_cartesian_2d(0.0..f64::from(most) * 1.04, 0.0..104.0)?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(Ink::Page.colour())
            .bold_line_style(Ink::Faint.line(1.0))
            .axis_style(Ink::Muted.line(1.0))
            .label_style(label(14.0, Ink::Text))
            .axis_desc_style(axis_label())
            .x_desc("servers before the new one")
            .y_desc("keys that move")
            .y_labels(6)
            .x_label_formatter(&|x| format!("{x:.0}"))
            .y_label_formatter(&|y| format!("{y:.0}%"))
            .draw()?;
        // Four steps between whole numbers of servers look like a curve.
        let smooth = |part: fn(u32) -> f64| {
            (4..=most * 4).map(move |quarters| {
                let servers = f64::from(quarters) / 4.0;
                (servers, 100.0 * between(part, servers))
            })
        };
        chart.draw_series(LineSeries::new(
            smooth(modulo_moved),
            Ink::Vermillion.line(1.5),
        ))?;
        let least = smooth(theory::ring_moved_by_adding_to);
        chart.draw_series(LineSeries::new(least, Ink::Blue.line(1.5)))?;
        for moved in moved {
            let x = f64::from(moved.servers);
            chart.draw_series([Disc::new((x, moved.ring), px(4.5), Ink::Blue.filled())])?;
            cross(canvas, chart.backend_coord(&(x, moved.modulo)))?;
        }
        Ok(())
    }

    fn legend(&self, canvas: &Canvas<'_>) -> Result<(), DrawingError> {
        let left = Pos::new(HPos::Left, VPos::Center);
        let (x, y) = (px(226.0), px(62.0));
        let text = label(15.0, Ink::Text).pos(left);
        cross(canvas, (x, y))?;
        canvas.draw(&Text::new("hash % n", (x + px(12.0), y), text.clone()))?;
        let y = px(216.0);
        canvas.draw(&Disc::new((x, y), px(4.5), Ink::Blue.filled()))?;
        let ring = format!("ring, {} points a server", self.points_per_server);
        canvas.draw(&Text::new(ring, (x + px(12.0), y), text))?;
        let note = [
            "lines: expected values;",
            "no balanced placement",
            "can go below the lower one",
        ];
        for (line, text) in (0..).zip(note) {
            let place = (x - px(4.0), px(122.0) + px(18.0) * line);
            canvas.draw(&Text::new(text, place, label(13.0, Ink::Muted).pos(left)))?;
        }
        Ok(())
    }

    fn measure(&self, servers: u32) -> Moved {
        let keys: Vec<&[u8]> = self.keys.iter().map(|key| key.as_bytes()).collect();
        let per_cent = |moved: usize| 100.0 * moved as f64 / keys.len().max(1) as f64;
        let before = numbered_ring(0, servers, self.points_per_server);
        let mut after = before.clone();
        let newcomer = "newcomer";
        after
            .insert(newcomer, positions(newcomer, self.points_per_server))
            .unwrap_or_else(|error| panic!("numbered rings have no {newcomer}: {error}"));
        let changed = |key: &&&[u8]| {
            let position = key_position(key);
            before.owner_at(position) != after.owner_at(position)
        };
        Moved {
            servers,
            modulo: per_cent(Modulo::moved(&keys, servers as usize, servers as usize + 1)),
            ring: per_cent(keys.iter().filter(changed).count()),
        }
    }

    fn describe(&self, moved: &[Moved]) -> String {
        let lines: Vec<String> = moved
            .iter()
            .map(|moved| {
                format!(
                    "From {} servers to {}: modulo {:.1}%, ring {:.1}%",
                    moved.servers,
                    moved.servers + 1,
                    moved.modulo,
                    moved.ring
                )
            })
            .collect();
        format!(
            "Per cent of {} keys that change their server when one more joins. Under modulo the \
             curve rises towards 100%; on a ring with {} points a server it falls towards 0 and \
             follows the least that is possible. {}.",
            self.keys.len(),
            self.points_per_server,
            lines.join(". ")
        )
    }
}

/// What `hash % n` is expected to move when a server joins `servers` others.
fn modulo_moved(servers: u32) -> f64 {
    theory::modulo_moved(servers as usize, servers as usize + 1)
}

/// The formula between two whole numbers of servers, so that its line looks smooth.
fn between(part: fn(u32) -> f64, servers: f64) -> f64 {
    let below = servers.floor();
    let (low, high) = (part(below as u32), part(below as u32 + 1));
    low + (high - low) * (servers - below)
}

/// The mark of `hash % n`: a cross, so that it differs from the ring's dots by shape.
fn cross(canvas: &Canvas<'_>, (x, y): (i32, i32)) -> Result<(), DrawingError> {
    let reach = px(4.5);
    for way in [1, -1] {
        let stroke = vec![(x - reach, y - way * reach), (x + reach, y + way * reach)];
        canvas.draw(&PathElement::new(stroke, Ink::Vermillion.line(2.5)))?;
    }
    Ok(())
}
