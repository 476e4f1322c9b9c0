//! Every way in which a cell can fail is an error, with its cause and what is lost.

use super::client::Kernel;
use expect_test::{Expect, expect};

#[track_caller]
fn check(code: &str, expected: Expect) {
    let ran = Kernel::shared().run(code);
    expected.assert_eq(&ran.failure());
}

#[test]
fn a_panic_is_an_error() {
    check("panic!(\"no {}\", \"more\")", expect!["Panic: no more"]);
}

#[test]
fn a_failed_assertion_is_an_error() {
    check(
        "assert_eq!(1 + 1, 3, \"arithmetic\");",
        expect![[r#"
        Panic: assertion `left == right` failed: arithmetic
          left: 2
         right: 3"#]],
    );
}

#[test]
fn a_failing_question_mark_is_an_error() {
    check(
        "let n: u8 = \"300\".parse()?;",
        expect!["Error: number too large to fit in target type"],
    );
}

#[test]
fn a_compile_error_is_an_error() {
    check(
        "let n: u8 = \"text\";",
        expect!["CompileError: mismatched types (E0308)"],
    );
}

#[test]
fn a_syntax_error_is_an_error() {
    check(
        "let = ;",
        expect!["CompileError: expected a pattern after `let`"],
    );
}

#[test]
fn an_unknown_command_is_an_error() {
    check(
        ":nonsense",
        expect!["CompileError: Unrecognised command :nonsense"],
    );
}

#[test]
fn the_end_of_the_process_is_an_error_whatever_its_code() {
    check(
        "std::process::exit(0)",
        expect![
            "ProcessExited: the cell ended its process with exit code 0; all variables are lost; functions, types, imports and dependencies of earlier cells are kept"
        ],
    );
    check(
        "std::process::exit(3)",
        expect![
            "ProcessExited: the cell ended its process with exit code 3; all variables are lost; functions, types, imports and dependencies of earlier cells are kept"
        ],
    );
}

#[test]
fn an_abort_is_an_error() {
    check(
        "std::process::abort()",
        expect![
            "ProcessCrashed: the cell's process was killed by signal 6 (SIGABRT: the process aborted itself); all variables are lost; functions, types, imports and dependencies of earlier cells are kept"
        ],
    );
}

#[test]
fn a_segmentation_fault_is_an_error() {
    check(
        "unsafe { *(8 as *mut u8) = 1; }",
        expect![
            "ProcessCrashed: the cell's process was killed by signal 11 (SIGSEGV: an access to memory that is not its own); all variables are lost; functions, types, imports and dependencies of earlier cells are kept"
        ],
    );
}

#[test]
fn a_panic_while_panicking_is_an_error_with_both_messages() {
    let ran = Kernel::shared().run(
        "struct Bomb;\n\
         impl Drop for Bomb { fn drop(&mut self) { panic!(\"second\") } }\n\
         { let _bomb = Bomb; panic!(\"first\") }",
    );
    assert!(ran.failure().starts_with("ProcessCrashed: "));
    let all = ran.transcript() + &ran.traceback();
    for message in ["first", "second"] {
        assert!(all.contains(message), "{message} is missing in:\n{all}");
    }
}

#[test]
fn the_traceback_of_a_panic_names_the_line_of_the_cell() {
    let ran = Kernel::shared().run("let few = vec![1, 2];\nlet end = few.len();\nfew[end]");
    expect![[r#"
        Panic: index out of bounds: the len is 2 but the index is 2
          --> cell N, line 3
           3 | few[end]"#]]
    .assert_eq(&ran.traceback());
}

#[test]
fn a_diagnostic_is_drawn_on_the_lines_of_the_cell() {
    let ran = Kernel::shared().run("let größe = 1;\nlet n: u8 = \"🦀\";");
    expect![[r#"
        error[E0308]: mismatched types
         --> cell N:2:13
          |
        2 | let n: u8 = "🦀";
          |        --   ^^^^ expected `u8`, found `&str`
          |        |
          |        expected due to this"#]]
    .assert_eq(&ran.traceback());
}

#[test]
fn a_panic_keeps_the_variables_of_earlier_cells() {
    let mut kernel = Kernel::shared();
    kernel.run("let mut kept = vec![1, 2];");
    assert_eq!(
        kernel.run("kept.push(3); panic!()").failure(),
        "Panic: explicit panic"
    );
    expect![[r#"
        result {"text/plain":"[1, 2, 3]"}
        reply ok"#]]
    .assert_eq(&kernel.run("kept").transcript());
}

#[test]
fn a_panic_names_the_variables_that_it_took_along() {
    let mut kernel = Kernel::shared();
    kernel.run("let taken = vec![1];");
    let ran = kernel.run("let other = taken; panic!()");
    let traceback = ran.traceback();
    assert!(traceback.contains("had moved `taken`"), "{traceback}");
}

#[test]
fn a_crash_keeps_functions_and_types_and_says_that_variables_are_lost() {
    let mut kernel = Kernel::shared();
    kernel.run("fn survivor() -> u8 { 7 }\nlet gone = 1;");
    let failure = kernel.run("std::process::abort()").failure();
    assert!(failure.contains("all variables are lost"), "{failure}");
    expect![[r#"
        result {"text/plain":"7"}
        reply ok"#]]
    .assert_eq(&kernel.run("survivor()").transcript());
    let failure = kernel.run("gone").failure();
    assert!(failure.contains("cannot find value `gone`"), "{failure}");
}

#[test]
fn a_process_that_dies_between_two_cells_is_reported_by_the_next() {
    let mut kernel = Kernel::shared();
    // The pipe is closed by the death of the process, so the wait is exactly as long.
    let path = kernel.directory.path().join("alive");
    let code = format!(
        "let file = std::os::unix::net::UnixListener::bind({path:?}).unwrap();\n\
         std::thread::spawn(move || {{ let _ = file.accept(); std::process::abort() }});"
    );
    kernel.run(&code);
    let mut stream = std::os::unix::net::UnixStream::connect(&path).unwrap();
    // Until the other end is gone: the end of the file, or a reset.
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
    let failure = kernel.run("1 + 1").failure();
    assert!(failure.starts_with("ProcessDied: "), "{failure}");
    expect![[r#"
        result {"text/plain":"2"}
        reply ok"#]]
    .assert_eq(&kernel.run("1 + 1").transcript());
}

#[test]
fn cells_behind_a_failing_one_are_aborted() {
    use jupyter_zmq_client::{ExecuteRequest, JupyterMessageContent as Content};
    let mut kernel = Kernel::shared();
    // Compiling the first takes longer than sending the others.
    let cells = ["panic!()", "println!(\"not run\")", "1"];
    let ids = cells.map(|code| kernel.send(ExecuteRequest::new(code.to_owned())));
    let replies = ids.each_ref().map(|_| match kernel.reply() {
        Content::ExecuteReply(reply) => format!("{:?}", reply.status).to_lowercase(),
        other => panic!("expected an execute_reply, got {other:?}"),
    });
    assert_eq!(replies, ["error", "aborted", "aborted"]);
}
