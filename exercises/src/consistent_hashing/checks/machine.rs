//! Solutions as machines: each contract's methods behind the steps of a scenario.

use super::scenario::{Answer, Machine, Setup, Step};
use crate::consistent_hashing::{
    BoundedLoads, HashRing, MultiProbe, RackReplicas, RendezvousHash, Replicas, VirtualNodes,
    WeightedNodes,
};

/// A solution of `hash_ring`.
pub(super) fn one_point<T: HashRing + 'static>(setup: &Setup) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(OnePoint(T::new(setup.hash()))))
}

struct OnePoint<T>(T);

impl<T: HashRing> Machine for OnePoint<T> {
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
pub(super) fn many_points<T: VirtualNodes + 'static>(
    setup: &Setup,
) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(ManyPoints(T::new(
        setup.hash(),
        setup.point_count(),
    ))))
}

struct ManyPoints<T>(T);

impl<T: VirtualNodes> Machine for ManyPoints<T> {
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
pub(super) fn copies<T: Replicas + 'static>(setup: &Setup) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(Copies(ManyPoints(T::new(
        setup.hash(),
        setup.point_count(),
    )))))
}

struct Copies<T>(ManyPoints<T>);

impl<T: Replicas> Machine for Copies<T> {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Replicas(key, count) => servers(self.0.0.replicas(key, *count)),
            other => self.0.apply(other),
        }
    }
}

/// A solution of `rack_replicas`.
pub(super) fn racked<T: RackReplicas + 'static>(setup: &Setup) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(Racked(T::new(setup.hash(), setup.point_count()))))
}

struct Racked<T>(T);

impl<T: RackReplicas> Machine for Racked<T> {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::AddInRack(server, rack) => Answer::Done(self.0.add(server, rack)),
            Step::Remove(server) => Answer::Done(self.0.remove(server)),
            Step::Replicas(key, count) => servers(self.0.replicas(key, *count)),
            other => unreachable!("`rack_replicas` has no {other}"),
        }
    }
}

fn servers(names: Vec<&str>) -> Answer {
    Answer::Servers(names.into_iter().map(str::to_owned).collect())
}

/// A solution of `rendezvous`.
pub(super) fn bidding<T: RendezvousHash + 'static>(
    setup: &Setup,
) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(Bidding(T::new(setup.hash()))))
}

struct Bidding<T>(T);

impl<T: RendezvousHash> Machine for Bidding<T> {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Add(server) => Answer::Done(self.0.add(server)),
            Step::Remove(server) => Answer::Done(self.0.remove(server)),
            Step::Owner(key) => Answer::Server(self.0.owner(key).map(str::to_owned)),
            Step::Replicas(key, count) => servers(self.0.replicas(key, *count)),
            other => unreachable!("`rendezvous` has no {other}"),
        }
    }
}

/// A solution of `multi_probe`.
pub(super) fn probing<T: MultiProbe + 'static>(setup: &Setup) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(Probing(T::new(setup.hash(), setup.point_count()))))
}

struct Probing<T>(T);

impl<T: MultiProbe> Machine for Probing<T> {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Add(server) => Answer::Done(self.0.add(server)),
            Step::Remove(server) => Answer::Done(self.0.remove(server)),
            Step::Owner(key) => Answer::Server(self.0.owner(key).map(str::to_owned)),
            other => unreachable!("`multi_probe` has no {other}"),
        }
    }
}

/// A solution of `weighted_nodes`.
pub(super) fn weighted<T: WeightedNodes + 'static>(
    setup: &Setup,
) -> Result<Box<dyn Machine>, String> {
    Ok(Box::new(Weighted(T::new(
        setup.hash(),
        setup.point_count(),
    ))))
}

struct Weighted<T>(T);

impl<T: WeightedNodes> Machine for Weighted<T> {
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
pub(super) fn bounded<T: BoundedLoads + 'static>(
    setup: &Setup,
) -> Result<Box<dyn Machine>, String> {
    let (epsilon_percent, servers) = setup.bounded.clone().unwrap_or_default();
    let servers: Vec<&str> = servers.iter().map(String::as_str).collect();
    match T::new(setup.hash(), setup.point_count(), epsilon_percent, &servers) {
        Ok(ring) => Ok(Box::new(Bounded(ring))),
        Err(refusal) => Err(format!("Err({refusal:?})")),
    }
}

struct Bounded<T>(T);

impl<T: BoundedLoads> Machine for Bounded<T> {
    fn apply(&mut self, step: &Step) -> Answer {
        match step {
            Step::Assign(key) => Answer::Placed(self.0.assign(key)),
            Step::Release(key) => Answer::Done(self.0.release(key)),
            Step::Load(server) => Answer::Load(self.0.load(server)),
            other => unreachable!("`bounded_loads` has no {other}"),
        }
    }
}
