//! How late news is: at least half a round trip, and sometimes a wait before it.

use std::time::Duration;

/// How long after it happened a client knows of an event.
///
/// All techniques have the same form: an event takes `least`; with probability `chance`
/// it finds nobody asking and waits, too, for anything up to `longest_wait`, each length
/// as likely as any other.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::realtime::model::Latency;
///
/// let latency = Latency {
///     least: Duration::from_millis(50),
///     chance: 0.5,
///     longest_wait: Duration::from_millis(100),
/// };
/// assert_eq!(latency.mean(), Duration::from_millis(75));
/// assert_eq!(latency.quantile(0.5), Duration::from_millis(50));
/// assert_eq!(latency.quantile(0.75), Duration::from_millis(100));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Latency {
    /// What no event is quicker than: the way from the server to the client.
    pub least: Duration,
    /// Part of the events that wait first, from 0 to 1.
    pub chance: f64,
    /// The longest wait.
    pub longest_wait: Duration,
}

impl Latency {
    /// The mean.
    pub fn mean(&self) -> Duration {
        self.least + self.longest_wait.mul_f64(self.chance / 2.0)
    }

    /// What so large a part of the events is not slower than: 0.99 for p99.
    pub fn quantile(&self, part: f64) -> Duration {
        let quick = 1.0 - self.chance;
        if part <= quick || self.chance == 0.0 {
            return self.least;
        }
        let wait = ((part - quick) / self.chance).clamp(0.0, 1.0);
        self.least + self.longest_wait.mul_f64(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    #[test]
    fn if_every_event_waits_quantiles_are_parts_of_the_longest_wait() {
        let always = Latency {
            least: MS(50),
            chance: 1.0,
            longest_wait: MS(1_000),
        };
        assert_eq!(always.quantile(0.99), MS(1_040));
        assert_eq!(always.mean(), MS(550));
    }

    #[test]
    fn if_no_event_waits_all_are_as_quick_as_the_network() {
        let never = Latency {
            least: MS(50),
            chance: 0.0,
            longest_wait: MS(1_000),
        };
        assert_eq!((never.mean(), never.quantile(1.0)), (MS(50), MS(50)));
    }

    #[test]
    fn a_wait_that_is_rarer_than_one_in_a_hundred_does_not_show_in_p99() {
        let rare = Latency {
            least: MS(50),
            chance: 0.009,
            longest_wait: MS(3_000),
        };
        assert_eq!(rare.quantile(0.99), MS(50));
        assert!(rare.quantile(0.999) > MS(2_000));
    }
}
