//! Exercise *Read and write nines*: `99.95%` in, the same out, to the last digit.
//!
//! **Yours:** the two bodies below. Leave `main` alone.
//!
//! - Contract, with an example: `AvailabilityParse` in
//!   `exercises/src/availability/contract/availability_parse.rs`; the rules that hold everywhere are
//!   in `contract/mod.rs` beside it.
//! - Chapter: `book/src/07-availability-arithmetic.md`
//! - Grade it: `cargo course check availability_parse`; while you work: `cargo course watch availability_parse`
//! - Stuck? `cargo course hint availability_parse`. Start again: `cargo course reset availability_parse`
#![allow(
    clippy::todo,
    unused_variables,
    reason = "a stub is unfinished until you have solved it"
)]

use exercises::availability::{Availability, AvailabilityParse, ParseError, checks};

struct Mine;

impl AvailabilityParse for Mine {
    fn parse(text: &str) -> Result<Availability, ParseError> {
        todo!("take the text apart at the `.` and the `%`; which integer do the digits make?")
    }

    fn percent(availability: Availability) -> String {
        todo!("how many whole per cents are up, and which digits are left over?")
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main(
        "availability_parse",
        checks::availability_parse::all::<Mine>,
    )
}
