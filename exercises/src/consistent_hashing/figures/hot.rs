//! The hot key: what helps when one key is asked for far more often than others.
//!
//! Requests follow Zipf's law, as rounded expectations and not as draws: key number `r`
//! is asked for in proportion to `1/r`. A copied key's requests go round its copies.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use plotters::chart::ChartBuilder;
use plotters::element::{Circle as Disc, PathElement, Text};
use plotters::series::LineSeries;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axis_label;
use super::numbers::{grouped, per_cent};
use crate::consistent_hashing::{
    BoundedRing, RingHash, VirtualRing, key_position, point_position, sample_keys, sample_servers,
};
use crate::figure::{Canvas, DrawingError, Figure, Ink, label, px, table};

const KEYS: usize = 1_000;
const REQUESTS: f64 = 100_000.0;
const SERVERS: usize = 20;
const POINTS: u32 = 160;
/// How many of the hottest keys are copied.
const HOT: usize = 10;
const COPIES: [usize; 8] = [1, 2, 3, 4, 6, 8, 12, 20];
/// The cap of bounded loads, in per cent above the mean.
const EPSILON_PERCENT: u32 = 25;

/// Requests for each key, the hottest first.
struct Workload {
    keys: Vec<String>,
    requests: Vec<u64>,
}

impl Workload {
    fn new() -> Self {
        let keys = sample_keys(28, KEYS);
        let weights = (1..=KEYS).map(|rank| 1.0 / rank as f64);
        let sum: f64 = weights.clone().sum();
        let requests = weights.map(|weight| (REQUESTS * weight / sum).round() as u64);
        Self {
            requests: requests.collect(),
            keys,
        }
    }

    fn total(&self) -> u64 {
        self.requests.iter().sum()
    }

    fn fair_share(&self) -> f64 {
        self.total() as f64 / SERVERS as f64
    }

    /// The fullest server over the mean, on a ring with `points` points a server, where
    /// each of the `hot` hottest keys has `copies` copies.
    fn fullest(&self, points: u32, hot: usize, copies: usize) -> f64 {
        let ring = ring(points);
        let mut loads: BTreeMap<&str, f64> = BTreeMap::new();
        for (rank, (key, requests)) in self.keys.iter().zip(&self.requests).enumerate() {
            let holders = ring.replicas(key, if rank < hot { copies } else { 1 });
            for server in &holders {
                *loads.entry(server).or_default() += *requests as f64 / holders.len() as f64;
            }
        }
        loads.values().copied().fold(0.0, f64::max) / self.fair_share()
    }

    /// The fullest server over the mean under a cap, and on how many servers the
    /// hottest key is then asked for.
    fn capped(&self) -> (f64, usize) {
        let points = NonZeroU32::new(POINTS).unwrap_or(NonZeroU32::MIN);
        let hash = RingHash::new(position_without_number, point_position);
        let servers = sample_servers(SERVERS);
        let mut ring = BoundedRing::new(hash, points, EPSILON_PERCENT, servers)
            .unwrap_or_else(|error| panic!("sample names are distinct: {error}"));
        let mut helpers = BTreeSet::new();
        for (rank, request) in self.mixed() {
            let server = ring
                .assign(request)
                .unwrap_or_else(|error| panic!("the ring has servers: {error}"));
            if rank == 0 {
                helpers.insert(server.to_owned());
            }
        }
        let most = ring.loads().map(|(_, load)| load).max().unwrap_or(0);
        (most as f64 / self.fair_share(), helpers.len())
    }

    /// Every request as `key#number` with its key's rank, in a mixed order.
    fn mixed(&self) -> Vec<(usize, String)> {
        let numbered = self.keys.iter().zip(&self.requests).enumerate();
        let mut mixed: Vec<(usize, String)> = numbered
            .flat_map(|(rank, (key, count))| {
                (0..*count).map(move |number| (rank, format!("{key}#{number}")))
            })
            .collect();
        mixed.sort_by_cached_key(|(_, request)| key_position(request.as_bytes()));
        mixed
    }
}

/// Requests for one key start at one place, whatever their number.
fn position_without_number(request: &[u8]) -> u64 {
    key_position(
        request
            .split(|byte| *byte == b'#')
            .next()
            .unwrap_or(request),
    )
}

fn ring(points: u32) -> VirtualRing {
    let points = NonZeroU32::new(points).unwrap_or(NonZeroU32::MIN);
    let mut ring = VirtualRing::new(RingHash::XXH3, points);
    for server in sample_servers(SERVERS) {
        ring.add(&server)
            .unwrap_or_else(|error| panic!("sample names are distinct: {error}"));
    }
    ring
}

