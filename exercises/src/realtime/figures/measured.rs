//! What was measured over real sockets, drawn.
//!
//! The numbers are those of `measured.csv`, which `cargo bench -p bench push -- --book`
//! writes: a figure that measured anew would never be the same twice.

use plotters::style::text_anchor::HPos;

use super::plot::{Axis, Curve, Line, Plot};
use crate::figure::{Figure, Ink};

/// One line for each run of each way.
const DATA: &str = include_str!("../measured.csv");

const WAYS: [(&str, Ink, Line); 4] = [
    ("polling", Ink::Vermillion, Line::Dashed),
    ("long polling", Ink::Blue, Line::Solid),
    ("SSE", Ink::Green, Line::Solid),
    ("WebSocket", Ink::Purple, Line::Dotted),
];

/// What the figures show of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run<'a> {
    way: &'a str,
    clients: f64,
    per_sec: f64,
    p50_ms: f64,
    cpu_us: f64,
}

/// Every run of the file. A file that is not what the benchmark writes shows in the
/// figures' tests, as fewer points.
fn runs(data: &str) -> Vec<Run<'_>> {
    let mut lines = data.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let run = |line| {
        let fields: Vec<&str> = str::split(line, ',').collect();
        let field = |name| {
            let place = names.iter().position(|found| *found == name)?;
            fields.get(place).copied()
        };
        let number = |name| field(name)?.parse().ok();
        Some(Run {
            way: field("way")?,
            clients: number("clients")?,
            per_sec: number("per_sec")?,
            p50_ms: number("p50_ms")?,
            cpu_us: number("cpu_us")?,
        })
    };
    lines.filter_map(run).collect()
}

/// The points of a way, from left to right.
fn points(
    way: &str,
    is_shown: impl Fn(&Run<'_>) -> bool,
    point: impl Fn(&Run<'_>) -> (f64, f64),
) -> Vec<(f64, f64)> {
    let runs = runs(DATA);
    let shown = runs.iter().filter(|run| run.way == way && is_shown(run));
    let mut points: Vec<(f64, f64)> = shown.map(point).collect();
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    points
}

/// Median delay against the number of clients, with one event a second.
pub(super) fn delay() -> Figure {
    let of = |way| {
        points(
            way,
            |run| run.per_sec == 1.0,
            |run| (run.clients, run.p50_ms),
        )
    };
    let places = [(1.2, 500.0), (90.0, 22.0), (30.0, 0.17)];
    Plot {
        title: "Measured delay against clients",
        description: described(
            "Median delay in milliseconds against the number of clients, both on logarithmic \
             scales, with one event a second. Polling is the only one that hardly depends on \
             the crowd. The other three rise with it and lie close together.",
            "clients",
            of,
        ),
        x: Axis::log("clients (log scale)", 0, 4),
        y: Axis::log("median delay in ms (log scale)", -1, 3),
        curves: curves(places, of),
    }
    .draw()
}

/// The server's processor time for a delivery against the rate of events.
pub(super) fn server_time() -> Figure {
    let of = |way| {
        points(
            way,
            |run| run.clients == 1_000.0,
            |run| (run.per_sec, run.cpu_us),
        )
    };
    let places = [(0.6, 170.0), (13.0, 26.0), (0.13, 1.6)];
    Plot {
        title: "Server time for a delivery",
        description: described(
            "Processor time of the server, in microseconds for each event and client, against \
             events a second, both on logarithmic scales, with 1,000 clients. Polling falls \
             steeply. The other three begin far below it, stay level, and fall only at the \
             right end, where all four come close together.",
            "events a second",
            of,
        ),
        x: Axis::log("events a second (log scale)", -1, 3),
        y: Axis::log("µs for a delivery (log scale)", -1, 3),
        curves: curves(places, of),
    }
    .draw()
}

fn curves(names_at: [(f64, f64); 3], of: impl Fn(&'static str) -> Vec<(f64, f64)>) -> Vec<Curve> {
    let names = [
        "polling",
        "long polling",
        "SSE (solid), WebSocket (dotted)",
        "",
    ];
    let [polls, waits, streams] = names_at;
    let names = names.into_iter().zip([polls, waits, streams, streams]);
    let curves = WAYS.into_iter().zip(names);
    let curves = curves.map(|((way, ink, line), (name, name_at))| Curve {
        name,
        name_at,
        side: HPos::Left,
        ink,
        line,
        points: of(way),
        dots: of(way),
    });
    curves.collect()
}

/// The alternative text: what one sees, then the points.
fn described(seen: &str, x: &str, of: impl Fn(&'static str) -> Vec<(f64, f64)>) -> String {
    let ways = WAYS.map(|(name, ..)| {
        let points = of(name);
        let points = points.iter().map(|(x, y)| format!("{y:.1} at {x}"));
        format!("{name} {}", points.collect::<Vec<_>>().join(", "))
    });
    format!("{seen} In {x}: {}.", ways.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_has_a_point_for_every_crowd_and_every_rate() {
        for (way, ..) in WAYS {
            let crowds = points(way, |run| run.per_sec == 1.0, |run| (run.clients, 0.0));
            assert_eq!(crowds, [1.0, 100.0, 1_000.0, 10_000.0].map(|n| (n, 0.0)));
            let rates = points(way, |run| run.clients == 1_000.0, |run| (run.per_sec, 0.0));
            assert_eq!(rates, [0.2, 1.0, 10.0, 1_000.0].map(|rate| (rate, 0.0)));
        }
    }

    #[test]
    fn a_line_that_is_no_run_is_passed_over() {
        let data = "way,clients,per_sec,p50_ms,cpu_us\nSSE,1,0.2,3,4\n\nSSE,many,1,3,4\n";
        let run = Run {
            way: "SSE",
            clients: 1.0,
            per_sec: 0.2,
            p50_ms: 3.0,
            cpu_us: 4.0,
        };
        assert_eq!(runs(data), [run]);
    }
}
