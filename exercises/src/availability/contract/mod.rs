//! What each exercise of the topic asks for: one trait a file, and the values they share.
//!
//! The rules that hold everywhere, so that any two right solutions agree:
//!
//! 1. What people *write down* is exact. A target is an [`Availability`], in whole
//!    parts of 10^18; a period is in whole seconds; their product is a [`Downtime`] in
//!    whole attoseconds. Nothing is divided, so nothing is rounded.
//! 2. What a *model* computes is an [`Unavailability`], the probability of being down,
//!    as a 64-bit float. It is right when it is within one part in 10^9 **of the
//!    unavailability**: an answer of 0 is wrong when 10^-11 is asked for.
//! 3. A month is a twelfth of a year, and a year has 365.2425 days, the mean of the
//!    Gregorian calendar. See [`Period`].

mod availability_parse;
mod burn_rate;
mod common_cause;
mod downtime_budget;
mod incident_log;
mod k_of_n;
mod probability;
mod series_parallel;
mod shared_parts;
mod simulate_repairs;
mod target;

pub use availability_parse::{AvailabilityParse, ParseError};
pub use burn_rate::{BurnAlert, BurnRate, Minute};
pub use common_cause::CommonCause;
pub use downtime_budget::DowntimeBudget;
pub use incident_log::{Incident, IncidentLog, LogError, Summary};
pub use k_of_n::KOfN;
pub use probability::Unavailability;
pub use series_parallel::SeriesParallel;
pub use shared_parts::{Block, SharedParts, UnknownPart};
pub use simulate_repairs::{Estimate, SimulateRepairs};
pub use target::{Availability, Downtime, Period};
