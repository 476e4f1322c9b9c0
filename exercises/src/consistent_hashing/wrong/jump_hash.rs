//! Wrong solutions of the exercise `jump_hash`.

use std::marker::PhantomData;

use crate::catalog::Wrong;
use crate::consistent_hashing::{JumpHash, checks, key_position};

/// The wrong solutions, each with the check that must reject it.
pub(in crate::consistent_hashing) const ALL: [Wrong; 12] = [
    of::<ServerZeroOfNone>(
        "ServerZeroOfNone",
        "With 0 servers it names server 0, which does not exist.",
        "no-servers",
    ),
    of::<AddsNothing>(
        "AddsNothing",
        "It multiplies the state and forgets to add 1, which shows from the second draw on.",
        "jumps",
    ),
    of::<DrawsTooMuch>(
        "DrawsTooMuch",
        "It shifts the state by 32 bits instead of 33, so that half of the draws are beyond 1.",
        "first-draw",
    ),
    of::<LowBits>(
        "LowBits",
        "It draws from the low bits of the state, which repeat after few steps.",
        "first-draw",
    ),
    of::<DrawsFirst>(
        "DrawsFirst",
        "It takes x from the state before multiplying, so the first draw is the hash itself.",
        "first-draw",
    ),
    of::<Overshoots>(
        "Overshoots",
        "It answers with the jump that went too far, instead of the one before.",
        "jumps",
    ),
    of::<OneTooMany>(
        "OneTooMany",
        "It accepts a jump to `servers` itself: servers are numbered from 0.",
        "jumps",
    ),
    of::<FromJump>(
        "FromJump",
        "The next jump starts from `jump` instead of `jump + 1`: a key never leaves server 0.",
        "jumps",
    ),
    of::<Modulo>(
        "Modulo",
        "It is `hash % n`: a key moves between old servers when one is added.",
        "growth",
    ),
    of::<SeedsWithServers>(
        "SeedsWithServers",
        "The number of servers goes into the state, so all jumps change when one is added.",
        "growth",
    ),
    of::<SinglePrecision>(
        "SinglePrecision",
        "It computes in `f32`, which has 24 binary digits: far jumps land beside their server.",
        "many-servers",
    ),
    of::<SmallJumps>(
        "SmallJumps",
        "It keeps the jump in 32 bits: one that goes far beyond the end comes back as a small number.",
        "many-servers",
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
        checks: checks::jump_hash::all::<Flawed<F>>,
    }
}

/// The parts of jump hash.
struct Parts {
    start: fn(u64, u32) -> u64,
    /// The next state.
    step: fn(u64) -> u64,
    /// The draw that a state, and the one before it, make.
    draw: fn(u64, u64) -> u64,
    /// Where a key on a server jumps with this draw.
    jump: fn(u64, u64) -> u64,
    /// Whether a jump is too far.
    ends: fn(u64, u32) -> bool,
    /// The answer, given the last server and the jump beyond it.
    answer: fn(Option<u64>, u64) -> Option<u64>,
}

const RIGHT: Parts = Parts {
    start: |position, _| position,
    step: |state| state.wrapping_mul(MULTIPLIER).wrapping_add(1),
    draw: |state, _| (state >> 33) + 1,
    jump: |server, x| ((server + 1) as f64 * (2_f64.powi(31) / x as f64)) as u64,
    ends: |jump, servers| jump >= u64::from(servers),
    answer: |owner, _| owner,
};

const MULTIPLIER: u64 = 2_862_933_555_777_941_757;

/// More steps than any right solution takes; a wrong one may go in circles.
const STEPS: usize = 1000;

trait Flaw: 'static {
    const PARTS: Parts;
}

struct Flawed<F>(PhantomData<F>);

impl<F: Flaw> JumpHash for Flawed<F> {
    fn owner(key: &[u8], servers: u32) -> Option<u32> {
        let parts = F::PARTS;
        let mut state = (parts.start)(key_position(key), servers);
        let (mut owner, mut jump) = (None, 0);
        for _ in 0..STEPS {
            if (parts.ends)(jump, servers) {
                break;
            }
            owner = Some(jump);
            let before = state;
            state = (parts.step)(state);
            jump = (parts.jump)(jump, (parts.draw)(state, before));
        }
        (parts.answer)(owner, jump).map(|server| server as u32)
    }
}

struct ServerZeroOfNone;
impl Flaw for ServerZeroOfNone {
    const PARTS: Parts = Parts {
        answer: |owner, _| owner.or(Some(0)),
        ..RIGHT
    };
}

struct AddsNothing;
impl Flaw for AddsNothing {
    const PARTS: Parts = Parts {
        step: |state| state.wrapping_mul(MULTIPLIER),
        ..RIGHT
    };
}

struct DrawsTooMuch;
impl Flaw for DrawsTooMuch {
    const PARTS: Parts = Parts {
        draw: |state, _| (state >> 32) + 1,
        ..RIGHT
    };
}

struct LowBits;
impl Flaw for LowBits {
    const PARTS: Parts = Parts {
        draw: |state, _| (state & ((1 << 31) - 1)) + 1,
        ..RIGHT
    };
}

struct DrawsFirst;
impl Flaw for DrawsFirst {
    const PARTS: Parts = Parts {
        draw: |_, before| (before >> 33) + 1,
        ..RIGHT
    };
}

struct Overshoots;
impl Flaw for Overshoots {
    const PARTS: Parts = Parts {
        answer: |owner, jump| owner.map(|_| jump),
        ..RIGHT
    };
}

struct OneTooMany;
impl Flaw for OneTooMany {
    const PARTS: Parts = Parts {
        // Right for none and for one server, as such a mistake often is.
        ends: |jump, servers| jump > u64::from(servers) || servers < 2 && jump >= servers.into(),
        ..RIGHT
    };
}

struct FromJump;
impl Flaw for FromJump {
    const PARTS: Parts = Parts {
        jump: |server, x| (server as f64 * (2_f64.powi(31) / x as f64)) as u64,
        ..RIGHT
    };
}

/// The first step is all: the remainder, and then beyond every end.
struct Modulo;
impl Flaw for Modulo {
    const PARTS: Parts = Parts {
        start: |position, servers| position.checked_rem(servers.into()).unwrap_or(0),
        step: |state| state,
        draw: |state, _| state,
        jump: |_, x| u64::MAX - x,
        answer: |owner, jump| owner.map(|_| u64::MAX - jump),
        ..RIGHT
    };
}

struct SeedsWithServers;
impl Flaw for SeedsWithServers {
    const PARTS: Parts = Parts {
        start: |position, servers| position ^ u64::from(servers),
        ..RIGHT
    };
}

struct SinglePrecision;
impl Flaw for SinglePrecision {
    const PARTS: Parts = Parts {
        jump: |server, x| ((server + 1) as f32 * (2_f32.powi(31) / x as f32)) as u64,
        ..RIGHT
    };
}

struct SmallJumps;
impl Flaw for SmallJumps {
    const PARTS: Parts = Parts {
        jump: |server, x| u64::from((RIGHT.jump)(server, x) as u32),
        ..RIGHT
    };
}
