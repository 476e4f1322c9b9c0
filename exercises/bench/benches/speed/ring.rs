//! Rings: a lookup among 10 and among 1,000 servers of 160 points, and a build.
//!
//! Keys are 8 bytes long, the case in which the search weighs most and the hash
//! least. `hashring` and `consistent_hash` run with the hash that they come with
//! (SipHash) and with ours (XXH3), since a user who wants speed would change it.

mod contenders;
mod quality;

use std::hint::black_box;
use std::num::NonZeroU32;

use bench::{Race, Results, Table};
use exercises::consistent_hashing::{Circle, FastRing, point_position};

use contenders::{Rings, Theirs};

const POINTS: u32 = 160;
/// Many times the 160,000 points, so that a round is not spent on filling the cache.
const KEYS: usize = 1 << 21;
const ROUNDS: usize = 15;

/// Names of the contenders that goals speak of.
const HASH: &str = "XXH3 alone";
const PLAIN: &str = "sorted Vec (Circle)";
const FAST: &str = "guide table (FastRing)";
const HASHRING: &str = "hashring 0.3.6";

pub(crate) fn run(for_book: bool) {
    println!(
        "consistent hashing, {POINTS} points a server, 8-byte keys, CPU time, {ROUNDS} interleaved rounds\n"
    );
    let (small, large) = (lookups(10), lookups(1000));
    let mut table = Table::new([
        "lookup",
        "10 servers ns",
        "/ plain",
        "1,000 servers ns",
        "/ plain",
    ]);
    for name in small.names() {
        let mut cells = vec![name.to_owned()];
        for results in [&small, &large] {
            cells.push(format!("{:.1}", results.ns(name)));
            cells.push(format!("{:.2}", results.ratio(name, PLAIN)));
        }
        table.row(cells);
    }
    println!("{table}");
    let builds = builds(1000);
    let mut table = Table::new(["build of 1,000 servers", "ms", "/ hash and sort"]);
    for name in builds.names() {
        let ms = builds.ns(name) / 1e6;
        table.row([
            name.to_owned(),
            format!("{ms:.1}"),
            format!("{:.2}", builds.ratio(name, SORT)),
        ]);
    }
    println!("{table}");
    goals(&small, &large, &builds);
    quality::print();
    if for_book {
        book(&small, &large);
    }
}

/// What the chapter shows of the lookups.
fn book(small: &Results, large: &Results) {
    let rows = [
        ("the hash alone", HASH),
        ("ring, 160 points a server, binary search", PLAIN),
        ("ring, 160 points a server, guide table", FAST),
        ("one point a server, 21 probes a key", contenders::PROBES),
        ("rendezvous", contenders::RENDEZVOUS),
        ("jump hash", contenders::JUMP),
        ("Maglev, 65,537 slots", contenders::MAGLEV),
    ];
    let mut text =
        "| CPU time of a look-up, ns | 10 servers | 1,000 servers |\n|---|---|---|\n".to_owned();
    for (shown, name) in rows {
        let [ten, thousand] = [small, large].map(|results| format!("{:.1}", results.ns(name)));
        text += &format!("| {shown} | {ten} | {thousand} |\n");
    }
    let file = "28-consistent-hashing/lookup.md";
    let command = "cargo bench -p bench -- ring --book";
    if let Err(error) = bench::write_for_book(file, command, &text) {
        eprintln!("cannot write {file} for the book: {error}");
    }
}

fn servers(count: u32) -> Vec<String> {
    (0..count)
        .map(|number| format!("cache-{number:04}.example:6379"))
        .collect()
}

fn lookups(count: u32) -> Results {
    let names = servers(count);
    let rings = Rings::new(&names, POINTS);
    rings.assert_same_owners(KEYS);
    let mut race = Race::default();
    race.add(HASH, KEYS, || contenders::hashes(KEYS));
    race.add(PLAIN, KEYS, || rings.plain_lookups(KEYS));
    race.add(FAST, KEYS, || rings.fast_lookups(KEYS));
    rings.add_others(&mut race, KEYS);
    race.run(ROUNDS)
}

/// What every ring of this kind has to do: hash all points and sort them.
const SORT: &str = "hash and sort";

fn builds(count: u32) -> Results {
    let names = servers(count);
    let points = NonZeroU32::new(POINTS).expect("160 is not 0");
    let mut race = Race::default();
    race.add(SORT, 1, || {
        let points = (0_u32..).zip(&names);
        let mut points: Vec<(u64, u32)> = points
            .flat_map(|(server, name)| {
                (0..POINTS).map(move |index| (point_position(name, index), server))
            })
            .collect();
        points.sort_unstable();
        black_box(points).len() as u64
    });
    race.add(PLAIN, 1, || {
        let circle = Circle::from_servers(&names, |name| {
            (0..POINTS)
                .map(|index| point_position(name, index))
                .collect::<Vec<u64>>()
        });
        black_box(circle).is_ok().into()
    });
    race.add(FAST, 1, || {
        black_box(FastRing::from_servers(points, &names))
            .is_ok()
            .into()
    });
    race.add(HASHRING, 1, || {
        black_box(Theirs::hashring(count, POINTS)).len() as u64
    });
    race.add("consistent_hash 0.1.4", 1, || {
        black_box(Theirs::consistent_hash(&names, POINTS)).len() as u64
    });
    race.run(ROUNDS)
}

fn goals(small: &Results, large: &Results, builds: &Results) {
    let mut table = Table::new(["goal", "at most", "measured", ""]);
    let mut goal = |name: &str, limit: f64, ratio: f64| {
        let met = if ratio <= limit { "met" } else { "missed" };
        table.row([name, &format!("{limit:.3}"), &format!("{ratio:.3}"), met]);
    };
    goal(
        "guide table / sorted Vec, 10 servers",
        0.45,
        small.ratio(FAST, PLAIN),
    );
    goal(
        "guide table / sorted Vec, 1,000 servers",
        0.20,
        large.ratio(FAST, PLAIN),
    );
    goal(
        "guide table / hashring, 10 servers",
        1.0 / 4.0,
        small.ratio(FAST, HASHRING),
    );
    goal(
        "guide table / hashring, 1,000 servers",
        1.0 / 12.0,
        large.ratio(FAST, HASHRING),
    );
    goal(
        "build of the guide table / hash and sort",
        1.5,
        builds.ratio(FAST, SORT),
    );
    println!("{table}");
}
