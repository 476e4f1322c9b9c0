//! Which figures the chapter has, and on which rings they are drawn.

use std::num::NonZeroU32;

use super::{BalanceFigure, ChangeFigure, GrowthFigure, RingFigure, hot, methods, numbers, racks};
use crate::consistent_hashing::{Circle, RingHash, VirtualRing, sample_keys};
use crate::figure::{BookFile, Figure};

pub(super) const CHAPTER: &str = "28-consistent-hashing";

/// Positions of the toy ring: what one byte can say.
const TOY: u64 = 256;

/// The toy ring's keys, clockwise, as [`RingHash::LABELLED`] reads them.
const TOY_KEYS: [&str; 4] = ["key1@14", "key2@150", "key3@196", "key4@240"];

/// Every file of the chapter that code makes.
pub fn book_files() -> Vec<BookFile> {
    let toy = toy_ring(&["A@40", "B@110", "C@220"]);
    let grown = toy_ring(&["A@40", "B@110", "C@220", "D@170"]);
    let shrunk = toy_ring(&["B@110", "C@220"]);
    let change = |after: &VirtualRing, title| {
        let change = ChangeFigure::new(toy.circle(), after.circle()).positions(TOY);
        let named = TOY_KEYS.iter().fold(change, |change, key| {
            change.key(key_name(key), toy.position(key))
        });
        named.draw(title)
    };
    let named = TOY_KEYS[..2].iter().fold(
        RingFigure::of(toy.circle()).positions(TOY),
        |figure, key| figure.key(key_name(key), toy.position(key)),
    );
    let figures: Vec<(&str, Figure)> = vec![
        (
            "toy-ring",
            named.draw("A ring with three servers and two keys"),
        ),
        ("server-joins", change(&grown, "Server D joins")),
        ("server-leaves", change(&shrunk, "Server A leaves")),
        (
            "one-point",
            real_ring(1, "Four servers with one point each"),
        ),
        (
            "virtual-nodes",
            real_ring(8, "The same four servers with eight points each"),
        ),
        ("balance", balance().draw()),
        ("growth", growth(&sample_keys(28, 10_000)).draw()),
        ("hot-keys", hot::figure()),
    ];
    let mut files: Vec<BookFile> = figures
        .iter()
        .map(|(name, figure)| BookFile::figure(CHAPTER, name, figure))
        .collect();
    let mut pieces = numbers::pieces();
    pieces.push(("balance_data", balance().table()));
    pieces.push(("growth_data", growth(&sample_keys(28, 10_000)).table()));
    pieces.extend(racks::pieces());
    pieces.extend(methods::pieces());
    pieces.extend(hot::pieces());
    files.push(BookFile::pieces(CHAPTER, "numbers", &pieces));
    files
}

fn toy_ring(servers: &[&str]) -> VirtualRing {
    let mut ring = VirtualRing::new(RingHash::LABELLED, NonZeroU32::MIN);
    for server in servers {
        ring.add(server)
            .unwrap_or_else(|error| panic!("the toy ring's names are distinct: {error}"));
    }
    ring
}

fn key_name(key: &str) -> &str {
    key.split('@').next().unwrap_or(key)
}

/// Servers A to D where XXH3 really puts them, with some keys as dots.
fn real_ring(points_per_server: u32, title: &str) -> Figure {
    let circle = real_circle(points_per_server);
    let keys = sample_keys(28, 100);
    let dotted = keys.iter().fold(RingFigure::of(&circle), |figure, key| {
        figure.key(key, RingHash::XXH3.key(key.as_bytes()))
    });
    dotted.draw(title)
}

/// Servers A to D where XXH3 really puts them.
pub(super) fn real_circle(points_per_server: u32) -> Circle {
    let servers = ["A", "B", "C", "D"];
    Circle::from_servers(servers, |server| {
        super::rings::positions(server, points_per_server)
    })
    .unwrap_or_else(|error| panic!("four letters are distinct: {error}"))
}

fn balance() -> BalanceFigure {
    BalanceFigure {
        servers: 10,
        points: vec![1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        rings: numbers::RINGS,
    }
}

fn growth(keys: &[String]) -> GrowthFigure<'_> {
    GrowthFigure {
        servers: vec![1, 2, 3, 5, 7, 10, 13, 16, 20, 25, 30, 35, 40, 45, 50],
        points_per_server: numbers::POINTS,
        keys,
    }
}
