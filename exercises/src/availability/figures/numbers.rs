//! The numbers of the chapter's text, computed here, never typed there.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::availability::{
    Availability, BetaFactor, Block, BurnAlert, BurnRate, CommonCause, Conditioning,
    DowntimeBudget, ErrorBudget, ExactBudget, Incident, IncidentLog, Independent, KOfN,
    MergedOutages, Period, SeriesParallel, SharedParts, TailSum, Unavailability,
};
use crate::figure::table;

type Pieces = Vec<(&'static str, String)>;

/// The pieces of `numbers.md`, by name.
pub(super) fn pieces() -> Pieces {
    let mut pieces = budgets();
    pieces.extend(combinations());
    pieces.extend(common());
    pieces.extend(systems());
    pieces.extend(failures());
    pieces.extend(burning());
    pieces
}

/// `160000` as `160,000`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn of(probability: f64) -> Unavailability {
    Unavailability::clamped(probability)
}

fn nines(count: u32) -> Availability {
    Availability::from_parts_down(Availability::PARTS / 10_u64.pow(count))
        .unwrap_or(Availability::PERFECT)
}

fn budgets() -> Pieces {
    let said = |count, period, decimals| ExactBudget::words(nines(count).budget(period), decimals);
    let month = |days: u32| nines(3).budget(Period::of_days(days)).to_string();
    let float_left: f64 = 1.0 - 0.999_999_999_99;
    vec![
        ("three_year", said(3, Period::YEAR, 0)),
        ("three_month", said(3, Period::MONTH, 2)),
        ("three_week", nines(3).budget(Period::WEEK).to_string()),
        ("three_day", nines(3).budget(Period::DAY).to_string()),
        ("four_year", said(4, Period::YEAR, 1)),
        ("four_month", said(4, Period::MONTH, 0)),
        ("four_week", nines(4).budget(Period::WEEK).to_string()),
        ("four_day", nines(4).budget(Period::DAY).to_string()),
        (
            "year_365",
            nines(3).budget(Period::of_days(365)).to_string(),
        ),
        ("month_28", month(28)),
        ("month_30", month(30)),
        ("month_31", month(31)),
        (
            "eleven_month",
            format!(
                "{:.2} µs",
                nines(11).budget(Period::MONTH).as_secs_f64() * 1e6
            ),
        ),
        ("float_left", format!("{float_left:e}")),
        (
            "float_error",
            format!("{:.1e}", (float_left / 1e-11 - 1.0).abs()),
        ),
        ("parts", grouped(nines(11).parts_down())),
    ]
}

fn combinations() -> Pieces {
    let chain = |part: f64, count| Independent::in_series(&vec![of(part); count]);
    let group = |needed, count| TailSum::at_least(needed, &vec![of(0.01); count]);
    let quorum = |needed, count| group(needed, count).availability();
    let pair = Independent::in_parallel(&[of(0.001); 2]);
    let failover_secs = 30.0;
    // One failure of the active in MTTF + MTTR = 1,000 h, each with that much downtime.
    let failing_over = failover_secs / (1_000.0 * 3_600.0);
    vec![
        ("pair_series", chain(0.001, 2).availability().to_string()),
        ("pair_parallel", pair.availability().to_string()),
        ("story_chain", chain(0.0005, 12).percent_up(2)),
        (
            "story_month",
            format!(
                "{:.0}",
                chain(0.0005, 12).availability().budget(Period::MONTH)
            ),
        ),
        (
            "story_promise",
            format!("{:.0}", nines(3).budget(Period::MONTH)),
        ),
        ("hundred", chain(0.001, 100).percent_up(1)),
        (
            "behind_balancer",
            Independent::in_series(&[of(0.0001), pair]).percent_up(4),
        ),
        ("failover_part", format!("{failing_over:.1e}")),
        (
            "failover_times",
            format!("{:.0}", failing_over / pair.get()),
        ),
        (
            "with_failover",
            Independent::in_series(&[pair, of(failing_over)]).percent_up(4),
        ),
        ("quorum_2_3_down", format!("{:.6}", group(2, 3).get())),
        ("quorum_2_3", quorum(2, 3).to_string()),
        ("quorum_3_5", quorum(3, 5).to_string()),
        ("quorum_3_4", quorum(3, 4).to_string()),
        ("one_part", of(0.01).availability().to_string()),
    ]
}

fn common() -> Pieces {
    let rows = [0.0, 0.01, 0.05, 0.1].map(|beta| {
        let group = |copies| BetaFactor::group(copies, of(0.001), beta);
        [
            format!("{:.0}%", beta * 100.0),
            format!("{:.3e}", group(2).get()),
            group(2).percent_up(4),
            format!("{:.3e}", group(3).get()),
            match beta {
                0.0 => "0".to_owned(),
                _ => format!("{:.1e}", beta * 0.001),
            },
        ]
    });
    let head = ["β", "pair", "available", "three copies", "floor"];
    let needed = BetaFactor::copies_needed(of(0.001), 0.05, of(1e-5));
    vec![
        ("beta_table", table(&head, rows)),
        (
            "beta_pair",
            BetaFactor::group(2, of(0.001), 0.1).percent_up(4),
        ),
        (
            "beta_needed",
            needed.map_or("no number".to_owned(), |copies| copies.to_string()),
        ),
    ]
}

