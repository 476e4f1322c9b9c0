//! Copies of a part, played: each fails and is repaired by itself, and now and then
//! something takes all of them down.
//!
//! Use it to see where the multiplication of unavailabilities holds and where it does
//! not. It is an experiment, not a model of a particular system: times are exponential,
//! repairs go on in parallel, and nobody needs time to notice.

use rand::RngExt;

use super::{Estimate, Unavailability};
use crate::random::{self, ChaCha8Rng};

/// What to play.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Copies, Unavailability};
///
/// let copies = Copies { count: 2, unavailability: Unavailability::clamped(0.1), beta: 0.0 };
/// let played = copies.play(20_000.0, 7);
/// assert!(played.estimate.holds(0.01), "{:?}", played.estimate);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copies {
    /// How many copies; one of them is enough.
    pub count: u32,
    /// Of each copy. A repair takes one hour on average.
    pub unavailability: Unavailability,
    /// The share of it that takes all copies down at once.
    pub beta: f64,
}

/// What was seen.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Copies, Unavailability};
///
/// let copies = Copies { count: 1, unavailability: Unavailability::clamped(0.5), beta: 1.0 };
/// let played = copies.play(1_000.0, 7);
/// assert!(played.outages > 300, "as many repairs as failures, an hour each");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Played {
    /// Share of the time in which no copy was up, with a 95% interval.
    pub estimate: Estimate,
    /// How often that began.
    pub outages: u32,
}

/// Batches of equal length, whose means scatter as the whole would, and the 97.5%
/// quantile of Student's t with one degree of freedom fewer.
const BATCHES: usize = 30;
const T_29: f64 = 2.045;

impl Copies {
    /// Plays so many hours.
    ///
    /// # Time complexity
    ///
    /// O(e log e) for `e` failures and repairs.
    pub fn play(&self, hours: f64, seed: u64) -> Played {
        let mut random = random::seeded(seed);
        let mut changes = Vec::new();
        let own = (1.0 - self.beta) * self.unavailability.get();
        for _ in 0..self.count {
            alternate(&mut random, own, hours, |at, is_down| {
                changes.push((at, step(1, is_down)))
            });
        }
        let common = self.beta * self.unavailability.get();
        let all = i64::from(self.count);
        alternate(&mut random, common, hours, |at, is_down| {
            changes.push((at, step(all, is_down)))
        });
        changes.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        self.sweep(&changes, hours)
    }

    /// Walks through the changes, and adds up the time in which as many are down as there are.
    fn sweep(&self, changes: &[(f64, i64)], hours: f64) -> Played {
        let mut batches = [0.0; BATCHES];
        let (mut down, mut since, mut outages) = (0, 0.0, 0);
        let is_out = |down: i64| down >= i64::from(self.count);
        for (at, change) in changes {
            if is_out(down) {
                add(&mut batches, since, *at, hours);
            }
            outages += u32::from(!is_out(down) && is_out(down + change));
            (down, since) = (down + change, *at);
        }
        if is_out(down) {
            add(&mut batches, since, hours, hours);
        }
        Played {
            estimate: of_batches(&batches, hours),
            outages,
        }
    }
}

fn step(weight: i64, is_down: bool) -> i64 {
    if is_down { weight } else { -weight }
}

/// Up and down in turn, with a mean of one hour down; tells of every change before `hours`.
fn alternate(
    random: &mut ChaCha8Rng,
    unavailability: f64,
    hours: f64,
    mut tell: impl FnMut(f64, bool),
) {
    if unavailability <= 0.0 {
        return;
    }
    let mean_up = (1.0 - unavailability) / unavailability;
    let (mut now, mut is_down) = (0.0, false);
    loop {
        let mean = if is_down { 1.0 } else { mean_up };
        now += -mean * (-random.random::<f64>()).ln_1p();
        if now >= hours {
            return;
        }
        is_down = !is_down;
        tell(now, is_down);
    }
}

/// Adds the time from `start` to `end` to the batches that it lies in.
fn add(batches: &mut [f64; BATCHES], start: f64, end: f64, hours: f64) {
    let length = hours / BATCHES as f64;
    let first = ((start / length) as usize).min(BATCHES - 1);
    for (index, batch) in batches.iter_mut().enumerate().skip(first) {
        let from = start.max(index as f64 * length);
        let to = end.min((index + 1) as f64 * length);
        if to <= from {
            break;
        }
        *batch += to - from;
    }
}

/// The mean of the batches, and what they scatter.
fn of_batches(batches: &[f64; BATCHES], hours: f64) -> Estimate {
    let n = BATCHES as f64;
    let shares = batches.map(|time| time * n / hours);
    let mean = shares.iter().sum::<f64>() / n;
    let squares: f64 = shares.iter().map(|share| (share - mean).powi(2)).sum();
    Estimate {
        unavailability: mean,
        half_width: T_29 * (squares / (n - 1.0) / n).sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::{BetaFactor, CommonCause};

    #[test]
    fn what_is_played_agrees_with_the_beta_factor_model() {
        for (seed, (count, beta)) in (0..).zip([(1, 0.0), (2, 0.0), (2, 0.2), (3, 0.1)]) {
            let unavailability = Unavailability::clamped(0.1);
            let played = Copies {
                count,
                unavailability,
                beta,
            }
            .play(200_000.0, seed)
            .estimate;
            let model = BetaFactor::group(count, unavailability, beta).get();
            // Twice the half width: about four standard errors.
            let off = (played.unavailability - model).abs();
            assert!(
                off < 2.0 * played.half_width,
                "{count} copies, β {beta}: {played:?}, model {model}"
            );
        }
    }

    #[test]
    fn an_outage_at_a_border_is_shared_by_its_batches() {
        let mut batches = [0.0; BATCHES];
        add(&mut batches, 9.0, 21.0, 300.0);
        assert_eq!(batches[..4], [1.0, 10.0, 1.0, 0.0]);
        add(&mut batches, 299.0, 300.0, 300.0);
        assert_eq!(batches[29], 1.0);
    }
}
