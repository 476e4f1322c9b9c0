//! Wrong solutions of the exercise `incident_log`.

use std::time::Duration;

use crate::availability::{
    Availability, Incident, IncidentLog, LogError, MergedOutages, Summary, checks,
};
use crate::catalog::Wrong;

/// The wrong solutions, each with the check that must reject it.
pub(in crate::availability) const ALL: [Wrong; 17] = [
    of::<MtbfIsMttf>(
        "MtbfIsMttf",
        "It takes MTBF for another name of MTTF. Between two failures there is a repair.",
        "means",
    ),
    of::<MttfOfTheWindow>(
        "MttfOfTheWindow",
        "It divides the whole window for the MTTF, and so counts the time down as time up.",
        "means",
    ),
    of::<SwapsTheMeans>("SwapsTheMeans", "It swaps MTTF and MTTR.", "means"),
    of::<SumsEntries>(
        "SumsEntries",
        "It adds up all entries, so that a second which two of them cover counts twice.",
        "overlaps",
    ),
    of::<CountsEntries>(
        "CountsEntries",
        "It counts entries of the log. Two entries about one outage are one outage.",
        "overlaps",
    ),
    of::<TouchingAreTwo>(
        "TouchingAreTwo",
        "It takes two incidents for two outages where one begins as the other ends.",
        "overlaps",
    ),
    of::<EndsWithTheLast>(
        "EndsWithTheLast",
        "It takes the end of the last incident for the end of the outage. A short incident may lie inside a long one.",
        "overlaps",
    ),
    of::<TrustsTheOrder>(
        "TrustsTheOrder",
        "It compares neighbours in the list, as if the log were sorted.",
        "order",
    ),
    of::<IgnoresTheWindow>(
        "IgnoresTheWindow",
        "It counts what lies behind the end of the window.",
        "window",
    ),
    of::<DropsWhatCrosses>(
        "DropsWhatCrosses",
        "It drops an incident that reaches over the end, with the part that lies within.",
        "window",
    ),
    of::<CountsNothings>(
        "CountsNothings",
        "It counts an incident without time as an outage.",
        "window",
    ),
    of::<QuietIsZero>(
        "QuietIsZero",
        "Without an outage it says 0, which would mean that the system fails all the time.",
        "quiet",
    ),
    of::<QuietIsTheWindow>(
        "QuietIsTheWindow",
        "Without an outage it takes the window for the MTTF. All that is known is that the mean may be longer.",
        "quiet",
    ),
    of::<SwapsTimes>(
        "SwapsTimes",
        "It swaps the times of an incident that ends before it starts, and hides the mistake in the log.",
        "bad-logs",
    ),
    of::<EmptyIsPerfect>(
        "EmptyIsPerfect",
        "It takes an empty window for a perfect one.",
        "bad-logs",
    ),
    of::<Truncates>(
        "Truncates",
        "It rounds the time down downwards: the availability looks better than it was.",
        "availability",
    ),
    of::<ThroughFloat>(
        "ThroughFloat",
        "It divides floats, which are good for some sixteen digits of the eighteen.",
        "availability",
    ),
];

const fn of<F: Flaw>(
    name: &'static str,
    diagnosis: &'static str,
    rejected_by: &'static str,
) -> Wrong {
    Wrong {
        name,
        diagnosis,
        rejected_by,
        checks: checks::incident_log::all::<Flawed<F>>,
    }
}

/// What a wrong solution does otherwise; every default is right.
trait Flaw {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        MergedOutages::summarise(window, incidents)
    }
}

/// A solution with this flaw.
struct Flawed<F>(std::marker::PhantomData<F>);

impl<F: Flaw> IncidentLog for Flawed<F> {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        F::summarise(window, incidents)
    }
}

/// The incident's time within the window.
fn within(window: Duration, incident: &Incident) -> Duration {
    incident.end.min(window).saturating_sub(incident.start)
}

fn parts(down: u128) -> Availability {
    Availability::from_parts_down(down as u64).unwrap_or(Availability::PERFECT)
}

/// Time down, out of a summary whose window has whole seconds.
fn down_of(window: Duration, summary: &Summary) -> Duration {
    let down = u128::from(summary.availability.parts_down()) * window.as_nanos();
    let seconds = (down + 5 * 10_u128.pow(26)) / 10_u128.pow(27);
    Duration::from_secs(seconds as u64)
}

fn summary(window: Duration, outages: u32, down: Duration) -> Summary {
    let mean = |time: Duration| time.checked_div(outages);
    let (mttf, mttr) = (mean(window - down), mean(down));
    let scaled = down.as_nanos() * u128::from(Availability::PARTS) + window.as_nanos() / 2;
    Summary {
        outages,
        mttf,
        mttr,
        mtbf: mttf.zip(mttr).map(|(up, down)| up + down),
        availability: parts(scaled / window.as_nanos()),
    }
}

