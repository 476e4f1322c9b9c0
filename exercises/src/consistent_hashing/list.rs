//! The topic's exercises, as the catalog lists them.

use super::{
    BoundedRing, Jump, Maglev, Modulo, ProbeRing, RackRing, Rendezvous, Ring, VirtualRing,
    WeightedRing, checks, wrong,
};
use crate::catalog::Exercise;

/// The page of the book, and the notebook, that teach the topic.
const CHAPTER: &str = "28-consistent-hashing";

const TOPIC: &str = "consistent_hashing";

/// The topic's exercises, in teaching order.
pub fn exercises() -> Vec<Exercise> {
    vec![
        modulo_placement(),
        hash_ring(),
        virtual_nodes(),
        weighted_nodes(),
        replicas(),
        rack_replicas(),
        bounded_loads(),
        rendezvous(),
        jump_hash(),
        maglev_table(),
        multi_probe(),
    ]
}

fn modulo_placement() -> Exercise {
    Exercise {
        id: "modulo_placement",
        formerly: &[],
        title: "Modulo placement",
        summary: "Place keys with `hash(key) % n`, and count how many move when `n` changes.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-problem",
        reference: "exercises/src/consistent_hashing/modulo.rs",
        minutes: 10,
        requires: &[],
        checks: checks::modulo_placement::all::<Modulo>,
        wrong: wrong::modulo_placement::ALL.to_vec(),
    }
}

fn hash_ring() -> Exercise {
    Exercise {
        id: "hash_ring",
        formerly: &[],
        title: "Hash ring",
        summary: "Put servers on a circle of hashes, and give each key to the first one clockwise.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "a-ring",
        reference: "exercises/src/consistent_hashing/ring.rs",
        minutes: 25,
        requires: &["modulo_placement"],
        checks: checks::hash_ring::all::<Ring>,
        wrong: wrong::hash_ring::ALL.to_vec(),
    }
}

fn virtual_nodes() -> Exercise {
    Exercise {
        id: "virtual_nodes",
        formerly: &[],
        title: "Virtual nodes",
        summary: "Give each server many points on the ring, so that loads even out.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "virtual-nodes",
        reference: "exercises/src/consistent_hashing/virtual_nodes.rs",
        minutes: 20,
        requires: &["hash_ring"],
        checks: checks::virtual_nodes::all::<VirtualRing>,
        wrong: wrong::virtual_nodes::ALL.to_vec(),
    }
}

fn weighted_nodes() -> Exercise {
    Exercise {
        id: "weighted_nodes",
        formerly: &[],
        title: "Weighted nodes",
        summary: "Give bigger servers more points, and change a weight without moving anybody else's keys.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "weights-copies-and-a-cap",
        reference: "exercises/src/consistent_hashing/weighted.rs",
        minutes: 20,
        requires: &["virtual_nodes"],
        checks: checks::weighted_nodes::all::<WeightedRing>,
        wrong: wrong::weighted_nodes::ALL.to_vec(),
    }
}

fn replicas() -> Exercise {
    Exercise {
        id: "replicas",
        formerly: &[],
        title: "Replicas",
        summary: "Name the next n distinct servers clockwise, where a key's copies go.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "weights-copies-and-a-cap",
        reference: "exercises/src/consistent_hashing/replicas.rs",
        minutes: 15,
        requires: &["virtual_nodes"],
        checks: checks::replicas::all::<VirtualRing>,
        wrong: wrong::replicas::ALL.to_vec(),
    }
}

fn bounded_loads() -> Exercise {
    Exercise {
        id: "bounded_loads",
        formerly: &[],
        title: "Bounded loads",
        summary: "Cap every server at 1 + ε times the mean load, and let what does not fit go on clockwise.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "weights-copies-and-a-cap",
        reference: "exercises/src/consistent_hashing/bounded.rs",
        minutes: 30,
        requires: &["virtual_nodes"],
        checks: checks::bounded_loads::all::<BoundedRing>,
        wrong: wrong::bounded_loads::ALL.to_vec(),
    }
}

fn rack_replicas() -> Exercise {
    Exercise {
        id: "rack_replicas",
        formerly: &[],
        title: "Rack replicas",
        summary: "Put copies into different racks first, and then on different servers.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "copies-in-different-racks",
        reference: "exercises/src/consistent_hashing/racks.rs",
        minutes: 25,
        requires: &["replicas"],
        checks: checks::rack_replicas::all::<RackRing>,
        wrong: wrong::rack_replicas::ALL.to_vec(),
    }
}

fn rendezvous() -> Exercise {
    Exercise {
        id: "rendezvous",
        formerly: &[],
        title: "Rendezvous hashing",
        summary: "Let every server bid for a key, and give it to the highest bidder.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "rendezvous-hashing",
        reference: "exercises/src/consistent_hashing/rendezvous.rs",
        minutes: 20,
        requires: &["modulo_placement"],
        checks: checks::rendezvous::all::<Rendezvous>,
        wrong: wrong::rendezvous::ALL.to_vec(),
    }
}

fn jump_hash() -> Exercise {
    Exercise {
        id: "jump_hash",
        formerly: &[],
        title: "Jump hash",
        summary: "Compute a key's server from its hash and the number of servers, moving only what must move.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "jump-hash",
        reference: "exercises/src/consistent_hashing/jump.rs",
        minutes: 20,
        requires: &["modulo_placement"],
        checks: checks::jump_hash::all::<Jump>,
        wrong: wrong::jump_hash::ALL.to_vec(),
    }
}

fn maglev_table() -> Exercise {
    Exercise {
        id: "maglev_table",
        formerly: &[],
        title: "Maglev table",
        summary: "Let servers fill a lookup table in turns, each by its own order of preference.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "a-maglev-table",
        reference: "exercises/src/consistent_hashing/maglev.rs",
        minutes: 30,
        requires: &["modulo_placement"],
        checks: checks::maglev_table::all::<Maglev>,
        wrong: wrong::maglev_table::ALL.to_vec(),
    }
}

fn multi_probe() -> Exercise {
    Exercise {
        id: "multi_probe",
        formerly: &[],
        title: "Multi-probe hashing",
        summary: "Give each server one point and each key several probes, and take the nearest server.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "several-probes-a-key",
        reference: "exercises/src/consistent_hashing/multi_probe.rs",
        minutes: 25,
        requires: &["hash_ring"],
        checks: checks::multi_probe::all::<ProbeRing>,
        wrong: wrong::multi_probe::ALL.to_vec(),
    }
}
