//! What mathematics expects of placements, to hold against what is measured.
//!
//! All formulas assume a hash that behaves like a random function. They are
//! expectations: a single ring scatters around them.

/// Expected standard deviation of the servers' shares of the circle, over their
/// mean: `√((n − 1) / (nV + 1))`, for `n` servers of `V` points each.
///
/// The `nV` arcs between uniform points are jointly Dirichlet(1, …, 1); a server
/// owns `V` of them, so its share is Beta(`V`, `nV − V`), whose variance gives the
/// formula. It is about `1/√V` for many servers.
///
/// Source: H. A. David, H. N. Nagaraja, *Order Statistics*, 3rd edition, 2003,
/// §6.4 (spacings).
///
/// ```
/// use exercises::consistent_hashing::theory;
///
/// assert!((theory::stdev_over_mean(10, 160) - 0.0750).abs() < 0.0001);
/// ```
pub fn stdev_over_mean(servers: u32, points_per_server: u32) -> f64 {
    let (n, v) = (f64::from(servers), f64::from(points_per_server));
    ((n - 1.0) / (n * v + 1.0)).sqrt()
}

/// Expected largest share of a ring with one point a server: `H_n / n`, where
/// `H_n = 1 + 1/2 + … + 1/n`. The fair share is `1/n`, so the fullest server has
/// `H_n` times as much: 2.93 times with ten servers.
///
/// Source: David and Nagaraja, §6.4.
///
/// # Time complexity
///
/// O(`servers`).
///
/// ```
/// use exercises::consistent_hashing::theory;
///
/// assert!((theory::largest_share(10) - 0.2929).abs() < 0.0001);
/// ```
pub fn largest_share(servers: u32) -> f64 {
    harmonic(servers) / f64::from(servers)
}

/// The harmonic number `H_n = 1 + 1/2 + … + 1/n`; 0 for `n = 0`.
///
/// # Time complexity
///
/// O(`n`).
pub fn harmonic(n: u32) -> f64 {
    (1..=n).map(|i| 1.0 / f64::from(i)).sum()
}

/// Expected part of the keys that moves when a ring of `servers` servers gets one
/// more: `1/(n + 1)`, whatever the number of points.
///
/// ```
/// use exercises::consistent_hashing::theory;
///
/// assert_eq!(theory::ring_moved_by_adding_to(3), 0.25);
/// ```
pub fn ring_moved_by_adding_to(servers: u32) -> f64 {
    1.0 / (f64::from(servers) + 1.0)
}

/// Expected part of the keys that moves when `hash % before` becomes
/// `hash % after`: `1 − min(n, m) / lcm(n, m)`.
///
/// Within one period of `lcm(n, m)` hashes the two remainders agree exactly for
/// the `min(n, m)` smallest.
///
/// ```
/// use exercises::consistent_hashing::theory;
///
/// assert_eq!(theory::modulo_moved(3, 4), 0.75);
/// assert_eq!(theory::modulo_moved(8, 16), 0.5);
/// ```
///
/// # Panics
///
/// If either number is 0.
pub fn modulo_moved(before: usize, after: usize) -> f64 {
    assert!(
        before > 0 && after > 0,
        "there is a server before and after"
    );
    let period = before / greatest_common_divisor(before, after) * after;
    1.0 - before.min(after) as f64 / period as f64
}

/// Probability that at least two of `points` points share one of `positions`
/// positions (the birthday problem).
///
/// # Time complexity
///
/// O(`points`).
///
/// ```
/// use exercises::consistent_hashing::theory;
///
/// // A toy ring of 256 positions is no ring to build on.
/// assert!((theory::collision(30, 256.0) - 0.829).abs() < 0.001);
/// // 160,000 points on 2^64 positions.
/// assert!(theory::collision(160_000, 2.0_f64.powi(64)) < 1e-9);
/// ```
pub fn collision(points: u32, positions: f64) -> f64 {
    // Sums of logarithms, because 1 − i/2^64 rounds to 1.
    let all_apart: f64 = (0..points)
        .map(|i| (-f64::from(i) / positions).ln_1p())
        .sum();
    -all_apart.exp_m1()
}

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_modulo_formula_agrees_with_counting_one_period() {
        for before in 1..30_usize {
            for after in 1..30 {
                let period = before * after;
                let moved = (0..period)
                    .filter(|hash| hash % before != hash % after)
                    .count();
                let counted = moved as f64 / period as f64;
                assert!(
                    (modulo_moved(before, after) - counted).abs() < 1e-12,
                    "{before}, {after}"
                );
            }
        }
    }

    #[test]
    fn one_server_owns_everything() {
        assert_eq!(stdev_over_mean(1, 160), 0.0);
        assert_eq!(largest_share(1), 1.0);
    }

    #[test]
    fn collisions_are_certain_beyond_the_number_of_positions() {
        assert_eq!(collision(1, 256.0), 0.0);
        assert_eq!(collision(257, 256.0), 1.0);
    }
}
