//! Where a panic happened, and the calls that led there, in the terms of the notebook.

use super::client::{Kernel, Ran};
use expect_test::{Expect, expect};

/// Functions for several lines of calls.
const FUNCTIONS: &str = "\
#[inline(never)]
fn element(at: usize) -> usize {
    let few = std::hint::black_box(vec![1, 2]);
    few[at]
}
#[inline(never)]
fn next_element(at: usize) -> usize {
    1 + element(at + 1)
}";

/// Runs the functions and a cell; checks the cell's traceback.
#[track_caller]
fn check(code: &str, expected: Expect) {
    let mut kernel = Kernel::shared();
    let defining = kernel.run(FUNCTIONS);
    let ran = kernel.run(code);
    let traceback = ran.traceback().replace(&cell(&defining), "cell F");
    expected.assert_eq(&traceback);
}

fn cell(ran: &Ran) -> String {
    format!("cell {}", ran.reply.execution_count.0)
}

#[test]
fn calls_through_functions_of_an_earlier_cell_are_listed() {
    check(
        "let start = 3;\nprintln!(\"{}\", next_element(start));",
        expect![[r#"
            Panic: index out of bounds: the len is 2 but the index is 4
              --> cell F, line 4
               4 |     few[at]
            calls, innermost first (`:backtrace full` shows all):
               0: element, at cell F, line 4
               1: next_element, at cell F, line 8
               2: the cell, at cell N, line 2"#]],
    );
}

#[test]
fn a_panic_in_the_cell_itself_needs_no_list() {
    check(
        "let none: Option<u8> = None;\nnone.unwrap();",
        expect![[r#"
            Panic: called `Option::unwrap()` on a `None` value
              --> cell N, line 2
               2 | none.unwrap();"#]],
    );
}

#[test]
fn a_closure_is_found_in_the_cell_that_made_it() {
    let mut kernel = Kernel::shared();
    let making = kernel.run(
        "let fragile: Box<dyn Fn(u8)> = Box::new(|n| {\n    \
         let half = n / 2;\n    assert!(half > 5, \"too small\");\n});",
    );
    let ran = kernel.run("fragile(20);\nfragile(8);");
    kernel.run("drop(fragile);");
    expect![[r#"
        Panic: too small
          --> cell C, line 3
           3 |     assert!(half > 5, "too small");
        calls, innermost first (`:backtrace full` shows all):
           0: a closure, at cell C, line 3
           1: the cell, at cell N, line 2"#]]
    .assert_eq(&ran.traceback().replace(&cell(&making), "cell C"));
}

#[test]
fn a_panic_in_a_library_names_the_line_of_the_cell() {
    let mut kernel = Kernel::shared();
    // The library takes the caller's place for its own.
    let blamed = kernel.run("let mut few = [1, 2];\nlet more = [3];\nfew.copy_from_slice(&more);");
    assert!(blamed.traceback().contains("--> cell N, line 3"));
    let code = "let map = std::collections::BTreeMap::from([(1, 2)]);\n\
                let sum: u32 =\n    std::iter::repeat(u32::MAX).take(2).sum();";
    let traceback = kernel.run(code).traceback();
    for expected in [
        "attempt to add with overflow\n  --> /",
        "the cell, at cell N, line 3",
    ] {
        assert!(traceback.contains(expected), "{traceback}");
    }
}

#[test]
fn panics_of_an_abort_are_told_with_their_places() {
    let code = "struct Bomb;\n\
                impl Drop for Bomb {\n    fn drop(&mut self) {\n        panic!(\"second\")\n    }\n}\n\
                {\n    let _bomb = Bomb;\n    panic!(\"first\")\n}";
    let traceback = Kernel::shared().run(code).traceback();
    let place = |message: &str, line: usize| {
        format!("before that it panicked: {message}\n  --> cell N, line {line}\n")
    };
    for expected in [place("first", 9), place("second", 4)] {
        assert!(traceback.contains(&expected), "{traceback}");
    }
}

#[test]
fn a_panic_of_another_thread_is_told_with_its_line() {
    let ran = Kernel::shared().run(
        "let thread = std::thread::Builder::new().name(\"worker\".to_owned());\n\
         thread.spawn(|| {\n    panic!(\"in vain\")\n}).unwrap().join().is_err()",
    );
    expect![[r#"
        stderr "thread 'worker' panicked at cell N, line 3:\nin vain\n"
        result {"text/plain":"true"}
        reply ok"#]]
    .assert_eq(&ran.transcript().replace(&cell(&ran), "cell N"));
}

#[test]
fn a_thread_may_panic_while_the_cell_holds_standard_output() {
    let ran = Kernel::shared().run(
        "let held = std::io::stdout().lock();\n\
         std::thread::spawn(|| panic!(\"meanwhile\")).join().ok();\n\
         drop(held);",
    );
    expect![[r#"
        stderr "thread '<unnamed>' panicked at cell N, line 2:\nmeanwhile\n"
        reply ok"#]]
    .assert_eq(&ran.transcript().replace(&cell(&ran), "cell N"));
}

#[test]
fn a_backtrace_is_as_full_as_wanted() {
    let mut kernel = Kernel::shared();
    let shown = kernel.run(":backtrace full").transcript();
    let full = kernel.run("panic!(\"wanted\")").traceback();
    kernel.run(":backtrace off");
    kernel.run(FUNCTIONS);
    let off = kernel.run("next_element(7)").traceback();
    kernel.run(":backtrace short");
    assert!(shown.contains("backtraces are full"), "{shown}");
    for expected in [
        "std::panicking",
        "library/core/src/panicking.rs:",
        "__libc_start",
    ] {
        assert!(full.contains(expected), "{expected} is missing in {full}");
    }
    assert!(off.ends_with("few[at]"), "{off}");
}
