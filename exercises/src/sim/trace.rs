//! Traces: lists of requested keys, as caches meet them.
//!
//! | trace | what it stands for |
//! |---|---|
//! | [`zipf`] | many users, independent of each other: some keys are popular, and stay so |
//! | [`drifting`] | the same, with favourites that change |
//! | [`looping`] | one program that reads the same data over and over |
//! | [`with_scans`] | popular keys, and now and then a backup that reads everything once |
//! | [`block_storage`] | a virtual machine's disk: short runs of blocks, often read once more, and a few hot ones |
//!
//! They are models, not recordings. To judge a policy for a system of your own, record what that
//! system is asked for.

use std::collections::BTreeMap;
use std::collections::btree_map::OccupiedEntry;
use std::ops::Range;

use rand::RngExt;

use super::Zipf;
use crate::random::seeded;

/// Independent requests after Zipf's law; key 0 is the most popular.
///
/// # Examples
///
/// ```
/// use exercises::sim::trace;
///
/// let trace = trace::zipf(1, 100, 1.0, 1000);
/// assert_eq!(trace.len(), 1000);
/// assert!(trace.iter().all(|key| *key < 100));
/// ```
///
/// # Time complexity
///
/// O(keys + requests · log keys).
pub fn zipf(seed: u64, keys: usize, exponent: f64, requests: usize) -> Vec<u64> {
    let zipf = Zipf::new(keys, exponent);
    let mut random = seeded(seed);
    (0..requests).map(|_| zipf.draw(&mut random)).collect()
}

/// Zipf's law with exponent 1, whose favourites change `changes` times: every time all keys
/// get other ranks.
///
/// # Examples
///
/// ```
/// use exercises::sim::trace;
///
/// let trace = trace::drifting(1, 100, 1, 1000);
/// let count = |half: &[u64], key| half.iter().filter(|each| **each == key).count();
/// let (before, after) = trace.split_at(500);
/// assert!(count(before, 0) > 4 * count(after, 0), "key 0 is the first favourite");
/// ```
///
/// # Time complexity
///
/// O(keys + requests · log keys).
pub fn drifting(seed: u64, keys: usize, changes: usize, requests: usize) -> Vec<u64> {
    let lasts = requests.div_ceil(changes + 1).max(1);
    // Ranks move on by about a golden section of the keys, so that no favourite soon comes back.
    let step = (keys as f64 * 0.618) as u64;
    let ranks = zipf(seed, keys, 1.0, requests);
    let moved = ranks.iter().enumerate().map(|(now, rank)| {
        let phase = (now / lasts) as u64;
        (rank + phase * step) % keys as u64
    });
    moved.collect()
}

/// Keys 0 to `keys` - 1 in turn, again and again.
///
/// # Examples
///
/// ```
/// use exercises::sim::trace;
///
/// assert_eq!(trace::looping(3, 5), [0, 1, 2, 0, 1]);
/// ```
///
/// # Time complexity
///
/// O(requests).
pub fn looping(keys: u64, requests: usize) -> Vec<u64> {
    (0..keys).cycle().take(requests).collect()
}

/// `base`, with a scan of `scan` keys that nobody asked for before or will again after every
/// `every` requests.
///
/// # Examples
///
/// ```
/// use exercises::sim::trace;
///
/// assert_eq!(trace::with_scans(&[0, 1, 0, 1], 2, 3), [0, 1, 2, 3, 4, 0, 1, 5, 6, 7]);
/// ```
///
/// # Panics
///
/// If `every` is 0.
///
/// # Time complexity
///
/// O(length of the result).
pub fn with_scans(base: &[u64], every: usize, scan: usize) -> Vec<u64> {
    let mut fresh = base.iter().max().map_or(0, |most| most + 1)..;
    let mut trace = Vec::with_capacity(base.len() + base.len() / every * scan);
    for requests in base.chunks(every) {
        trace.extend_from_slice(requests);
        trace.extend(fresh.by_ref().take(scan));
    }
    trace
}

/// Requests of a virtual machine to its disk.
///
/// Shaped after the block trace that comes with the simulator libCacheSim, a small part of
/// those that the company CloudPhysics published: 113,872 requests for 48,974 blocks, of which
/// 43 % are asked for once and 38 % twice, in runs, and a few blocks very often. Here, too,
/// a third of the requests goes to hot blocks, after Zipf's law; the others are runs of new
/// blocks, and of each two runs, one is read once more, some time later. Not modelled: times,
/// sizes, writes.
///
/// # Examples
///
/// ```
/// use exercises::sim::trace;
///
/// assert_eq!(trace::block_storage(1, 1000), trace::block_storage(1, 1000));
/// ```
///
/// # Time complexity
///
/// O(requests).
pub fn block_storage(seed: u64, requests: usize) -> Vec<u64> {
    const HOT_BLOCKS: usize = 5_000;
    const LONGEST_RUN: u64 = 128;
    let hot = Zipf::new(HOT_BLOCKS, 1.0);
    let mut random = seeded(seed);
    let mut trace = Vec::with_capacity(requests);
    let mut next_block = HOT_BLOCKS as u64;
    // Runs that will be read again, by when.
    let mut again: BTreeMap<usize, Range<u64>> = BTreeMap::new();
    while trace.len() < requests {
        let now = trace.len();
        let due = again.first_entry().filter(|first| *first.key() <= now);
        let run = due.map(OccupiedEntry::remove).unwrap_or_else(|| {
            let run = next_block..next_block + random.random_range(1..=LONGEST_RUN);
            next_block = run.end;
            if random.random_bool(0.8) {
                let soon = random.random_bool(0.35);
                let (from, to) = if soon { (0.05, 0.20) } else { (0.45, 0.70) };
                let later = requests as f64 * random.random_range(from..to);
                again.insert(now + later as usize, run.clone());
            }
            run
        });
        for block in run {
            trace.push(block);
            while random.random_bool(0.22) {
                trace.push(hot.draw(&mut random));
            }
        }
    }
    trace.truncate(requests);
    trace
}
