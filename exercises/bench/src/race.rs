//! Contenders that do the same work, round by round.

use std::hint::black_box;

use crate::clock::CpuTime;

/// Contenders that do the same work.
///
/// # Examples
///
/// ```
/// use bench::Race;
///
/// let numbers: Vec<u64> = (0..1000).collect();
/// let mut race = Race::default();
/// race.add("all", numbers.len(), || numbers.iter().sum());
/// race.add("some", 100, || numbers[..100].iter().sum());
/// let results = race.run(9);
/// assert!(results.ns("all") >= 0.0);
/// ```
#[derive(Default)]
pub struct Race<'a> {
    contenders: Vec<Contender<'a>>,
}

struct Contender<'a> {
    name: String,
    /// How many operations a run is.
    operations: usize,
    run: Box<dyn FnMut() -> u64 + 'a>,
}

/// What a race measured: nanoseconds an operation, for each contender and round.
#[derive(Debug, Clone)]
pub struct Results(Vec<(String, Vec<f64>)>);

impl<'a> Race<'a> {
    /// Adds a contender whose run is this many operations. It returns a number that
    /// depends on all its work, so that the compiler cannot leave any out.
    pub fn add(
        &mut self,
        name: impl Into<String>,
        operations: usize,
        run: impl FnMut() -> u64 + 'a,
    ) {
        self.contenders.push(Contender {
            name: name.into(),
            operations,
            run: Box::new(run),
        });
    }

    /// Runs every contender once to warm up, then once in each round. The order
    /// rotates, so that nobody always follows the one that empties the cache.
    ///
    /// # Time complexity
    ///
    /// `rounds + 1` runs of every contender.
    pub fn run(mut self, rounds: usize) -> Results {
        let n_contenders = self.contenders.len();
        let mut times: Vec<Vec<f64>> = vec![Vec::with_capacity(rounds); n_contenders];
        for round in 0..=rounds {
            for turn in 0..n_contenders {
                let index = (turn + round) % n_contenders;
                let start = CpuTime::now();
                black_box((self.contenders[index].run)());
                let ns = start.elapsed().as_nanos() as f64;
                if round > 0 {
                    times[index].push(ns / self.contenders[index].operations as f64);
                }
            }
        }
        let names = self.contenders.into_iter().map(|contender| contender.name);
        Results(names.zip(times).collect())
    }
}

impl Results {
    /// The contenders, in the order in which they were added.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Median time of an operation, in nanoseconds.
    ///
    /// # Panics
    ///
    /// If there is no such contender.
    pub fn ns(&self, name: &str) -> f64 {
        median(self.times(name).to_vec())
    }

    /// How long `name` takes in units of what `other` takes: the median of the
    /// rounds' ratios.
    ///
    /// # Panics
    ///
    /// If there is no such contender.
    pub fn ratio(&self, name: &str, other: &str) -> f64 {
        let pairs = self.times(name).iter().zip(self.times(other));
        median(pairs.map(|(mine, theirs)| mine / theirs).collect())
    }

    fn times(&self, name: &str) -> &[f64] {
        let found = self.0.iter().find(|(contender, _)| contender == name);
        &found.unwrap_or_else(|| panic!("`{name}` did not run")).1
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_taken_within_rounds() {
        let results = Results(vec![
            ("slow".to_owned(), vec![2.0, 20.0, 200.0]),
            ("quick".to_owned(), vec![1.0, 10.0, 100.0]),
        ]);
        assert_eq!(results.ns("slow"), 20.0);
        assert_eq!(results.ratio("slow", "quick"), 2.0);
    }

    #[test]
    fn every_contender_runs_in_every_round_and_once_before() {
        let (mut first, mut second) = (0, 0);
        let mut race = Race::default();
        race.add("first", 1, || {
            first += 1;
            first
        });
        race.add("second", 1, || {
            second += 1;
            second
        });
        let results = race.run(5);
        assert_eq!(results.names().collect::<Vec<_>>(), ["first", "second"]);
        assert_eq!(results.times("first").len(), 5);
        assert_eq!((first, second), (6, 6));
    }
}
