//! Contract of the exercise `incident_log`: from a list of incidents to MTTF, MTTR and
//! availability.
//!
//! It does not weigh incidents: a system is up or down. Partial outages belong to the
//! exercise `burn_rate`, which counts requests.

use std::time::Duration;

use thiserror::Error;

use super::Availability;

/// One entry of the log, in time since the window's beginning.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::availability::Incident;
///
/// let incident = Incident::of_secs(3_600, 5_400);
/// assert_eq!(incident.end, Duration::from_secs(5_400));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incident {
    /// When it began.
    pub start: Duration,
    /// When it was over.
    pub end: Duration,
}

impl Incident {
    /// From one second to another.
    pub const fn of_secs(start: u64, end: u64) -> Self {
        Self {
            start: Duration::from_secs(start),
            end: Duration::from_secs(end),
        }
    }
}

/// What a log says about a window.
///
/// # Examples
///
/// ```
/// use exercises::availability::{Availability, Summary};
///
/// let quiet = Summary { outages: 0, mttf: None, mttr: None, mtbf: None, availability: Availability::PERFECT };
/// assert_eq!(quiet.availability.parts_down(), 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Separate times of being down.
    pub outages: u32,
    /// Mean time to failure: time up for each outage. `None` without an outage: one that
    /// has not been seen yet has no mean.
    pub mttf: Option<Duration>,
    /// Mean time to repair: time down for each outage.
    pub mttr: Option<Duration>,
    /// Mean time between failures: `mttf + mttr`.
    pub mtbf: Option<Duration>,
    /// Time up over the window.
    pub availability: Availability,
}

/// Why a log cannot be summarised.
///
/// # Examples
///
/// ```
/// use exercises::availability::LogError;
///
/// let error = LogError::EndsBeforeItStarts { index: 3 };
/// assert_eq!(error.to_string(), "incident 3 ends before it starts; swap its times");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LogError {
    /// There is nothing to be up or down in.
    #[error("the window is empty; an availability needs time to be measured in")]
    EmptyWindow,
    /// The first such incident.
    #[error("incident {index} ends before it starts; swap its times")]
    EndsBeforeItStarts {
        /// Its place in the list, from 0.
        index: usize,
    },
}

/// MTTF, MTTR, MTBF and availability of a window, from the log of its incidents.
///
/// | rule | |
/// |---|---|
/// | order | incidents come in any order |
/// | overlaps | incidents that overlap or touch are one outage; no second counts twice |
/// | borders | what lies outside the window does not count; what reaches into it counts with the part within |
/// | nothing | an incident without time in the window is no outage |
/// | means | total time by number of outages, rounded down to nanoseconds; `mtbf` is the sum of the two |
/// | availability | time down × 10^18 / window, rounded to the nearest part, a half upwards |
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::availability::{Incident, IncidentLog, MergedOutages};
///
/// fn tour<T: IncidentLog>() {
///     let log = [Incident::of_secs(100, 160), Incident::of_secs(130, 200)];
///     let summary = T::summarise(Duration::from_secs(1_000), &log).expect("the log is in order");
///     assert_eq!(summary.outages, 1);
///     assert_eq!(summary.mttr, Some(Duration::from_secs(100)));
///     assert_eq!(summary.mttf, Some(Duration::from_secs(900)));
/// }
///
/// tour::<MergedOutages>();
/// ```
pub trait IncidentLog {
    /// Summarises what happened between 0 and `window`.
    ///
    /// # Errors
    ///
    /// When the window is empty, else when an incident ends before it starts.
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError>;
}
