//! Named wrong solutions, each with the check that must reject it.
//!
//! They are what people really write, and they prove the grader: a wrong solution that
//! passes is a failing test. Each does one thing otherwise than the reference, and takes
//! the rest from it. Nothing here is for use.

pub(super) mod availability_parse;
pub(super) mod burn_rate;
pub(super) mod common_cause;
pub(super) mod downtime_budget;
pub(super) mod incident_log;
pub(super) mod k_of_n;
pub(super) mod series_parallel;
pub(super) mod shared_parts;
pub(super) mod simulate_repairs;
