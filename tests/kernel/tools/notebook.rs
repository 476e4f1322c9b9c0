//! Jupyter Notebook 7: its server finds the kernel, and passes cells on to it.
//!
//! Its page is built of JupyterLab's parts, which the browser tests use.

use super::{Place, script};
use expect_test::expect;

#[test]
fn a_kernel_is_started_asked_interrupted_and_ended_through_the_server() {
    let place = Place::new();
    let output = place.python(&[&script("tests/kernel/tools/notebook_server.py")]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    expect![[r#"
        page Home
        default rust shown as Rust (system design)
        logo <svg
        result 42
        error Panic
        stdout runs
        error Interrupted
        result [6, 7]
    "#]]
    .assert_eq(&String::from_utf8_lossy(&output.stdout));
}
