//! Another solution of *Incident log*: a sweep over beginnings and ends.
//!
//! The reference sorts incidents and merges neighbours. Here every incident is a step up
//! and a step down, and the system is down while the count is above zero; steps up come
//! first, so that incidents that touch stay one.

use std::time::Duration;

use exercises::availability::{Availability, Incident, IncidentLog, LogError, Summary, checks};

struct Mine;

impl IncidentLog for Mine {
    fn summarise(window: Duration, incidents: &[Incident]) -> Result<Summary, LogError> {
        if window == Duration::ZERO {
            return Err(LogError::EmptyWindow);
        }
        let mut steps = Vec::new();
        for (index, incident) in incidents.iter().enumerate() {
            if incident.start > incident.end {
                return Err(LogError::EndsBeforeItStarts { index });
            }
            let end = incident.end.min(window);
            if incident.start < end {
                // At one moment, beginnings (-1) come before ends (1).
                steps.extend([(incident.start, -1_i64), (end, 1)]);
            }
        }
        steps.sort_unstable();
        let (mut open, mut outages, mut down, mut last) = (0, 0_u32, Duration::ZERO, Duration::ZERO);
        for (at, step) in steps {
            if open > 0 {
                down += at - last;
            } else {
                outages += 1;
            }
            open -= step;
            last = at;
        }
        let mean = |time: Duration| (outages > 0).then(|| time / outages);
        let exact = down.as_nanos() * u128::from(Availability::PARTS) * 2 / window.as_nanos();
        let parts = u64::try_from(exact.div_ceil(2)).unwrap_or(u64::MAX);
        let (mttf, mttr) = (mean(window - down), mean(down));
        Ok(Summary {
            outages,
            mttf,
            mttr,
            mtbf: mttf.and_then(|up| Some(up + mttr?)),
            availability: Availability::from_parts_down(parts).unwrap_or(Availability::PERFECT),
        })
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("incident_log", checks::incident_log::all::<Mine>)
}
