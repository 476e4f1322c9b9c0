//! Wrong solutions of the exercise `virtual_nodes`.

use super::flawed::{Flaw, Flawed, Parts, RIGHT, overwrite, push};
use crate::catalog::Wrong;
use crate::consistent_hashing::checks;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 12] = [
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
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::virtual_nodes::all::<Flawed<F>>,
    }
}

struct SamePoint;
impl Flaw for SamePoint {
    const PARTS: Parts = Parts {
        positions: |hash, server, count| vec![hash.point(server, 0); count as usize],
        ..RIGHT
    };
}

struct OnePointOnly;
impl Flaw for OnePointOnly {
    const PARTS: Parts = Parts {
        positions: |hash, server, _| vec![hash.point(server, 0)],
        ..RIGHT
    };
}

struct IndexFromOne;
impl Flaw for IndexFromOne {
    const PARTS: Parts = Parts {
        positions: |hash, server, count| {
            (1..=count).map(|index| hash.point(server, index)).collect()
        },
        ..RIGHT
    };
}

struct OneTooMany;
impl Flaw for OneTooMany {
    const PARTS: Parts = Parts {
        positions: |hash, server, count| {
            (0..=count).map(|index| hash.point(server, index)).collect()
        },
        ..RIGHT
    };
}

struct GluedName;
impl Flaw for GluedName {
    const PARTS: Parts = Parts {
        positions: |hash, server, count| {
            (0..count)
                .map(|index| hash.key(format!("{server}{index}").as_bytes()))
                .collect()
        },
        ..RIGHT
    };
}

struct EvenlySpaced;
impl Flaw for EvenlySpaced {
    const PARTS: Parts = Parts {
        positions: |hash, server, count| {
            let (first, step) = (hash.point(server, 0), u64::MAX / u64::from(count));
            let steps = (0..u64::from(count)).map(|index| step.wrapping_mul(index));
            steps.map(|distance| first.wrapping_add(distance)).collect()
        },
        ..RIGHT
    };
}

struct Unsorted;
impl Flaw for Unsorted {
    const PARTS: Parts = Parts {
        join: |points, server, positions| {
            let mut own = positions.to_vec();
            own.sort_unstable();
            push(points, server, &own);
        },
        ..RIGHT
    };
}

struct LeavesPointsBehind;
impl Flaw for LeavesPointsBehind {
    const PARTS: Parts = Parts {
        leave: |points, server| {
            if let Some(place) = points.iter().position(|(_, name)| name == server) {
                points.remove(place);
            }
        },
        ..RIGHT
    };
}

struct LeavesByPosition;
impl Flaw for LeavesByPosition {
    const PARTS: Parts = Parts {
        leave: |points, server| {
            let own = |(_, name): &&(u64, String)| name == server;
            let gone: Vec<u64> = points
                .iter()
                .filter(own)
                .map(|(position, _)| *position)
                .collect();
            points.retain(|(position, _)| !gone.contains(position));
        },
        ..RIGHT
    };
}

struct Overwrites;
impl Flaw for Overwrites {
    const PARTS: Parts = Parts {
        join: overwrite,
        ..RIGHT
    };
}

struct AcceptsTwice;
impl Flaw for AcceptsTwice {
    const PARTS: Parts = Parts {
        refuses_twice: false,
        ..RIGHT
    };
}

struct IgnoresUnknown;
impl Flaw for IgnoresUnknown {
    const PARTS: Parts = Parts {
        refuses_unknown: false,
        ..RIGHT
    };
}