/// The curve: copies of the ten hottest keys against the fullest server.
pub(super) fn figure() -> Figure {
    let load = Workload::new();
    let measured = COPIES.map(|copies| (copies, load.fullest(POINTS, HOT, copies)));
    let (capped, _) = load.capped();
    let listed = measured.map(|(copies, fullest)| format!("{copies}: {fullest:.2}"));
    let description = format!(
        "A curve that falls steeply from one copy to two and slowly after that. The load of \
         the fullest of {SERVERS} servers as a multiple of the fair share, against the number of \
         copies of each of the {HOT} hottest keys: {}. A level line at {capped:.2} shows bounded \
         loads, which need no list of hot keys.",
        listed.join("; ")
    );
    Figure::draw(
        "Copies of hot keys, and the fullest server",
        description,
        (460, 320),
        |canvas| draw(canvas, &measured, capped),
    )
}

fn draw(canvas: &Canvas<'_>, measured: &[(usize, f64)], capped: f64) -> Result<(), DrawingError> {
    let top = measured
        .iter()
        .map(|(_, fullest)| *fullest)
        .fold(1.0, f64::max);
    let right = *COPIES.iter().max().unwrap_or(&1) as f64;
    let mut chart = ChartBuilder::on(canvas)
        .margin(px(10.0))
        .margin_right(px(20.0))
        .x_label_area_size(px(50.0))
        .y_label_area_size(px(58.0))
        .build_cartesian_2d(0.0..right + 1.0, 1.0..top * 1.05)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(Ink::Page.colour())
        .bold_line_style(Ink::Faint.line(1.0))
        .axis_style(Ink::Muted.line(1.0))
        .label_style(label(14.0, Ink::Text))
        .axis_desc_style(axis_label())
        .x_desc(format!("copies of each of the {HOT} hottest keys"))
        .y_desc("fullest server / fair share")
        .y_labels(6)
        .x_label_formatter(&|x| format!("{x:.0}"))
        .y_label_formatter(&|y| format!("{y:.1}"))
        .draw()?;
    let line = [(0.0, capped), (right + 1.0, capped)];
    chart.draw_series(LineSeries::new(line, Ink::Vermillion.line(2.0)))?;
    let points = measured
        .iter()
        .map(|(copies, fullest)| (*copies as f64, *fullest));
    chart.draw_series(LineSeries::new(points.clone(), Ink::Blue.line(2.0)))?;
    chart.draw_series(points.map(|point| Disc::new(point, px(4.5), Ink::Blue.filled())))?;
    legend(canvas)
}

fn legend(canvas: &Canvas<'_>) -> Result<(), DrawingError> {
    let style = label(14.0, Ink::Text).pos(Pos::new(HPos::Left, VPos::Center));
    let (x, y) = (px(190.0), px(48.0));
    canvas.draw(&Disc::new((x, y), px(4.5), Ink::Blue.filled()))?;
    let text = format!("ring, {POINTS} points a server");
    canvas.draw(&Text::new(text, (x + px(23.0), y), style.clone()))?;
    let y = y + px(24.0);
    let line = vec![(x - px(13.0), y), (x + px(13.0), y)];
    canvas.draw(&PathElement::new(line, Ink::Vermillion.line(2.0)))?;
    let text = format!("no copies, a cap of 1 + {EPSILON_PERCENT}%");
    canvas.draw(&Text::new(text, (x + px(23.0), y), style))
}

/// The numbers behind the curve, and those of the text.
pub(super) fn pieces() -> Vec<(&'static str, String)> {
    /// What the story's shop serves, and how long its database takes for a page.
    const REQUESTS_PER_SEC: f64 = 50_000.0;
    const QUERY_MS: f64 = 50.0;
    let load = Workload::new();
    let hottest = load.requests[0] as f64 / load.total() as f64;
    let rows = COPIES.map(|copies| {
        let extra = HOT * (copies - 1);
        let fullest = load.fullest(POINTS, HOT, copies);
        [
            copies.to_string(),
            extra.to_string(),
            format!("{fullest:.2}"),
        ]
    });
    let (capped, helpers) = load.capped();
    let head = [
        "copies of each of the ten hottest keys",
        "extra copies held",
        "fullest server, of its fair share",
    ];
    let crowd = REQUESTS_PER_SEC * hottest * QUERY_MS / 1000.0;
    vec![
        ("hot_data", table(&head, rows)),
        ("hot_keys", grouped(KEYS as u64)),
        ("hot_servers", SERVERS.to_string()),
        ("hot_share", per_cent(hottest)),
        ("hot_alone", format!("{:.2}", hottest * SERVERS as f64)),
        ("hot_plain", format!("{:.2}", load.fullest(POINTS, 0, 1))),
        (
            "hot_more_points",
            format!("{:.2}", load.fullest(1000, 0, 1)),
        ),
        ("hot_four", format!("{:.2}", load.fullest(POINTS, HOT, 4))),
        ("hot_capped", format!("{capped:.2}")),
        ("hot_helpers", helpers.to_string()),
        ("hot_crowd", grouped(crowd.round() as u64)),
        ("hot_query_ms", format!("{QUERY_MS:.0}")),
    ]
}
