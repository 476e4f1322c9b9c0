//! Another solution of *Jump hash*: whole numbers, and recursion.
//!
//! The reference computes in `f64`, as the paper does. Here a jump is a division of
//! 128-bit integers, and a key's path is followed from jump to jump by a function that
//! calls itself. Where a jump is whole, or so nearly whole that `f64` cannot tell, the two may
//! differ; the checks leave such keys out.

use exercises::consistent_hashing::{JumpHash, checks, key_position};

struct Mine;

/// The owner of a key that has come to `server` and goes on drawing from `state`.
fn from(server: u128, state: u64, servers: u32) -> u128 {
    let state = state
        .wrapping_mul(2_862_933_555_777_941_757)
        .wrapping_add(1);
    let x = u128::from(state >> 33) + 1;
    let next = (server + 1) * (1 << 31) / x;
    if next < u128::from(servers) {
        from(next, state, servers)
    } else {
        server
    }
}

impl JumpHash for Mine {
    fn owner(key: &[u8], servers: u32) -> Option<u32> {
        if servers == 0 {
            return None;
        }
        u32::try_from(from(0, key_position(key), servers)).ok()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("jump_hash", checks::jump_hash::all::<Mine>)
}
