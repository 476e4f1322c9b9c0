//! Checks of the exercise `incident_log`.

use std::time::Duration;

use rand::RngExt;

use crate::availability::{Availability, Incident, IncidentLog, LogError, Summary};
use crate::grade::kit::{Trial, equal};
use crate::grade::{Check, Seed, Verdict};
use crate::random::{self, ChaCha8Rng};

type Summarise = fn(Duration, &[Incident]) -> Result<Summary, LogError>;

/// Length of the window and incidents, in seconds.
#[derive(Debug, Clone)]
struct Log {
    window: u64,
    incidents: Vec<(u64, u64)>,
}

/// The checks of a solution of [`IncidentLog`].
///
/// # Examples
///
/// ```
/// use exercises::availability::{MergedOutages, checks};
///
/// for check in checks::incident_log::all::<MergedOutages>() {
///     assert_eq!(check.run(0), Ok(()), "{}", check.name);
/// }
/// ```
pub fn all<T: IncidentLog>() -> Vec<Check> {
    let mut all = merging::<T>();
    all.extend(borders::<T>());
    all
}

fn merging<T: IncidentLog>() -> Vec<Check> {
    vec![
        Check::new(
            "means",
            "MTTF and MTTR are the time up and the time down for each outage, and MTBF is their sum.",
            |seed| agree(T::summarise, seed, apart),
        )
        .points(2)
        .hints([
            "Which of the three means is measured from failure to failure?",
            "Add up the time down; what is left of the window is the time up; divide both by the number of outages.",
            "`let mttf = (window - down).checked_div(outages); let mttr = down.checked_div(outages);`",
        ]),
        Check::new("overlaps", "Incidents that overlap or touch are one outage.", |seed| {
            agree(T::summarise, seed, overlapping)
        })
        .points(3)
        .hints([
            "Two teams log the same outage. How often was the system down?",
            "Walk through the incidents by their beginning, and remember how far the outage reaches. A short one may lie inside a long one.",
            "If `start <= until`, the outage goes on and `until = until.max(end)`; else a new one begins.",
        ]),
        Check::new("order", "Incidents come in any order.", |seed| agree(T::summarise, seed, shuffled)).hints([
            "Does your loop rely on the log being sorted?",
            "Sort a copy by the beginning.",
            "`let mut sorted = incidents.to_vec(); sorted.sort_by_key(|incident| incident.start);`",
        ]),
        Check::new(
            "availability",
            "The availability is exact: time down over window, rounded to the nearest of 10^18 parts.",
            |seed| agree(T::summarise, seed, odd_windows),
        )
        .hints([
            "Does a float come between the two durations and the parts?",
            "Multiply before you divide, in `u128`, and add half of the divisor to round.",
            "`(down.as_nanos() * u128::from(Availability::PARTS) + window.as_nanos() / 2) / window.as_nanos()`",
        ]),
    ]
}

fn borders<T: IncidentLog>() -> Vec<Check> {
    vec![
        Check::new("window", "Only what lies within the window counts.", |seed| agree(T::summarise, seed, crossing))
            .points(2)
            .hints([
                "What if an incident ends after the window, or takes no time?",
                "Cut every incident to the window first; drop those of which nothing is left.",
                "`let (start, end) = (each.start.min(window), each.end.min(window));` and keep it if `start < end`.",
            ]),
        Check::new("quiet", "Without an outage there is no mean, and the availability is perfect.", |_| {
            quiet(T::summarise)
        })
        .hints([
            "What is the mean of no numbers?",
            "`None` says that nothing is known; 0 would say that it fails all the time.",
            "`Duration::checked_div(0)` is `None`.",
        ]),
        Check::new("bad-logs", "An empty window and an incident that ends before it starts are errors.", |_| {
            bad_logs(T::summarise)
        })
        .hints([
            "What do you divide by at the end, and what if it is zero?",
            "Look at the window first, then at every incident in the list's own order.",
            "`incidents.iter().position(|incident| incident.end < incident.start)`",
        ]),
    ]
}

/// Second by second: no interval is merged, every second is up or down.
fn model(log: &Log) -> Summary {
    let covers = |second: u64| {
        log.incidents
            .iter()
            .any(|(start, end)| (*start..*end).contains(&second))
    };
    let is_down: Vec<bool> = (0..log.window).map(covers).collect();
    let down = is_down.iter().filter(|down| **down).count() as u64;
    let begins = |index: usize| is_down[index] && (index == 0 || !is_down[index - 1]);
    let outages = (0..is_down.len()).filter(|index| begins(*index)).count() as u32;
    let mean = |seconds: u64| {
        let nanos = seconds * 1_000_000_000;
        nanos
            .checked_div(u64::from(outages))
            .map(Duration::from_nanos)
    };
    let (up, repair) = (mean(log.window - down), mean(down));
    let scaled = u128::from(down) * u128::from(Availability::PARTS) * 2;
    let parts = (scaled / u128::from(log.window)).div_ceil(2);
    Summary {
        outages,
        mttf: up,
        mttr: repair,
        mtbf: up.zip(repair).map(|(up, repair)| up + repair),
        availability: super::draw::down_for(parts as u64),
    }
}

