//! Another solution of *Modulo placement*: long division, and a tally of moves.
//!
//! The reference divides with `%` and compares two owners key by key. Here the
//! remainder is built bit by bit, as one divides on paper in base two, and `moved`
//! counts how many keys go each way, then adds up the ways that lead elsewhere.
//! It is slower and no better; it is here because the checks must accept it.

use std::collections::BTreeMap;

use exercises::consistent_hashing::{ModuloPlacement, checks, key_position};

struct Mine;

impl Mine {
    /// What is left of `dividend`, one binary digit after the other.
    fn remainder(dividend: u64, divisor: u64) -> u64 {
        let divisor = u128::from(divisor);
        let digits = (0..u64::BITS).rev().map(|place| dividend >> place & 1);
        let rest = digits.fold(0, |rest: u128, digit| {
            let rest = rest << 1 | u128::from(digit);
            if rest < divisor { rest } else { rest - divisor }
        });
        rest as u64
    }
}

impl ModuloPlacement for Mine {
    fn owner(key: &[u8], servers: usize) -> Option<usize> {
        let is_any = servers > 0;
        is_any.then(|| Self::remainder(key_position(key), servers as u64) as usize)
    }

    fn moved(keys: &[&[u8]], before: usize, after: usize) -> usize {
        let mut ways: BTreeMap<[Option<usize>; 2], usize> = BTreeMap::new();
        for key in keys {
            let way = [before, after].map(|servers| Self::owner(key, servers));
            *ways.entry(way).or_default() += 1;
        }
        let elsewhere = ways.iter().filter(|([from, to], _)| from != to);
        elsewhere.map(|(_, count)| count).sum()
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("modulo_placement", checks::modulo_placement::all::<Mine>)
}
