//! Solutions as machines: each contract's methods behind the steps of a scenario.

use super::scenario::{Answer, Machine, Setup, Step};
use crate::consistent_hashing::{BoundedLoads, HashRing, Replicas, VirtualNodes, WeightedNodes};

/// A solution of `hash_ring`.
pub(super) struct OnePoint<T>(T);

impl<T: HashRing> Machine for OnePoint<T> {
    fn build(setup: &Setup) -> Result<Self, String> {
        Ok(Self(T::new(setup.hash())))
    }

    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Add(server) => Answer::Done(self.0.add(server)),
            Step::Remove(server) => Answer::Done(self.0.remove(server)),
            Step::Owner(key) => Answer::Server(self.0.owner(key).map(str::to_owned)),
            other => unreachable!("`hash_ring` has no {other}"),
        }
    }
}

/// A solution of `virtual_nodes`.
pub(super) struct ManyPoints<T>(T);

impl<T: VirtualNodes> Machine for ManyPoints<T> {
    fn build(setup: &Setup) -> Result<Self, String> {
        Ok(Self(T::new(setup.hash(), setup.point_count())))
    }

    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Add(server) => Answer::Done(self.0.add(server)),
            Step::Remove(server) => Answer::Done(self.0.remove(server)),
            Step::Owner(key) => Answer::Server(self.0.owner(key).map(str::to_owned)),
            other => unreachable!("`virtual_nodes` has no {other}"),
        }
    }
}

/// A solution of `replicas`.
pub(super) struct Copies<T>(ManyPoints<T>);

impl<T: Replicas> Machine for Copies<T> {
    fn build(setup: &Setup) -> Result<Self, String> {
        ManyPoints::build(setup).map(Self)
    }

    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Replicas(key, count) => Answer::Servers(
                self.0
                    .0
                    .replicas(key, *count)
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
            ),
            other => self.0.apply(other),
        }
    }
}

/// A solution of `weighted_nodes`.
pub(super) struct Weighted<T>(T);

impl<T: WeightedNodes> Machine for Weighted<T> {
    fn build(setup: &Setup) -> Result<Self, String> {
        Ok(Self(T::new(setup.hash(), setup.point_count())))
    }

    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::AddWeighted(server, weight) => Answer::Done(self.0.add(server, *weight)),
            Step::SetWeight(server, weight) => Answer::Done(self.0.set_weight(server, *weight)),
            Step::Remove(server) => Answer::Done(self.0.remove(server)),
            Step::Owner(key) => Answer::Server(self.0.owner(key).map(str::to_owned)),
            other => unreachable!("`weighted_nodes` has no {other}"),
        }
    }
}

/// A solution of `bounded_loads`.
pub(super) struct Bounded<T>(T);

impl<T: BoundedLoads> Machine for Bounded<T> {
    fn build(setup: &Setup) -> Result<Self, String> {
        let (epsilon_percent, servers) = setup.bounded.clone().unwrap_or_default();
        let servers: Vec<&str> = servers.iter().map(String::as_str).collect();
        T::new(setup.hash(), setup.point_count(), epsilon_percent, &servers)
            .map(Self)
            .map_err(|refusal| format!("Err({refusal:?})"))
    }

    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Assign(key) => Answer::Placed(self.0.assign(key)),
            Step::Release(key) => Answer::Done(self.0.release(key)),
            Step::Load(server) => Answer::Load(self.0.load(server)),
            other => unreachable!("`bounded_loads` has no {other}"),
        }
    }
}
