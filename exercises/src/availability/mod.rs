//! Availability arithmetic: what a target allows, what a system achieves, and where the
//! usual formulas stop being true.
//!
//! A promise is an exact number; a system's availability is an estimate that follows from
//! its parts and from what they share. The two are kept apart here, as types.
//!
//! # Map
//!
//! | read | for |
//! |---|---|
//! | [`contract`] | what each exercise asks for, and the values that they share |
//! | `availability_parse.rs`, `downtime_budget.rs` | targets and downtimes, to the last digit |
//! | `series_parallel.rs`, `k_of_n.rs` | parts that fail independently |
//! | `common_cause.rs`, `shared_parts.rs` | parts that do not |
//! | `incident_log.rs` | MTTF, MTTR and availability from what has happened |
//! | `burn_rate.rs` | error budgets, and when to wake somebody |
//! | `simulate_repairs.rs`, `copies.rs` | the same, played, with an interval |
//! | `text.rs`, `values.rs` | the shared values as text and JSON, and short ways to say things |
//! | [`figures`] | the chapter's figures and numbers |
//! | [`checks`], `wrong/` | the graders, and the wrong solutions that prove them |
//! | `list.rs` | the topic's exercises as the catalog lists them |
//!
//! # Which one?
//!
//! | the parts are | use | it fails when |
//! |---|---|---|
//! | all needed | [`SeriesParallel::in_series`] | some are not needed by every request |
//! | spares of one another | [`CommonCause`], with an honest β | β is guessed too low |
//! | a quorum | [`KOfN`] | they share a deploy, a rack, a certificate |
//! | shared between branches | [`SharedParts`] | there are dozens of shared parts |
//! | hard to say | [`SimulateRepairs`] | failures are so rare that no run sees any |
//!
//! Without the feature `references` only the contracts and the checks are here: what a
//! submission is graded against.
//!
//! # Examples
//!
//! ```
//! use exercises::availability::{Availability, Independent, Period, SeriesParallel};
//!
//! let target: Availability = "99.95%".parse()?;
//! assert_eq!(format!("{:.0}", target.budget(Period::YEAR)), "4 h 22 min 58 s");
//!
//! let service = target.unavailability();
//! let pair = Independent::in_series(&[service, service]).availability();
//! assert_eq!(pair.to_string(), "99.900025%");
//! # Ok::<(), exercises::availability::ParseError>(())
//! ```

pub mod checks;
pub mod contract;

pub use contract::{
    Availability, AvailabilityParse, Block, BurnAlert, BurnRate, CommonCause, Downtime,
    DowntimeBudget, Estimate, Incident, IncidentLog, KOfN, LogError, Minute, ParseError, Period,
    SeriesParallel, SharedParts, SimulateRepairs, Summary, Unavailability, UnknownPart,
};

#[cfg(feature = "references")]
mod availability_parse;
#[cfg(feature = "references")]
mod burn_rate;
#[cfg(feature = "references")]
mod common_cause;
#[cfg(feature = "references")]
mod copies;
#[cfg(feature = "references")]
mod downtime_budget;
#[cfg(feature = "references")]
pub mod figures;
#[cfg(feature = "references")]
mod incident_log;
#[cfg(feature = "references")]
mod k_of_n;
#[cfg(feature = "references")]
mod list;
#[cfg(feature = "references")]
mod series_parallel;
#[cfg(feature = "references")]
mod shared_parts;
#[cfg(feature = "references")]
mod simulate_repairs;
#[cfg(feature = "references")]
mod text;
#[cfg(feature = "references")]
mod values;
#[cfg(feature = "references")]
mod wrong;

#[cfg(feature = "references")]
pub use availability_parse::ExactPercent;
#[cfg(feature = "references")]
pub use burn_rate::ErrorBudget;
#[cfg(feature = "references")]
pub use common_cause::BetaFactor;
#[cfg(feature = "references")]
pub use copies::{Copies, Played};
#[cfg(feature = "references")]
pub use downtime_budget::ExactBudget;
#[cfg(feature = "references")]
pub use incident_log::MergedOutages;
#[cfg(feature = "references")]
pub use k_of_n::TailSum;
#[cfg(feature = "references")]
pub use list::exercises;
#[cfg(feature = "references")]
pub use series_parallel::Independent;
#[cfg(feature = "references")]
pub use shared_parts::Conditioning;
#[cfg(feature = "references")]
pub use simulate_repairs::Renewal;
#[cfg(feature = "references")]
pub use text::DowntimeError;
