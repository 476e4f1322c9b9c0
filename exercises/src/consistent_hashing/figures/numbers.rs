//! The numbers of the chapter's text, counted or computed here, never typed there.

use super::book::real_circle;
use super::{Spread, arrivals, expected_max_over_mean, fullest_server, numbered_ring};
use crate::consistent_hashing::circle::Point;
use crate::consistent_hashing::{
    BoundedRing, Modulo, ModuloPlacement, Placement, RingHash, key_position, sample_keys,
    sample_servers, shares, theory,
};
use crate::figure::table;

/// Servers of the chapter's example.
const SERVERS: u32 = 10;
pub(super) const POINTS: u32 = 160;
/// Rings behind each measured number: enough for two digits.
pub(super) const RINGS: u32 = 200;

/// The pieces of `numbers.md`, by name.
pub(super) fn pieces() -> Vec<(&'static str, String)> {
    let mut pieces = story();
    pieces.extend(growth());
    pieces.extend(balance());
    pieces.extend(size());
    pieces.extend(bounded());
    pieces
}

pub(super) fn per_cent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// `45682.4` as `45,700`: three digits say what a story can promise.
fn rounded(number: f64) -> String {
    let step = 10_f64.powi((number.log10().floor() as i32 - 2).max(0));
    grouped(((number / step).round() * step) as u64)
}

/// `160000` as `160,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The shop whose cache grows from ten servers to eleven.
fn story() -> Vec<(&'static str, String)> {
    const REQUESTS_PER_SEC: f64 = 50_000.0;
    const HIT_RATIO: f64 = 0.95;
    let queries = |moved: f64| REQUESTS_PER_SEC * (1.0 - HIT_RATIO * (1.0 - moved));
    let before = queries(0.0);
    let modulo = queries(theory::modulo_moved(SERVERS as usize, SERVERS as usize + 1));
    let ring = queries(theory::ring_moved_by_adding_to(SERVERS));
    vec![
        ("story_requests", grouped(REQUESTS_PER_SEC as u64)),
        ("story_hit_ratio", format!("{:.0}%", HIT_RATIO * 100.0)),
        ("story_queries_before", rounded(before)),
        ("story_queries_modulo", rounded(modulo)),
        ("story_times_modulo", format!("{:.0}", modulo / before)),
        ("story_queries_ring", rounded(ring)),
        ("story_times_ring", format!("{:.1}", ring / before)),
    ]
}

/// What moves when servers come.
fn growth() -> Vec<(&'static str, String)> {
    let rows = [(3, 4), (4, 5), (10, 11), (100, 101), (10, 20)].map(|(before, after)| {
        let ring = (after - before) as f64 / after as f64;
        [
            format!("{before} → {after}"),
            per_cent(theory::modulo_moved(before, after)),
            per_cent(ring),
        ]
    });
    let keys = sample_keys(28, 20_000);
    let bytes: Vec<&[u8]> = keys.iter().map(|key| key.as_bytes()).collect();
    let measured = Modulo::moved(&bytes, SERVERS as usize, SERVERS as usize + 1);
    vec![
        (
            "growth_table",
            table(
                &["servers", "`hash % n` moves", "a ring moves, on average"],
                rows,
            ),
        ),
        ("growth_keys", grouped(keys.len() as u64)),
        (
            "growth_measured",
            per_cent(measured as f64 / keys.len() as f64),
        ),
        ("growth_expected", per_cent(theory::modulo_moved(10, 11))),
        ("growth_ring", per_cent(theory::ring_moved_by_adding_to(10))),
        ("arrivals_table", arrivals_table()),
        ("rings", RINGS.to_string()),
    ]
}

fn arrivals_table() -> String {
    let rows = [1, 10, 100, 500].map(|points| {
        let found = arrivals(RINGS, SERVERS, points);
        [
            points.to_string(),
            per_cent(found.moved.mean),
            format!(
                "{} to {}",
                per_cent(found.moved.min),
                per_cent(found.moved.max)
            ),
            format!("{:.1}", found.donors.mean),
            format!("{:.1}", found.heirs.mean),
        ]
    });
    table(
        &[
            "points a server",
            "one joins: moves, mean",
            "one joins: moves, least to most",
            "one joins: servers that give",
            "one leaves: servers that inherit",
        ],
        rows,
    )
}

