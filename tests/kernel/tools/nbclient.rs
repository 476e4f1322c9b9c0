//! nbclient's time-out, which nbconvert, papermill and nbgrader have from it.

use super::{Place, script};
use crate::fixture::course::said;
use expect_test::expect;

#[test]
fn a_time_out_interrupts_the_cell_and_the_next_has_the_variables() {
    let place = Place::new();
    place.write(
        "in.ipynb",
        &[
            "let mut kept = vec![1];",
            "kept.push(2);\nloop {}",
            "kept.push(3);\nkept",
        ],
    );
    let output = place.python(&[
        &script("tests/kernel/tools/nbclient_timeout.py"),
        "in.ipynb",
    ]);
    assert!(output.status.success(), "{}", said(&output));
    expect![[r#"
        error Interrupted
        execute_result [1, 3]"#]]
    .assert_eq(&place.outputs("in.ipynb"));
}