/// Merges neighbours of the list, sorted or not; the last end counts, or the latest.
fn ends_with(
    window: Duration,
    incidents: &[Incident],
    is_sorted: bool,
) -> Result<Summary, LogError> {
    MergedOutages::summarise(window, incidents)?;
    let mut list: Vec<&Incident> = incidents
        .iter()
        .filter(|each| !within(window, each).is_zero())
        .collect();
    if is_sorted {
        list.sort_by_key(|each| (each.start, each.end));
    }
    let (mut outages, mut down, mut until) = (0, Duration::ZERO, Duration::ZERO);
    for each in list {
        let end = each.end.min(window);
        outages += u32::from(each.start > until || outages == 0);
        down += end.saturating_sub(each.start.max(until));
        until = if is_sorted { end } else { until.max(end) };
    }
    Ok(summary(window, outages, down.min(window)))
}

struct MtbfIsMttf;
impl Flaw for MtbfIsMttf {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        Ok(Summary {
            mtbf: right.mttf,
            ..right
        })
    }
}

struct MttfOfTheWindow;
impl Flaw for MttfOfTheWindow {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        let mttf = window.checked_div(right.outages);
        Ok(Summary {
            mttf,
            mtbf: mttf.zip(right.mttr).map(|(up, down)| up + down),
            ..right
        })
    }
}

struct SwapsTheMeans;
impl Flaw for SwapsTheMeans {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        Ok(Summary {
            mttf: right.mttr,
            mttr: right.mttf,
            ..right
        })
    }
}

struct SumsEntries;
impl Flaw for SumsEntries {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        let down = incidents
            .iter()
            .map(|each| within(window, each))
            .sum::<Duration>()
            .min(window);
        Ok(summary(window, right.outages, down))
    }
}

struct CountsEntries;
impl Flaw for CountsEntries {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        let entries = incidents
            .iter()
            .filter(|each| !within(window, each).is_zero())
            .count();
        Ok(summary(window, entries as u32, down_of(window, &right)))
    }
}

struct TouchingAreTwo;
impl Flaw for TouchingAreTwo {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        let touches = |each: &&Incident| {
            let overlaps = |other: &Incident| other.start < each.start && other.end > each.start;
            let starts_here =
                |other: &Incident| other.end == each.start && !within(window, other).is_zero();
            incidents.iter().any(starts_here) && !incidents.iter().any(overlaps)
        };
        let real = incidents
            .iter()
            .filter(|each| !within(window, each).is_zero());
        let mut starts: Vec<Duration> = real.filter(touches).map(|each| each.start).collect();
        starts.sort();
        starts.dedup();
        Ok(summary(
            window,
            right.outages + starts.len() as u32,
            down_of(window, &right),
        ))
    }
}

struct EndsWithTheLast;
impl Flaw for EndsWithTheLast {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        ends_with(window, incidents, true)
    }
}

struct TrustsTheOrder;
impl Flaw for TrustsTheOrder {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        ends_with(window, incidents, false)
    }
}

struct IgnoresTheWindow;
impl Flaw for IgnoresTheWindow {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let longest = incidents
            .iter()
            .map(|each| each.end)
            .max()
            .unwrap_or(window)
            .max(window);
        MergedOutages::summarise(window, incidents)?;
        let all = MergedOutages::summarise(longest, incidents)?;
        Ok(summary(
            window,
            all.outages,
            down_of(longest, &all).min(window),
        ))
    }
}

struct DropsWhatCrosses;
impl Flaw for DropsWhatCrosses {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        MergedOutages::summarise(window, incidents)?;
        let inside: Vec<Incident> = incidents
            .iter()
            .copied()
            .filter(|each| each.end <= window)
            .collect();
        MergedOutages::summarise(window, &inside)
    }
}

struct CountsNothings;
impl Flaw for CountsNothings {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        let nothings = incidents
            .iter()
            .filter(|each| each.start == each.end)
            .count();
        Ok(summary(
            window,
            right.outages + nothings as u32,
            down_of(window, &right),
        ))
    }
}

struct QuietIsZero;
impl Flaw for QuietIsZero {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        let zero = Some(Duration::ZERO);
        Ok(Summary {
            mttf: right.mttf.or(zero),
            mttr: right.mttr.or(zero),
            mtbf: right.mtbf.or(zero),
            ..right
        })
    }
}

struct QuietIsTheWindow;
impl Flaw for QuietIsTheWindow {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        Ok(Summary {
            mttf: right.mttf.or(Some(window)),
            ..right
        })
    }
}

struct SwapsTimes;
impl Flaw for SwapsTimes {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let swap = |each: &Incident| Incident {
            start: each.start.min(each.end),
            end: each.end.max(each.start),
        };
        let swapped: Vec<Incident> = incidents.iter().map(swap).collect();
        MergedOutages::summarise(window, &swapped)
    }
}

struct EmptyIsPerfect;
impl Flaw for EmptyIsPerfect {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        match MergedOutages::summarise(window, incidents) {
            Err(LogError::EmptyWindow) => Ok(summary(Duration::from_secs(1), 0, Duration::ZERO)),
            other => other,
        }
    }
}

struct Truncates;
impl Flaw for Truncates {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        let down = down_of(window, &right).as_nanos() * u128::from(Availability::PARTS)
            / window.as_nanos();
        Ok(Summary {
            availability: parts(down),
            ..right
        })
    }
}

struct ThroughFloat;
impl Flaw for ThroughFloat {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        let right = MergedOutages::summarise(window, incidents)?;
        let down = down_of(window, &right).as_secs_f64() / window.as_secs_f64();
        Ok(Summary {
            availability: parts((down * 1e18).round() as u128),
            ..right
        })
    }
}
