//! The topic's exercises, as the catalog lists them.

use super::{
    BetaFactor, Conditioning, ErrorBudget, ExactBudget, ExactPercent, Independent, MergedOutages,
    Renewal, TailSum, checks, wrong,
};
use crate::catalog::Exercise;

/// The page of the book, and the notebook, that teach the topic.
const CHAPTER: &str = "07-availability-arithmetic";

const TOPIC: &str = "availability";

/// The topic's exercises, in teaching order.
pub fn exercises() -> Vec<Exercise> {
    vec![
        availability_parse(),
        downtime_budget(),
        series_parallel(),
        k_of_n(),
        common_cause(),
        shared_parts(),
        incident_log(),
        burn_rate(),
        simulate_repairs(),
    ]
}

fn availability_parse() -> Exercise {
    Exercise {
        id: "availability_parse",
        formerly: &[],
        title: "Read and write nines",
        summary: "Read `99.95%` and print it again, without losing a digit at eleven nines.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-nines-to-the-last-digit",
        reference: "exercises/src/availability/availability_parse.rs",
        minutes: 20,
        requires: &[],
        checks: checks::availability_parse::all::<ExactPercent>,
        wrong: wrong::availability_parse::ALL.to_vec(),
    }
}

fn downtime_budget() -> Exercise {
    Exercise {
        id: "downtime_budget",
        formerly: &[],
        title: "Downtime budget",
        summary: "Turn a target and a period into a downtime, and say it in days, hours, minutes and seconds.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "the-nines-to-the-last-digit",
        reference: "exercises/src/availability/downtime_budget.rs",
        minutes: 20,
        requires: &["availability_parse"],
        checks: checks::downtime_budget::all::<ExactBudget>,
        wrong: wrong::downtime_budget::ALL.to_vec(),
    }
}

fn series_parallel() -> Exercise {
    Exercise {
        id: "series_parallel",
        formerly: &[],
        title: "Series and parallel",
        summary: "Combine parts that are all needed, and parts of which one is enough, with all their digits.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "in-parallel",
        reference: "exercises/src/availability/series_parallel.rs",
        minutes: 15,
        requires: &[],
        checks: checks::series_parallel::all::<Independent>,
        wrong: wrong::series_parallel::ALL.to_vec(),
    }
}

fn k_of_n() -> Exercise {
    Exercise {
        id: "k_of_n",
        formerly: &[],
        title: "k of n",
        summary: "Compute how often fewer than `k` of `n` unequal parts are up.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "some-of-many",
        reference: "exercises/src/availability/k_of_n.rs",
        minutes: 25,
        requires: &["series_parallel"],
        checks: checks::k_of_n::all::<TailSum>,
        wrong: wrong::k_of_n::ALL.to_vec(),
    }
}

fn common_cause() -> Exercise {
    Exercise {
        id: "common_cause",
        formerly: &[],
        title: "Common causes",
        summary: "Give redundant copies a share of common failures, and find out when another copy no longer helps.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "what-copies-have-in-common",
        reference: "exercises/src/availability/common_cause.rs",
        minutes: 20,
        requires: &["series_parallel"],
        checks: checks::common_cause::all::<BetaFactor>,
        wrong: wrong::common_cause::ALL.to_vec(),
    }
}

fn shared_parts() -> Exercise {
    Exercise {
        id: "shared_parts",
        formerly: &[],
        title: "Shared parts",
        summary: "Solve a tree of blocks in which one part stands in several places.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "systems-of-systems",
        reference: "exercises/src/availability/shared_parts.rs",
        minutes: 30,
        requires: &["k_of_n", "common_cause"],
        checks: checks::shared_parts::all::<Conditioning>,
        wrong: wrong::shared_parts::ALL.to_vec(),
    }
}

fn incident_log() -> Exercise {
    Exercise {
        id: "incident_log",
        formerly: &[],
        title: "Incident log",
        summary: "Turn a log of overlapping incidents into MTTF, MTTR, MTBF and an exact availability.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "from-failures-to-availability",
        reference: "exercises/src/availability/incident_log.rs",
        minutes: 25,
        requires: &["downtime_budget"],
        checks: checks::incident_log::all::<MergedOutages>,
        wrong: wrong::incident_log::ALL.to_vec(),
    }
}

fn burn_rate() -> Exercise {
    Exercise {
        id: "burn_rate",
        formerly: &[],
        title: "Burn rate",
        summary: "Measure how fast an error budget goes, and alert over two windows.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "error-budgets-and-burn-rates",
        reference: "exercises/src/availability/burn_rate.rs",
        minutes: 20,
        requires: &["availability_parse"],
        checks: checks::burn_rate::all::<ErrorBudget>,
        wrong: wrong::burn_rate::ALL.to_vec(),
    }
}

fn simulate_repairs() -> Exercise {
    Exercise {
        id: "simulate_repairs",
        formerly: &[],
        title: "Simulated repairs",
        summary: "Play failures and repairs, and say how far the result can be trusted.",
        topic: TOPIC,
        chapter: CHAPTER,
        section: "playing-it-through",
        reference: "exercises/src/availability/simulate_repairs.rs",
        minutes: 25,
        requires: &["incident_log"],
        checks: checks::simulate_repairs::all::<Renewal>,
        wrong: wrong::simulate_repairs::ALL.to_vec(),
    }
}
