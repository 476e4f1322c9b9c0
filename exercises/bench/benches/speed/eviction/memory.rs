//! Bytes that an entry takes: what a full cache of 100,000 entries of 8 + 8 bytes has
//! added to the memory of this process.
//!
//! Each is built in a process of its own, this program again, because freed memory is not
//! always given back and one measurement would hide in the last. Linux only.

use std::env;
use std::hash::BuildHasher;
use std::num::NonZeroUsize;
use std::process::Command;

use bench::Table;
use exercises::eviction::kit::FastHash;
use exercises::eviction::{Arc, Cache, Clock, Fifo, Lfu, Lru, Replacer, S3Fifo, Sieve, TinyLfu};
use rustc_hash::FxBuildHasher;

const ENTRIES: u64 = 100_000;

/// Tells a child which cache to build.
const WHICH: &str = "BENCH_EVICTION_MEMORY";

/// A cache's name, how to fill one, and the most bytes an entry that are the goal.
type Filled = (&'static str, fn(), Option<f64>);

const ALL: [Filled; 12] = [
    ("ours: FIFO", ours::<Fifo>, None),
    ("ours: CLOCK", ours::<Clock>, None),
    ("ours: LRU", ours::<Lru>, Some(48.0)),
    ("ours: SIEVE", ours::<Sieve>, Some(48.0)),
    ("ours: LFU", ours::<Lfu>, None),
    ("ours: S3-FIFO", ours::<S3Fifo>, None),
    ("ours: ARC", ours::<Arc>, None),
    ("ours: W-TinyLFU", ours::<TinyLfu>, None),
    ("lru", lru, None),
    ("schnellru", schnellru, None),
    ("hashlink", hashlink, None),
    ("quick_cache (unsync)", quick_cache, None),
];

/// Prints the table; in a child, one number.
pub(super) fn run() {
    let mut table = Table::new([
        "bytes an entry, 100,000 of u64 -> u64",
        "bytes",
        "at most",
        "",
    ]);
    for (name, _, most) in ALL {
        let Some(bytes) = measured(name) else {
            continue;
        };
        let (limit, verdict) = match most {
            Some(most) => (
                format!("{most:.0}"),
                if bytes <= most { "met" } else { "missed" },
            ),
            None => (String::new(), ""),
        };
        table.row([name, &format!("{bytes:.0}"), &limit, verdict]);
    }
    println!("{table}");
}

/// If this process is such a child: fills the cache, prints what it added, and says so.
pub(crate) fn answers() -> bool {
    let Ok(which) = env::var(WHICH) else {
        return false;
    };
    let found = ALL.iter().find(|(name, _, _)| *name == which);
    let (_, fill, _) = found.expect("the parent names one of them");
    fill();
    true
}

fn measured(name: &str) -> Option<f64> {
    let program = env::current_exe().ok()?;
    let output = Command::new(program).env(WHICH, name).output().ok()?;
    let bytes: f64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(bytes / ENTRIES as f64)
}

/// Resident bytes of this process.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    kib.and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Fills with twice as many keys as fit, so that evicting is part of it.
fn fill<C>(make: impl FnOnce() -> C, mut insert: impl FnMut(&mut C, u64)) {
    let before = resident();
    let mut cache = make();
    for key in 0..2 * ENTRIES {
        insert(&mut cache, key.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    }
    println!("{}", resident().saturating_sub(before));
    std::hint::black_box(&cache);
}

fn places() -> NonZeroUsize {
    NonZeroUsize::new(ENTRIES as usize).expect("it is not 0")
}

fn ours<R: Replacer>()
where
    FastHash: BuildHasher,
{
    fill(
        || Cache::<R, u64, u64, FastHash>::new(places()),
        |cache, key| {
            cache.insert(key, key);
        },
    );
}

fn lru() {
    fill(
        || lru::LruCache::with_hasher(places(), FxBuildHasher),
        |cache, key| {
            cache.put(key, key);
        },
    );
}

fn schnellru() {
    let limit = schnellru::ByLength::new(ENTRIES as u32);
    fill(
        || schnellru::LruMap::with_hasher(limit, FxBuildHasher),
        |cache, key| {
            cache.insert(key, key);
        },
    );
}

fn hashlink() {
    fill(
        || hashlink::LruCache::with_hasher(ENTRIES as usize, FxBuildHasher),
        |cache, key| {
            cache.insert(key, key);
        },
    );
}

fn quick_cache() {
    fill(
        || {
            quick_cache::unsync::Cache::with(
                ENTRIES as usize,
                ENTRIES,
                quick_cache::UnitWeighter,
                FxBuildHasher,
                quick_cache::unsync::DefaultLifecycle::default(),
            )
        },
        |cache, key| cache.insert(key, key),
    );
}