/// The chapter's example: two branches, and the database that both need.
fn systems() -> Pieces {
    let known: BTreeMap<String, Unavailability> = [
        ("balancer", 0.0001),
        ("web-1", 0.01),
        ("web-2", 0.01),
        ("database", 0.001),
    ]
    .map(|(name, chance)| (name.to_owned(), of(chance)))
    .into();
    let branch =
        |web: &str, database: &str| Block::Series(vec![Block::part(web), Block::part(database)]);
    let system = |second: &str| {
        let branches = vec![branch("web-1", "database"), branch("web-2", second)];
        Block::Series(vec![Block::part("balancer"), Block::Parallel(branches)])
    };
    let mut apart = known.clone();
    apart.insert("database-2".to_owned(), of(0.001));
    let solve = |second: &str| {
        Conditioning::unavailability(&system(second), &apart).unwrap_or(Unavailability::ALWAYS)
    };
    vec![
        ("shared_wrong", solve("database-2").percent_up(4)),
        ("shared_right", solve("database").percent_up(4)),
    ]
}

fn failures() -> Pieces {
    let hour = |hours: u64| Duration::from_secs(3_600 * hours);
    let twice_as_good = Availability::unavailability_of(hour(1_998), hour(1));
    let log = [(100, 160), (130, 200), (500, 520), (990, 1_200)]
        .map(|(start, end)| Incident::of_secs(start, end));
    let summary = MergedOutages::summarise(Duration::from_secs(1_000), &log);
    let mut pieces = vec![
        (
            "mttf_999",
            Availability::unavailability_of(hour(999), hour(1))
                .availability()
                .to_string(),
        ),
        ("mttf_doubled", twice_as_good.percent_up(3)),
        (
            "mttr_halved",
            Availability::unavailability_of(hour(999), Duration::from_secs(1_800)).percent_up(3),
        ),
        (
            "often_short",
            Availability::unavailability_of(Duration::from_secs(999), Duration::from_secs(1))
                .availability()
                .to_string(),
        ),
    ];
    if let Ok(found) = summary {
        let total = |mean: Option<Duration>| mean.unwrap_or_default() * found.outages;
        pieces.extend([
            ("log_outages", found.outages.to_string()),
            (
                "log_down",
                format!("{:.0} s", total(found.mttr).as_secs_f64()),
            ),
            (
                "log_up",
                format!("{:.0} s", total(found.mttf).as_secs_f64()),
            ),
            ("log_availability", found.availability.to_string()),
            (
                "log_mttr",
                format!("{:.1} s", found.mttr.unwrap_or_default().as_secs_f64()),
            ),
            (
                "log_mttf",
                format!("{:.1} s", found.mttf.unwrap_or_default().as_secs_f64()),
            ),
            (
                "log_mtbf",
                format!("{:.1} s", found.mtbf.unwrap_or_default().as_secs_f64()),
            ),
        ]);
    }
    pieces
}

fn burning() -> Pieces {
    const PERIOD_MINUTES: u32 = 30 * 24 * 60;
    let shares = [0.02, 0.05, 0.10];
    let rows = shares
        .into_iter()
        .zip(BurnAlert::WORKBOOK)
        .map(|(share, alert)| {
            let threshold =
                ErrorBudget::threshold(share, alert.long_minutes as u32, PERIOD_MINUTES);
            let whole_outage = alert.threshold * 0.001 * alert.long_minutes as f64 * 60.0;
            [
                format!("{:.0}%", share * 100.0),
                format!("{} min", alert.long_minutes),
                format!("{} min", alert.short_minutes),
                format!("{threshold:.1}"),
                format!("{whole_outage:.0} s"),
            ]
        });
    let head = [
        "budget spent",
        "long window",
        "short window",
        "threshold",
        "a full outage fires after",
    ];
    vec![
        ("alerts_table", table(&head, rows)),
        (
            "budget_30",
            nines(3).budget(Period::of_days(30)).to_string(),
        ),
        ("burn_10", format!("{:.0}", 0.01 / 0.001)),
        ("burn_10_days", format!("{:.0}", 30.0 / 10.0)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_is_missing() {
        for (name, text) in pieces() {
            assert!(
                !text.contains("NaN") && !text.contains("inf") && !text.is_empty(),
                "{name}: {text}"
            );
        }
    }

    #[test]
    fn the_shared_database_costs_nines() {
        let pieces = systems();
        assert_ne!(pieces[0].1, pieces[1].1);
    }
}
