//! Random inputs of the topic's checks, and how they are written down.

use rand::RngExt;

use crate::availability::{Availability, Unavailability};
use crate::grade::kit::{Difference, is_near};
use crate::random::ChaCha8Rng;

/// A probability that a person could have written: one digit, some places down.
pub(super) fn chance(random: &mut ChaCha8Rng, places: std::ops::Range<i32>) -> f64 {
    let digit = f64::from(random.random_range(1..10_u32));
    digit * 10_f64.powi(-random.random_range(places))
}

/// Simpler probabilities than this one, on the same side of 1e-3.
pub(super) fn simpler_chances(chance: f64) -> Vec<f64> {
    let round = match chance {
        c if c > 1e-3 => [0.5, 0.1],
        _ => [1e-5, 1e-11],
    };
    let mut simpler: Vec<f64> = round.into();
    // Only those before it in the list, so that cutting down ends.
    simpler.truncate(simpler.iter().position(|each| *each == chance).unwrap_or(2));
    simpler
}

/// `Unavailability::clamped(1e-3)`.
pub(super) fn written(chance: f64) -> String {
    format!("Unavailability::clamped({chance:e})")
}

/// `[Unavailability::clamped(1e-3), Unavailability::clamped(5e-1)]`.
pub(super) fn all_written(chances: &[f64]) -> String {
    let all: Vec<String> = chances.iter().map(|each| written(*each)).collect();
    format!("[{}]", all.join(", "))
}

/// As the contracts take them.
pub(super) fn of(chances: &[f64]) -> Vec<Unavailability> {
    chances
        .iter()
        .map(|chance| Unavailability::clamped(*chance))
        .collect()
}

/// Lists with one probability fewer, then lists with a simpler one.
pub(super) fn smaller_lists(chances: &[f64]) -> Vec<Vec<f64>> {
    let shorter = (0..chances.len()).map(|index| {
        let mut list = chances.to_vec();
        list.remove(index);
        list
    });
    let simpler = (0..chances.len()).flat_map(|index| {
        simpler_chances(chances[index])
            .into_iter()
            .map(move |chance| {
                let mut list = chances.to_vec();
                list[index] = chance;
                list
            })
    });
    shorter.chain(simpler).collect()
}

/// The difference of two probabilities of being down.
pub(super) fn near(expected: f64, actual: Unavailability) -> Difference {
    let is_right = is_near(expected, actual.get());
    (!is_right).then(|| {
        let expected = Unavailability::clamped(expected);
        (format!("{expected:?}"), format!("{actual:?}"))
    })
}

/// `Availability::from_parts_down(5).unwrap()`.
pub(super) fn availability_written(availability: Availability) -> String {
    let parts = availability.parts_down();
    format!("Availability::from_parts_down({parts}).unwrap()")
}

/// The availability that is down for so many parts of the whole.
pub(super) fn down_for(parts: u64) -> Availability {
    Availability::from_parts_down(parts.min(Availability::PARTS)).unwrap_or(Availability::PERFECT)
}
