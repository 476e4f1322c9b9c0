//! Checks of the exercise `jump_hash`.
//!
//! There is no state, so inputs are tried directly, small ones first. The model computes
//! each jump with whole numbers; where the contract's `f64` could round to another
//! server, the key is left out, so that no solution fails for the order in which it
//! multiplies.

use super::draw::Draw;
use crate::consistent_hashing::{JumpHash, key_position};
use crate::grade::kit::Rule;
use crate::grade::{Check, Counterexample, Seed, Verdict};

const RULES: [Rule; 5] = [
    Rule {
        name: "no-servers",
        text: "Without servers no key has an owner; a single server owns every key.",
        points: 1,
        section: "",
        hints: [
            "What does your loop answer if it is never entered?",
            "The first jump is to server 0, but only if there is one.",
            "Begin with `let mut owner = None;` and `let mut jump = 0;`, and loop `while jump < servers`.",
        ],
    },
    Rule {
        name: "first-draw",
        text: "With two servers, the first draw decides: a key jumps to server 1 if its x is at most 2^31 / 2.",
        points: 2,
        section: "",
        hints: [
            "Follow one key by hand: its state, one draw, and where the jump goes.",
            "The state is multiplied and 1 is added, in wrapping arithmetic; x is its top 31 bits, plus 1.",
            "`state = state.wrapping_mul(2862933555777941757).wrapping_add(1); let x = (state >> 33) + 1;`",
        ],
    },
    Rule {
        name: "jumps",
        text: "The owner is the last server that a key jumps to below the number of servers.",
        points: 3,
        section: "",
        hints: [
            "When a jump goes too far, who owns the key?",
            "Remember where the key is before you compute where it jumps next; a jump to `servers` itself is too far.",
            "`owner = Some(jump); jump = ((jump + 1) as f64 * (2_f64.powi(31) / x as f64)) as u64;`",
        ],
    },
    Rule {
        name: "growth",
        text: "When a server is added, a key stays or moves to the new one.",
        points: 2,
        section: "the-promise",
        hints: [
            "Does the number of servers enter your computation anywhere but in the test for the end?",
            "A key's jumps are the same whatever the number of servers; it only stops earlier or later.",
            "Neither the state nor a jump may depend on `servers`.",
        ],
    },
    Rule {
        name: "many-servers",
        text: "Up to 2^32 − 1 servers, nothing overflows and nothing is rounded away.",
        points: 2,
        section: "",
        hints: [
            "How large can a jump be, before you find that it is too far?",
            "A jump beyond the end may be as large as 2^63: more than a `u32` holds, and more digits than an `f32` has.",
            "Keep `jump` in a `u64` and compute in `f64`; make it a `u32` at the very end.",
        ],
    },
];

/// The checks of a solution of [`JumpHash`].
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{Jump, checks};
///
/// for check in checks::jump_hash::all::<Jump>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: JumpHash>() -> Vec<Check> {
    Rule::checks(
        &RULES,
        [
            |seed| no_servers(T::owner, seed),
            |seed| first_draw(T::owner, seed),
            |seed| jumps(T::owner, seed),
            |seed| growth(T::owner, seed),
            |seed| many_servers(T::owner, seed),
        ],
    )
}

/// A solution's function, so that the checks are compiled once.
type Owner = fn(&[u8], u32) -> Option<u32>;

/// The owner as the contract has it; the inner `None` where rounding would decide.
fn expected(key: &[u8], servers: u32) -> Option<Option<u32>> {
    let mut state = u128::from(key_position(key));
    let (mut owner, mut jump) = (None, 0_u128);
    while jump < u128::from(servers) {
        owner = Some(jump as u32);
        state = (state * 2_862_933_555_777_941_757 + 1) % (1 << 64);
        let x = (state >> 33) + 1;
        let (whole, rest) = ((jump + 1) << 31).div_rem(x);
        // `f64` is off by less than 2^-50 of the value: only a jump that is nearly whole
        // can come out as another number, and none this far is asked about.
        let is_close = |distance: u128| distance << 50 <= x * (whole + 1);
        if whole <= u128::from(u32::MAX) && (is_close(rest) || is_close(x - rest)) {
            return None;
        }
        jump = whole;
    }
    Some(owner)
}

/// Division with remainder, to name both.
trait DivRem: Sized {
    fn div_rem(self, divisor: Self) -> (Self, Self);
}

impl DivRem for u128 {
    fn div_rem(self, divisor: Self) -> (Self, Self) {
        (self / divisor, self % divisor)
    }
}

fn owner_is_right(owner: Owner, key: &[u8], servers: u32) -> Verdict {
    let Some(expected) = expected(key, servers) else {
        return Ok(());
    };
    let actual = owner(key, servers);
    if actual == expected {
        return Ok(());
    }
    Err(Counterexample::new(
        format!(
            "Mine::owner(b\"{}\", {servers})\n// the key's hash is {}",
            key.escape_ascii(),
            key_position(key)
        ),
        format!("{expected:?}"),
        format!("{actual:?}"),
    ))
}

fn each(owner: Owner, seed: Seed, keys: usize, servers: &[u32]) -> Verdict {
    let keys = Draw::new(seed).plain_keys(keys);
    for servers in servers {
        keys.iter()
            .try_for_each(|key| owner_is_right(owner, key, *servers))?;
    }
    Ok(())
}

fn no_servers(owner: Owner, seed: Seed) -> Verdict {
    each(owner, seed, 20, &[0, 1])
}

fn first_draw(owner: Owner, seed: Seed) -> Verdict {
    each(owner, seed, 200, &[2])
}

fn jumps(owner: Owner, seed: Seed) -> Verdict {
    let servers: Vec<u32> = (3..30).chain([50, 100, 1000]).collect();
    each(owner, seed, 100, &servers)
}

/// Tried as a property of its own, so that a solution with other draws is told whether
/// at least this holds.
fn growth(owner: Owner, seed: Seed) -> Verdict {
    for key in Draw::new(seed).plain_keys(60) {
        let mut before = owner(&key, 1);
        for servers in 2..60 {
            let after = owner(&key, servers);
            if after != before && after != Some(servers - 1) {
                let key = key.escape_ascii();
                return Err(Counterexample::new(
                    format!(
                        "Mine::owner(b\"{key}\", {})\nMine::owner(b\"{key}\", {servers})",
                        servers - 1
                    ),
                    format!("{before:?} both times, or then Some({})", servers - 1),
                    format!("{before:?}, then {after:?}"),
                ));
            }
            before = after;
        }
    }
    Ok(())
}

fn many_servers(owner: Owner, seed: Seed) -> Verdict {
    let servers = [
        65_537,
        1 << 24,
        (1 << 24) + 1,
        1 << 31,
        u32::MAX - 1,
        u32::MAX,
    ];
    each(owner, seed, 100, &servers)
}
