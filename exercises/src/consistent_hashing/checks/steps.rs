//! Sequences of requests that several exercises' checks share.

use super::draw::Draw;
use super::scenario::Step;

/// Adds these servers.
pub(super) fn added(servers: &[String]) -> impl Iterator<Item = Step> {
    servers.iter().cloned().map(Step::Add)
}

/// Asks for the owners of these keys.
pub(super) fn asked(keys: Vec<Vec<u8>>) -> impl Iterator<Item = Step> {
    keys.into_iter().map(Step::Owner)
}

/// One server joins after the other, and all keys are asked for after each.
pub(super) fn joining(servers: &[String], keys: &[Vec<u8>]) -> Vec<Step> {
    let joins = servers.iter().cloned().map(Step::Add);
    joins
        .flat_map(|join| std::iter::once(join).chain(asked(keys.to_vec())))
        .collect()
}

/// Servers that are there leave in any order until one is left, some come back in
/// between, and all keys are asked for after each change. The empty ring is a rule
/// of its own.
pub(super) fn leaving(draw: &mut Draw, servers: Vec<String>, keys: &[Vec<u8>]) -> Vec<Step> {
    let mut steps = Vec::new();
    for server in draw.shuffled(servers).into_iter().skip(1) {
        let mut changes = vec![Step::Remove(server.clone())];
        if draw.below(4) == 0 {
            changes.extend([Step::Add(server.clone()), Step::Remove(server)]);
        }
        for change in changes {
            steps.push(change);
            steps.extend(asked(keys.to_vec()));
        }
    }
    steps
}

/// Servers join and leave without regard to who is there, each change followed by
/// questions; the first question comes before any server.
pub(super) fn any_changes(draw: &mut Draw, servers: &[String], count: usize) -> Vec<Step> {
    let keys = draw.keys_around(servers);
    let mut steps: Vec<Step> = asked(keys[..1].to_vec()).collect();
    for _ in 0..count {
        let server = draw.one_of(servers);
        steps.push(if draw.coin() {
            Step::Add(server)
        } else {
            Step::Remove(server)
        });
        steps.extend(asked(keys.clone()));
    }
    steps
}
