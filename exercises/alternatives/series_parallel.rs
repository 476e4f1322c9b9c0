//! Another solution of *Series and parallel*: in logarithms, which turn products into
//! sums; `ln_1p` and `exp_m1` keep the digits of small numbers.

use exercises::availability::{SeriesParallel, Unavailability, checks};

struct Mine;

impl SeriesParallel for Mine {
    fn in_series(parts: &[Unavailability]) -> Unavailability {
        let log_up: f64 = parts.iter().map(|part| (-part.get()).ln_1p()).sum();
        Unavailability::clamped(-log_up.exp_m1())
    }

    fn in_parallel(parts: &[Unavailability]) -> Unavailability {
        let log_down: f64 = parts.iter().map(|part| part.get().ln()).sum();
        Unavailability::clamped(log_down.exp())
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("series_parallel", checks::series_parallel::all::<Mine>)
}
