//! The graded checks of the topic, generic over the contracts.
//!
//! Each draws inputs, asks the solution, and compares with a model: the contract's rule,
//! computed the slow and obvious way. The first input on which the two differ is cut down
//! for as long as they differ in the same manner, so that the counterexample fits on paper.

mod draw;

pub mod availability_parse;
pub mod burn_rate;
pub mod common_cause;
pub mod downtime_budget;
pub mod incident_log;
pub mod k_of_n;
pub mod series_parallel;
pub mod shared_parts;
pub mod simulate_repairs;
