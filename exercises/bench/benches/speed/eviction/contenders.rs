//! The caches that race, and how each is asked.

use std::hash::RandomState;
use std::num::NonZeroUsize;

use exercises::eviction::kit::FastHash;
use exercises::eviction::{
    Arc, Cache, Clock, Fetched, Fifo, Lfu, Lru, Random, Replacer, S3Fifo, Sieve, TinyLfu, TwoQueue,
};
use rustc_hash::{FxBuildHasher, FxHasher};

type Fx = std::hash::BuildHasherDefault<FxHasher>;

/// A cache by name.
pub(super) struct Contender {
    pub(super) name: &'static str,
    /// Plays a trace on a new cache of this size, and counts what misses.
    pub(super) misses: fn(&[u64], usize) -> u64,
}

/// Every contender; goals name them.
pub(super) fn contenders() -> Vec<Contender> {
    let mut all: Vec<Contender> = Vec::new();
    let mut add = |name, misses| all.push(Contender { name, misses });
    add("ours: FIFO, quick hash", ours::<Fifo, FastHash>);
    add("ours: CLOCK, quick hash", ours::<Clock, FastHash>);
    add("ours: random, quick hash", ours::<Random, FastHash>);
    add("ours: LRU, quick hash", ours::<Lru, FastHash>);
    add("ours: LRU, SipHash", ours::<Lru, RandomState>);
    add("ours: SIEVE, quick hash", ours::<Sieve, FastHash>);
    add("ours: SIEVE, SipHash", ours::<Sieve, RandomState>);
    add("ours: LFU, quick hash", ours::<Lfu, FastHash>);
    add("ours: S3-FIFO, quick hash", ours::<S3Fifo, FastHash>);
    add("ours: 2Q, quick hash", ours::<TwoQueue, FastHash>);
    add("ours: ARC, quick hash", ours::<Arc, FastHash>);
    add("ours: W-TinyLFU, quick hash", ours::<TinyLfu, FastHash>);
    add("lru", lru_fx);
    add("lru, SipHash", lru_sip);
    add("schnellru", schnellru);
    add("hashlink", hashlink);
    add("quick_cache (unsync)", quick_cache);
    add("mini-moka (unsync)", mini_moka);
    add("arc-cache", arc_cache);
    all
}

fn places(size: usize) -> NonZeroUsize {
    NonZeroUsize::new(size).expect("a cache has places")
}

/// The value of a key: something that the compiler cannot leave out.
fn value(key: u64) -> u64 {
    key ^ 1
}

fn ours<R: Replacer, S: std::hash::BuildHasher + Default>(trace: &[u64], size: usize) -> u64 {
    let mut cache = Cache::<R, u64, u64, S>::new(places(size));
    count(trace, |key| {
        let (hit, found) = match cache.get_or_insert_with(key, || value(key)) {
            Fetched::Hit(found) => (true, *found),
            Fetched::Miss { value, .. } => (false, *value),
        };
        std::hint::black_box(found);
        hit
    })
}

/// Asks for every key, and counts what `access` did not find.
fn count(trace: &[u64], mut access: impl FnMut(u64) -> bool) -> u64 {
    trace.iter().map(|key| u64::from(!access(*key))).sum()
}

/// For caches that have one call to look up and one to insert.
macro_rules! two_calls {
    ($trace:ident, $cache:ident, $get:ident, $insert:ident) => {
        count($trace, |key| match $cache.$get(&key) {
            Some(found) => {
                std::hint::black_box(*found);
                true
            }
            None => {
                $cache.$insert(key, value(key));
                false
            }
        })
    };
}

fn lru_fx(trace: &[u64], size: usize) -> u64 {
    let mut cache = lru::LruCache::with_hasher(places(size), FxBuildHasher);
    two_calls!(trace, cache, get, put)
}

fn lru_sip(trace: &[u64], size: usize) -> u64 {
    let mut cache = lru::LruCache::with_hasher(places(size), RandomState::new());
    two_calls!(trace, cache, get, put)
}

fn schnellru(trace: &[u64], size: usize) -> u64 {
    let limit = schnellru::ByLength::new(size as u32);
    let mut cache = schnellru::LruMap::<u64, u64, _, Fx>::with_hasher(limit, Fx::default());
    count(trace, |key| {
        let mut hit = true;
        let found = cache.get_or_insert(key, || {
            hit = false;
            value(key)
        });
        std::hint::black_box(found.map(|found| *found));
        hit
    })
}

fn hashlink(trace: &[u64], size: usize) -> u64 {
    let mut cache = hashlink::LruCache::with_hasher(size, FxBuildHasher);
    two_calls!(trace, cache, get, insert)
}

fn quick_cache(trace: &[u64], size: usize) -> u64 {
    let mut cache = quick_cache::unsync::Cache::with(
        size,
        size as u64,
        quick_cache::UnitWeighter,
        FxBuildHasher,
        quick_cache::unsync::DefaultLifecycle::default(),
    );
    two_calls!(trace, cache, get, insert)
}

fn mini_moka(trace: &[u64], size: usize) -> u64 {
    let builder = mini_moka::unsync::Cache::builder().max_capacity(size as u64);
    let mut cache = builder
        .initial_capacity(size)
        .build_with_hasher(FxBuildHasher);
    two_calls!(trace, cache, get, insert)
}

fn arc_cache(trace: &[u64], size: usize) -> u64 {
    let mut cache =
        arc_cache::ArcCache::with_hasher(size, FxBuildHasher).expect("the size is not 0");
    two_calls!(trace, cache, get_mut, insert)
}
