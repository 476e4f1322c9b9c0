//! From the log of incidents to MTTF, MTTR and availability.
//!
//! People log by service, by shift and by alarm, so that one outage has several entries
//! and some of them overlap. Sorted by their beginning, entries that belong together
//! stand together, and one pass joins them (the classic merging of intervals).

use std::time::Duration;

use super::{Availability, Incident, IncidentLog, LogError, Summary};

/// The reference for [`IncidentLog`].
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use exercises::availability::{Incident, IncidentLog, MergedOutages};
///
/// let month = Duration::from_secs(30 * 86_400);
/// let summary = MergedOutages::summarise(month, &[Incident::of_secs(0, 2_592)])?;
/// assert_eq!(summary.availability.to_string(), "99.9%");
/// # Ok::<(), exercises::availability::LogError>(())
/// ```
///
/// # Time complexity
///
/// O(n log n) for `n` incidents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedOutages;

// ANCHOR: incident_log
impl IncidentLog for MergedOutages {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        if window.is_zero() {
            return Err(LogError::EmptyWindow);
        }
        if let Some(index) = incidents.iter().position(|each| each.end < each.start) {
            return Err(LogError::EndsBeforeItStarts { index });
        }
        let within = incidents
            .iter()
            .map(|each| (each.start.min(window), each.end.min(window)));
        let mut pieces: Vec<(Duration, Duration)> =
            within.filter(|(start, end)| start < end).collect();
        pieces.sort();
        let (mut outages, mut down, mut until) = (0, Duration::ZERO, None);
        for (start, end) in pieces {
            let begins_anew = until.is_none_or(|until| start > until);
            outages += u32::from(begins_anew);
            let seen = if begins_anew {
                start
            } else {
                until.unwrap_or(start)
            };
            down += end.saturating_sub(seen);
            until = until.max(Some(end));
        }
        Ok(summary(window, outages, down))
    }
}

fn summary(window: Duration, outages: u32, down: Duration) -> Summary {
    let mttf = (window - down).checked_div(outages);
    let mttr = down.checked_div(outages);
    let window = window.as_nanos();
    let parts = (down.as_nanos() * u128::from(Availability::PARTS) + window / 2) / window;
    Summary {
        outages,
        mttf,
        mttr,
        mtbf: mttf.zip(mttr).map(|(up, down)| up + down),
        availability: Availability::from_parts_down(parts as u64).unwrap_or(Availability::PERFECT),
    }
}
// ANCHOR_END: incident_log

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(window_secs: u64, log: &[(u64, u64)], expected: &Expect) {
        let log: Vec<Incident> = log
            .iter()
            .map(|(start, end)| Incident::of_secs(*start, *end))
            .collect();
        let text = match MergedOutages::summarise(Duration::from_secs(window_secs), &log) {
            Ok(found) => format!(
                "{} of {:?} every {:?}: {}",
                found.outages,
                found.mttr.unwrap_or_default(),
                found.mtbf.unwrap_or_default(),
                found.availability
            ),
            Err(error) => error.to_string(),
        };
        expected.assert_eq(&text);
    }

    #[test]
    fn overlapping_touching_and_nested_entries_are_one_outage() {
        check(
            100,
            &[(50, 60), (10, 14), (12, 20), (11, 12), (20, 25)],
            &expect!["2 of 12.5s every 50s: 75%"],
        );
    }

    #[test]
    fn what_lies_outside_the_window_does_not_count() {
        check(
            100,
            &[(90, 500), (100, 101), (30, 30)],
            &expect!["1 of 10s every 100s: 90%"],
        );
        check(100, &[(0, u64::MAX)], &expect!["1 of 100s every 100s: 0%"]);
    }

    #[test]
    fn without_an_outage_there_is_no_mean() {
        check(100, &[], &expect!["0 of 0ns every 0ns: 100%"]);
    }

    #[test]
    fn a_log_that_makes_no_sense_is_refused() {
        check(
            0,
            &[(2, 1)],
            &expect!["the window is empty; an availability needs time to be measured in"],
        );
        check(
            9,
            &[(1, 2), (2, 1)],
            &expect!["incident 1 ends before it starts; swap its times"],
        );
    }
}
