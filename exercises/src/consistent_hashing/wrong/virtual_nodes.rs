//! Wrong solutions of the exercise `virtual_nodes`.

use super::flawed::{Flaw, Flawed, Points, overwrite};
use crate::catalog::Wrong;
use crate::consistent_hashing::{RingHash, checks};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) fn all() -> Vec<Wrong> {
    vec![
        of::<SamePoint>(
            "SamePoint",
            "All points of a server are hashed without their index and sit on one position.",
            "balance",
        ),
        of::<OnePointOnly>(
            "OnePointOnly",
            "Each server has one point, whatever was asked for.",
            "balance",
        ),
        of::<IndexFromOne>(
            "IndexFromOne",
            "Indices run from 1 to the number of points instead of from 0: two clients that count differently disagree.",
            "all-points",
        ),
        of::<OneTooMany>(
            "OneTooMany",
            "The loop includes the number of points itself (`0..=n`).",
            "all-points",
        ),
        of::<GluedName>(
            "GluedName",
            "Name and index are glued into one text and hashed as a key, so (`a`, 12) and (`a1`, 2) share a position.",
            "all-points",
        ),
        of::<EvenlySpaced>(
            "EvenlySpaced",
            "The points of a server are one hash plus equal steps; all servers' arcs then repeat in the same pattern.",
            "all-points",
        ),
        of::<Unsorted>(
            "Unsorted",
            "New points are put at the end of the list, and the binary search assumes order.",
            "join",
        ),
        of::<LeavesPointsBehind>(
            "LeavesPointsBehind",
            "Only the first point found is removed; the others go on sending keys to a server that is gone.",
            "leave",
        ),
        of::<LeavesByPosition>(
            "LeavesByPosition",
            "Points are removed by position, and with them another server's points on the same positions.",
            "shared-position",
        ),
        of::<Overwrites>(
            "Overwrites",
            "A map from position to server forgets the first of two servers on one position.",
            "shared-position",
        ),
        of::<AcceptsTwice>(
            "AcceptsTwice",
            "Adding a server that is there is answered with `Ok`, and its points are doubled.",
            "bad-requests",
        ),
        of::<IgnoresUnknown>(
            "IgnoresUnknown",
            "Removing a server that is not there is answered with `Ok`.",
            "bad-requests",
        ),
    ]
}

fn of<F: Flaw>(name: &'static str, diagnosis: &'static str, rejected_by: &'static str) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::virtual_nodes::all::<Flawed<F>>,
    }
}

struct SamePoint;
impl Flaw for SamePoint {
    fn positions(hash: RingHash, server: &str, count: u32) -> Vec<u64> {
        vec![hash.point(server, 0); count as usize]
    }
}

struct OnePointOnly;
impl Flaw for OnePointOnly {
    fn positions(hash: RingHash, server: &str, _: u32) -> Vec<u64> {
        vec![hash.point(server, 0)]
    }
}

struct IndexFromOne;
impl Flaw for IndexFromOne {
    fn positions(hash: RingHash, server: &str, count: u32) -> Vec<u64> {
        (1..=count).map(|index| hash.point(server, index)).collect()
    }
}

struct OneTooMany;
impl Flaw for OneTooMany {
    fn positions(hash: RingHash, server: &str, count: u32) -> Vec<u64> {
        (0..=count).map(|index| hash.point(server, index)).collect()
    }
}

struct GluedName;
impl Flaw for GluedName {
    fn positions(hash: RingHash, server: &str, count: u32) -> Vec<u64> {
        (0..count)
            .map(|index| hash.key(format!("{server}{index}").as_bytes()))
            .collect()
    }
}

struct EvenlySpaced;
impl Flaw for EvenlySpaced {
    fn positions(hash: RingHash, server: &str, count: u32) -> Vec<u64> {
        let (first, step) = (hash.point(server, 0), u64::MAX / u64::from(count));
        (0..count)
            .map(|index| first.wrapping_add(step.wrapping_mul(u64::from(index))))
            .collect()
    }
}

struct Unsorted;
impl Flaw for Unsorted {
    fn join(points: &mut Points, server: &str, positions: &[u64]) {
        let mut own: Points = positions
            .iter()
            .map(|position| (*position, server.to_owned()))
            .collect();
        own.sort();
        points.extend(own);
    }
}

struct LeavesPointsBehind;
impl Flaw for LeavesPointsBehind {
    fn leave(points: &mut Points, server: &str) {
        if let Some(place) = points.iter().position(|(_, name)| name == server) {
            points.remove(place);
        }
    }
}

struct LeavesByPosition;
impl Flaw for LeavesByPosition {
    fn leave(points: &mut Points, server: &str) {
        let own = |(_, name): &&(u64, String)| name == server;
        let gone: Vec<u64> = points
            .iter()
            .filter(own)
            .map(|(position, _)| *position)
            .collect();
        points.retain(|(position, _)| !gone.contains(position));
    }
}

struct Overwrites;
impl Flaw for Overwrites {
    fn join(points: &mut Points, server: &str, positions: &[u64]) {
        overwrite(points, server, positions);
    }
}

struct AcceptsTwice;
impl Flaw for AcceptsTwice {
    const REFUSES_TWICE: bool = false;
}

struct IgnoresUnknown;
impl Flaw for IgnoresUnknown {
    const REFUSES_UNKNOWN: bool = false;
}
