//! The topic's exercises, as the catalog lists them.

use super::{BoundedRing, Modulo, Ring, VirtualRing, WeightedRing, checks, wrong};
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
        bounded_loads(),
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