/// How even the loads are.
fn balance() -> Vec<(&'static str, String)> {
    /// What the fullest server may have of its fair share, in a question of the text.
    const GOAL: f64 = 1.2;
    let keys = sample_keys(28, 20_000);
    let servers = sample_servers(SERVERS as usize);
    let modulo = Placement::of(&servers, &keys, |key| {
        Modulo::owner(key, servers.len()).map(|number| servers[number].as_str())
    });
    let modulo = modulo
        .balance()
        .map_or(f64::NAN, |balance| balance.max_over_mean);
    let rows = [1, 10, 100, 160, 500].map(|points| {
        let measured = fullest_server(RINGS, SERVERS, points);
        [
            points.to_string(),
            format!("{:.2}", expected_max_over_mean(SERVERS, points)),
            format!("{:.2}", measured.mean),
            format!("{:.2} to {:.2}", measured.low, measured.high),
            per_cent(theory::stdev_over_mean(SERVERS, points)),
        ]
    });
    let head = [
        "points a server",
        "fullest server, expected",
        "measured",
        "80% of the rings",
        "standard deviation, expected",
    ];
    let hundred = fullest_server(RINGS, SERVERS, 100);
    let enough = (1..).find(|points| expected_max_over_mean(SERVERS, *points) < GOAL);
    let letters = |points| -> Vec<String> {
        let circle = real_circle(points);
        shares(&circle)
            .iter()
            .map(|(server, share)| format!("{server} {:.0}%", share * 100.0))
            .collect()
    };
    vec![
        ("balance_table", table(&head, rows)),
        ("balance_modulo", format!("{modulo:.2}")),
        (
            "balance_one_point",
            format!("{:.2}", theory::harmonic(SERVERS)),
        ),
        ("largest_share", per_cent(theory::largest_share(SERVERS))),
        ("fair_share", per_cent(1.0 / f64::from(SERVERS))),
        ("letters_one_point", letters(1).join(", ")),
        ("letters_eight_points", letters(8).join(", ")),
        ("balance_goal", format!("{GOAL:.1}")),
        (
            "balance_enough",
            enough.map_or_else(|| "none".to_owned(), |points: u32| points.to_string()),
        ),
        ("balance_high_hundred", format!("{:.2}", hundred.high)),
        ("points", POINTS.to_string()),
        (
            "points_stdev",
            per_cent(theory::stdev_over_mean(SERVERS, POINTS)),
        ),
    ]
}

/// How large a ring has to be, and is.
fn size() -> Vec<(&'static str, String)> {
    let toy = [3, 10, 20, 30].map(|points| {
        [
            points.to_string(),
            per_cent(theory::collision(points, 256.0)),
        ]
    });
    let points = 1000 * POINTS;
    let real = theory::collision(points, 2.0_f64.powi(64));
    let bytes = u64::from(points) * size_of::<Point>() as u64;
    vec![
        (
            "collision_table",
            table(&["points on 256 positions", "two or more collide"], toy),
        ),
        ("collision_points", grouped(u64::from(points))),
        ("collision_real", format!("1 in {}", rounded(1.0 / real))),
        ("ring_megabytes", format!("{:.1} MB", bytes as f64 / 1e6)),
        (
            "ring_steps",
            format!("{:.0}", f64::from(points).log2().ceil()),
        ),
    ]
}

/// A cap of a quarter above the mean, on rings with one point a server.
fn bounded() -> Vec<(&'static str, String)> {
    const EPSILON_PER_CENT: u32 = 25;
    const KEYS: usize = 10_000;
    let keys = sample_keys(28, KEYS);
    let mut fullest = 0.0_f64;
    let elsewhere = Spread::of((0..RINGS).map(|number| {
        let servers = (0..SERVERS).map(|server| format!("ring-{number}-server-{server}"));
        let mut ring = BoundedRing::new(
            RingHash::XXH3,
            std::num::NonZeroU32::MIN,
            EPSILON_PER_CENT,
            servers,
        )
        .unwrap_or_else(|error| panic!("numbered names are distinct: {error}"));
        let plain = numbered_ring(number, SERVERS, 1);
        let elsewhere = keys.iter().filter(|key| {
            let first_choice = plain.owner_at(key_position(key.as_bytes()));
            let server = ring
                .assign(key)
                .unwrap_or_else(|error| panic!("the ring has servers: {error}"));
            Some(server) != first_choice
        });
        let elsewhere = elsewhere.count() as f64 / KEYS as f64;
        let most = ring.loads().map(|(_, load)| load).max().unwrap_or(0);
        fullest = fullest.max(most as f64 * f64::from(SERVERS) / KEYS as f64);
        elsewhere
    }));
    vec![
        ("bounded_epsilon", format!("{EPSILON_PER_CENT}%")),
        ("bounded_keys", grouped(KEYS as u64)),
        (
            "bounded_before",
            format!("{:.2}", fullest_server(RINGS, SERVERS, 1).mean),
        ),
        ("bounded_after", format!("{fullest:.2}")),
        ("bounded_elsewhere", per_cent(elsewhere.mean)),
        (
            "bounded_elsewhere_most_rings",
            format!(
                "{} to {}",
                per_cent(elsewhere.low),
                per_cent(elsewhere.high)
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_reader_would_say_them() {
        assert_eq!(rounded(45_682.4), "45,700");
        assert_eq!(rounded(2_500.0), "2,500");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(per_cent(0.9091), "90.9%");
    }

    #[test]
    fn no_number_is_missing() {
        for (name, text) in pieces() {
            assert!(
                !text.contains("NaN") && !text.contains("inf") && !text.is_empty(),
                "{name}: {text}"
            );
        }
    }
}