fn text(log: &Log) -> String {
    let all: Vec<String> = log
        .incidents
        .iter()
        .map(|(start, end)| format!("Incident::of_secs({start}, {end})"))
        .collect();
    format!(
        "let log = [{}];\nMine::summarise(std::time::Duration::from_secs({}), &log)",
        all.join(", "),
        log.window
    )
}

fn ask(summarise: Summarise, log: &Log) -> Result<Summary, LogError> {
    let incidents: Vec<Incident> = log
        .incidents
        .iter()
        .map(|(start, end)| Incident::of_secs(*start, *end))
        .collect();
    summarise(Duration::from_secs(log.window), &incidents)
}

fn smaller(log: &Log) -> Vec<Log> {
    let fewer = (0..log.incidents.len()).map(|index| {
        let mut fewer = log.clone();
        fewer.incidents.remove(index);
        fewer
    });
    // Without an incident it would be another rule's input.
    fewer.filter(|log| !log.incidents.is_empty()).collect()
}

fn agree(summarise: Summarise, seed: Seed, draw: fn(&mut ChaCha8Rng, usize) -> Log) -> Verdict {
    let mut random = random::seeded(seed);
    let sizes = (1..7).flat_map(|size| [size; 25]);
    Trial {
        inputs: sizes
            .map(|size| draw(&mut random, size))
            .collect::<Vec<Log>>(),
        judge: |log: &Log| equal(&Ok(model(log)), &ask(summarise, log)),
        text,
        smaller,
    }
    .run()
}

/// In order, with time between them, away from the window's ends.
fn apart(random: &mut ChaCha8Rng, size: usize) -> Log {
    let mut now = 0_u64;
    let mut incidents = Vec::new();
    for _ in 0..size {
        let start = now + random.random_range(1..8);
        now = start + random.random_range(1..6);
        incidents.push((start, now));
    }
    let window = (now + 1).next_multiple_of(10) * size as u64;
    Log { window, incidents }
}

/// Sorted by their beginnings; some touch, some overlap, some lie inside another.
fn overlapping(random: &mut ChaCha8Rng, size: usize) -> Log {
    let mut log = any(random, size + 1);
    log.incidents.sort_unstable();
    log
}

fn shuffled(random: &mut ChaCha8Rng, size: usize) -> Log {
    let mut log = apart(random, size + 1);
    let other = random.random_range(0..log.incidents.len());
    log.incidents.reverse();
    log.incidents.rotate_left(other);
    log
}

fn any(random: &mut ChaCha8Rng, size: usize) -> Log {
    let mut incidents = Vec::new();
    for _ in 0..size {
        let start = random.random_range(1..30);
        incidents.push((start, start + random.random_range(1..9)));
    }
    Log {
        window: 100,
        incidents,
    }
}

/// Windows that no power of ten divides.
fn odd_windows(random: &mut ChaCha8Rng, size: usize) -> Log {
    let log = apart(random, size);
    let window = log.window + [1, 3, 7, 13][random.random_range(0..4_usize)];
    Log { window, ..log }
}

/// Reaching over the end, behind it, or without time.
fn crossing(random: &mut ChaCha8Rng, size: usize) -> Log {
    let mut log = apart(random, size);
    let window = log.window;
    let extra = [
        (window - 1, window + 5),
        (window, window + 1),
        (window + 3, window + 9),
        (1, 1),
        (window, window),
    ];
    log.incidents
        .push(extra[random.random_range(0..extra.len())]);
    log
}

fn quiet(summarise: Summarise) -> Verdict {
    Trial {
        inputs: [1, 60, 1_000].map(|window| Log {
            window,
            incidents: vec![],
        }),
        judge: |log: &Log| equal(&Ok(model(log)), &ask(summarise, log)),
        text: |log: &Log| {
            format!(
                "Mine::summarise(std::time::Duration::from_secs({}), &[])",
                log.window
            )
        },
        smaller: |_: &Log| Vec::new(),
    }
    .run()
}

fn bad_logs(summarise: Summarise) -> Verdict {
    let backwards = |index| LogError::EndsBeforeItStarts { index };
    let logs = [
        (0, vec![(1, 2)], LogError::EmptyWindow),
        (0, vec![(2, 1)], LogError::EmptyWindow),
        (10, vec![(2, 1)], backwards(0)),
        (10, vec![(5, 6), (1, 3), (4, 2), (3, 1)], backwards(2)),
        (10, vec![(50, 40)], backwards(0)),
    ];
    Trial {
        inputs: logs.map(|(window, incidents, error)| (Log { window, incidents }, error)),
        judge: |(log, error): &(Log, LogError)| equal(&Err(error.clone()), &ask(summarise, log)),
        text: |(log, _): &(Log, LogError)| text(log),
        smaller: |_: &(Log, LogError)| Vec::new(),
    }
    .run()
}
