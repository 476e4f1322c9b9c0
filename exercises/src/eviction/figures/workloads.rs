//! The traces of the chapter, with the policies that each is there to tell apart.

use crate::eviction::Kind;
use crate::sim::trace;

/// One of the chapter's traces.
pub(super) struct Workload {
    /// Name of its figure's file.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) trace: Vec<u64>,
    /// What its figure shows.
    pub(super) kinds: [Kind; 5],
    /// Sizes of its figure.
    pub(super) capacities: Vec<usize>,
    /// The size at which the table compares all policies.
    pub(super) table_capacity: usize,
}

pub(super) fn all() -> Vec<Workload> {
    vec![zipf(), scans(), looping(), drift(), disk()]
}

fn zipf() -> Workload {
    Workload {
        name: "zipf",
        title: "Popular keys (Zipf's law)",
        trace: trace::zipf(26, 10_000, 1.0, 100_000),
        kinds: [
            Kind::Fifo,
            Kind::Lru,
            Kind::Sieve,
            Kind::TinyLfu,
            Kind::Belady,
        ],
        capacities: vec![10, 30, 100, 300, 1_000, 3_000],
        table_capacity: 1_000,
    }
}

fn scans() -> Workload {
    let popular = trace::zipf(27, 5_000, 1.0, 60_000);
    Workload {
        name: "scans",
        title: "Popular keys, and a scan now and then",
        trace: trace::with_scans(&popular, 3_000, 2_000),
        kinds: [
            Kind::Lru,
            Kind::Clock,
            Kind::TwoQueue,
            Kind::Arc,
            Kind::Belady,
        ],
        capacities: vec![30, 100, 300, 1_000, 3_000],
        table_capacity: 1_000,
    }
}

fn looping() -> Workload {
    Workload {
        name: "loop",
        title: "A loop over 1,000 keys",
        trace: trace::looping(1_000, 50_000),
        kinds: [
            Kind::Lru,
            Kind::Mru,
            Kind::Random,
            Kind::S3Fifo,
            Kind::Belady,
        ],
        capacities: vec![100, 200, 400, 600, 800, 900, 999, 1_000],
        table_capacity: 900,
    }
}

fn drift() -> Workload {
    Workload {
        name: "drift",
        title: "Favourites that change",
        trace: trace::drifting(28, 10_000, 4, 100_000),
        kinds: [
            Kind::Lru,
            Kind::Lfu,
            Kind::S3Fifo,
            Kind::TinyLfu,
            Kind::Belady,
        ],
        capacities: vec![10, 30, 100, 300, 1_000, 3_000],
        table_capacity: 1_000,
    }
}

fn disk() -> Workload {
    Workload {
        name: "disk",
        title: "A virtual machine's disk",
        trace: trace::block_storage(29, 100_000),
        kinds: [
            Kind::Lru,
            Kind::Sieve,
            Kind::S3Fifo,
            Kind::Arc,
            Kind::Belady,
        ],
        capacities: vec![400, 1_000, 4_000, 10_000, 20_000, 40_000],
        table_capacity: 4_000,
    }
}
