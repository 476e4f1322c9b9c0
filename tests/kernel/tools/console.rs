//! `jupyter console`: the kernel in a terminal.

use super::{Place, script};
use crate::fixture::course::said;

#[test]
fn a_person_at_a_terminal_sees_results_and_errors_and_can_interrupt() {
    let place = Place::new();
    // What is typed, and what the terminal must show, is in the script.
    let output = place.python(&[&script("tests/kernel/tools/console_session.py")]);
    assert!(output.status.success(), "{}", said(&output));
}
