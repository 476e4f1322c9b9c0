//! How full the fullest server is to be expected, exactly and for any number of
//! points: the curve beside the measured one.
//!
//! The `nV` arcs between uniform points are distributed like `nV` independent
//! exponential variables divided by their sum. So a server's share is a
//! Gamma(`V`) variable over the sum of all, and since the shares are independent
//! of that sum, the expectation of the largest share is that of the largest of
//! `n` Gamma(`V`) variables over `nV`:
//! `E[max / mean] = E[max(G₁ … Gₙ)] / V = ∫₀^∞ (1 − P(V, x)ⁿ) dx / V`,
//! where `P(V, x)` is the distribution function of Gamma(`V`).
//! For `V = 1` it is the harmonic number `Hₙ`, as in
//! [`theory`](crate::consistent_hashing::theory).
//!
//! Source for the arcs: H. A. David, H. N. Nagaraja, *Order Statistics*, 3rd
//! edition, 2003, §6.4.

/// Expected load of the fullest server over the fair share, for `servers`
/// servers of `points_per_server` points each.
///
/// # Panics
///
/// If either number is 0.
///
/// # Time complexity
///
/// O(`points_per_server`) for each of the 4,000 steps of the integral.
///
/// # Examples
///
/// ```
/// use exercises::consistent_hashing::{figures::expected_max_over_mean, theory};
///
/// assert!((expected_max_over_mean(10, 1) - theory::harmonic(10)).abs() < 1e-4);
/// assert!(expected_max_over_mean(10, 160) < 1.13);
/// ```
pub fn expected_max_over_mean(servers: u32, points_per_server: u32) -> f64 {
    assert!(servers > 0 && points_per_server > 0, "a ring with a point");
    let points = f64::from(points_per_server);
    // Beyond this the largest of even a million variables has no weight left:
    // the tail behind `mean + 14 σ + 30` is below 1e-11.
    let end = points + 14.0 * points.sqrt() + 30.0;
    const STEPS: u32 = 4000;
    let width = end / f64::from(STEPS);
    let above = |x: f64| 1.0 - gamma_below(points_per_server, x).powf(f64::from(servers));
    // Simpson's rule, on an even number of steps.
    let inner: f64 = (1..STEPS)
        .map(|step| above(width * f64::from(step)) * if step % 2 == 1 { 4.0 } else { 2.0 })
        .sum();
    width / 3.0 * (above(0.0) + inner + above(end)) / points
}

/// Distribution function of Gamma(`shape`, 1) for a whole `shape`: the chance
/// that a Poisson variable of mean `x` is at least `shape`.
fn gamma_below(shape: u32, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    // In logarithms: e^(−x) is 0 in an f64 from x = 746 on, far inside the range.
    let mut log_term = -x;
    let mut fewer = log_term.exp();
    for k in 1..shape {
        log_term += (x / f64::from(k)).ln();
        fewer += log_term.exp();
    }
    (1.0 - fewer).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consistent_hashing::figures::fullest_server;
    use crate::consistent_hashing::theory;

    #[test]
    fn with_one_point_it_is_the_harmonic_number() {
        for servers in [1, 2, 10, 100] {
            let (found, exact) = (
                expected_max_over_mean(servers, 1),
                theory::harmonic(servers),
            );
            assert!((found - exact).abs() < 1e-4, "{servers}: {found}, {exact}");
        }
    }

    #[test]
    fn a_server_alone_has_exactly_its_share() {
        for points in [1, 10, 1000] {
            assert!((expected_max_over_mean(1, points) - 1.0).abs() < 1e-6);
        }
    }

    #[test]
    fn measured_rings_agree() {
        for points in [1, 10, 100] {
            let (measured, expected) = (
                fullest_server(400, 10, points).mean,
                expected_max_over_mean(10, points),
            );
            // About four standard errors of the mean of 400 rings.
            let slack = 0.2 / f64::from(points).sqrt();
            assert!(
                (measured - expected).abs() < slack,
                "{points}: {measured}, {expected}"
            );
        }
    }
}
