//! Another solution of *Simulated repairs*: in one pass, with sums instead of a list.
//!
//! The squares of `d − r·c` are multiplied out, so that five sums are all that is kept of
//! any number of cycles.

use std::time::Duration;

use exercises::availability::{Estimate, SimulateRepairs, checks};

struct Mine;

impl SimulateRepairs for Mine {
    fn simulate(
        mttf: Duration,
        mttr: Duration,
        cycles: u32,
        draw: &mut dyn FnMut() -> f64,
    ) -> Option<Estimate> {
        let (mut d, mut c, mut dd, mut dc, mut cc) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for _ in 0..cycles {
            let up = mttf.as_secs_f64() * -(1.0 - draw()).ln();
            let down = mttr.as_secs_f64() * -(1.0 - draw()).ln();
            let length = up + down;
            d += down;
            c += length;
            dd += down * down;
            dc += down * length;
            cc += length * length;
        }
        let n = f64::from(cycles);
        let r = d / c;
        let squares = (dd - 2.0 * r * dc + r * r * cc).max(0.0);
        let half_width = match cycles {
            0 => return None,
            1 => f64::INFINITY,
            _ => 1.96 * (squares / (n - 1.0)).sqrt() * n.sqrt() / c,
        };
        Some(Estimate {
            unavailability: r,
            half_width,
        })
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("simulate_repairs", checks::simulate_repairs::all::<Mine>)
}
