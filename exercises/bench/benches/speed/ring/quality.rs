//! What rings promise besides speed, against what mathematics expects: nothing here is
//! timed, and every machine prints the same.

use std::num::NonZeroU32;

use bench::Table;
use exercises::consistent_hashing::figures::{arrivals, numbered_ring};
use exercises::consistent_hashing::{
    Balance, BoundedRing, Placement, RingHash, key_position, sample_keys, theory,
};

const SERVERS: u32 = 10;
const POINTS: u32 = 160;
const RINGS: u32 = 200;
const EPSILON_PERCENT: u32 = 25;

/// Prints the goals for moves, scatter and capped loads.
pub(super) fn print() {
    let mut table = Table::new(["goal", "at most", "measured", ""]);
    let mut goal = |name: &str, limit: f64, found: f64| {
        let met = if found <= limit { "met" } else { "missed" };
        table.row([name, &format!("{limit:.3}"), &format!("{found:.3}"), met]);
    };
    goal(
        "keys moved between old servers, 10 → 11",
        0.0,
        moved_between_old(),
    );
    let moved = arrivals(RINGS, SERVERS, POINTS).moved.mean;
    goal(
        "mean moved over 200 rings, off 1/(n + 1) by",
        0.02,
        off(moved, theory::ring_moved_by_adding_to(SERVERS)),
    );
    for points in [1, 10, 40, POINTS] {
        goal(
            &format!("stdev/mean over 200 rings, {points} points, off theory by"),
            0.05,
            off(scatter(points), theory::stdev_over_mean(SERVERS, points)),
        );
    }
    goal(
        "bounded loads, fullest/mean, ε = 25%",
        1.0 + f64::from(EPSILON_PERCENT) / 100.0,
        capped(),
    );
    println!("{table}");
}

/// By which part of the expected value a measured one differs.
fn off(measured: f64, expected: f64) -> f64 {
    (measured / expected - 1.0).abs()
}

fn moved_between_old() -> f64 {
    let keys = sample_keys(28, 100_000);
    let place = |servers| {
        let ring = numbered_ring(0, servers, POINTS);
        Placement::of(ring.servers(), &keys, |key| {
            ring.owner_at(key_position(key))
        })
    };
    place(SERVERS).moved_to(&place(SERVERS + 1)).between_old as f64
}

/// The root of the mean variance: of single rings' deviations the mean is biased, since
/// a root is not linear, and that of the variances is what theory gives.
fn scatter(points: u32) -> f64 {
    let rings = (0..RINGS).map(|number| numbered_ring(number, SERVERS, points));
    let variances = rings
        .filter_map(|ring| Balance::of_circle(&ring))
        .map(|balance| balance.stdev_over_mean.powi(2));
    (variances.sum::<f64>() / f64::from(RINGS)).sqrt()
}

/// With so many keys that the mean load times 1.25 is a whole number: a cap is rounded up.
fn capped() -> f64 {
    let servers = (0..SERVERS).map(|server| format!("server-{server}"));
    let points = NonZeroU32::MIN;
    let ring = BoundedRing::new(RingHash::XXH3, points, EPSILON_PERCENT, servers);
    let mut ring = ring.expect("numbered names are distinct");
    for key in sample_keys(28, 20_000) {
        ring.assign(&key).expect("the ring has servers");
    }
    let loads: Vec<f64> = ring.loads().map(|(_, load)| load as f64).collect();
    Balance::of(&loads).map_or(f64::NAN, |balance| balance.max_over_mean)
}
