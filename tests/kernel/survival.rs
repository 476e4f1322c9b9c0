//! Whatever a cell does, the variables of the cells before it are there afterwards.

mod endings;
mod interrupts;
mod processes;

use super::client::{Kernel, Ran};
use expect_test::{Expect, expect};

/// Runs a cell that fails, and checks its error and the variables from before it.
#[track_caller]
fn check(code: &str, expected: Expect) -> Ran {
    let mut kernel = Kernel::shared();
    define(&mut kernel);
    let ran = kernel.run(code);
    expected.assert_eq(&ran.failure());
    check_variables(&mut kernel);
    ran
}

fn define(kernel: &mut Kernel) {
    kernel.run("let mut kept = vec![1, 2]; let word = String::from(\"kept\");");
}

#[track_caller]
fn check_variables(kernel: &mut Kernel) {
    expect![[r#"
        result {"text/plain":"([1, 2], \"kept\")"}
        reply ok"#]]
    .assert_eq(&kernel.run("(&kept, &word)").transcript());
}

#[test]
fn new_variables_of_a_failed_cell_do_not_exist() {
    let mut kernel = Kernel::shared();
    for code in [
        "let new = 1; panic!()",
        "let new = 1; std::process::abort()",
    ] {
        kernel.run(code).failure();
        let failure = kernel.run("new").failure();
        assert!(failure.contains("cannot find value `new`"), "{failure}");
    }
}

#[test]
fn what_a_cell_did_before_its_panic_stays() {
    let mut kernel = Kernel::shared();
    kernel.run("let mut kept = vec![1, 2];");
    kernel.run("kept.push(3); panic!()").failure();
    expect![[r#"
        result {"text/plain":"[1, 2, 3]"}
        reply ok"#]]
    .assert_eq(&kernel.run("kept").transcript());
}

#[test]
fn functions_and_types_of_earlier_cells_survive_and_those_of_the_crashed_one_do_not() {
    let mut kernel = Kernel::shared();
    kernel.run("#[derive(Debug)] struct Old(u8); fn old() -> Old { Old(7) }");
    kernel.run("fn new() {}\nstd::process::abort()").failure();
    expect![[r#"
        result {"text/plain":"Old(7)"}
        reply ok"#]]
    .assert_eq(&kernel.run("old()").transcript());
    let failure = kernel.run("new()").failure();
    assert!(failure.contains("cannot find function `new`"), "{failure}");
}
