//! What checks are written with: rules as a table, and two ways to try one and to cut
//! down what fails.
//!
//! | try | with |
//! |---|---|
//! | one question about an input | [`Trial`] |
//! | requests one after the other, on a solution and on a model | [`Scenario`] |
//!
//! Inputs differ from topic to topic, and so do the models; what a failure is, and that
//! its smallest input is reported, does not. Nothing here draws inputs: see
//! [`crate::random`].

mod manner;
mod rule;
mod scenario;
mod shorter;
mod trial;

pub(crate) use rule::Rule;
pub(crate) use scenario::{Reached, Scenario, tried};
pub(crate) use shorter::shorter;
pub(crate) use trial::{Difference, Trial, equal, is_near};
