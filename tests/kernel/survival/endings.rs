//! Cells that fail, and cells that take their process along.

use super::{check, check_variables, define};
use crate::kernel::client::Kernel;
use expect_test::expect;

#[test]
fn a_panic() {
    check("panic!()", expect!["Panic: explicit panic"]);
}

#[test]
fn a_failed_assertion_after_a_move() {
    let ran = check(
        "let taken = kept; assert!(taken.is_empty());",
        expect!["Panic: assertion failed: taken.is_empty()"],
    );
    let traceback = ran.traceback();
    assert!(traceback.contains("had moved `kept`"), "{traceback}");
}

#[test]
fn a_failing_question_mark_after_a_move() {
    let code = "let taken = word; let number: u8 = taken.parse()?;";
    let ran = check(code, expect!["Error: invalid digit found in string"]);
    let traceback = ran.traceback();
    assert!(traceback.contains("had moved `word`"), "{traceback}");
}

#[test]
fn a_panic_in_a_new_variable_of_an_old_name() {
    check("let kept = 5; panic!(\"{kept}\")", expect!["Panic: 5"]);
}

#[test]
fn a_panic_in_a_thread_that_is_joined() {
    check(
        "std::thread::spawn(|| panic!(\"in the thread\")).join().unwrap();",
        expect!["Panic: called `Result::unwrap()` on an `Err` value: Any { .. }"],
    );
}

#[test]
fn a_panic_while_panicking() {
    let ran = check(
        "struct Bomb;\n\
         impl Drop for Bomb { fn drop(&mut self) { panic!(\"second\") } }\n\
         { let _bomb = Bomb; panic!(\"first\") }",
        expect![
            "ProcessCrashed: the cell's process was killed by signal 6 (SIGABRT: the process aborted itself); all variables are as they were before it"
        ],
    );
    let all = ran.transcript() + &ran.traceback();
    for message in ["first", "second"] {
        assert!(all.contains(message), "{message} is missing in:\n{all}");
    }
}

#[test]
fn the_end_of_the_process_whatever_its_code() {
    check(
        "std::process::exit(0)",
        expect![
            "ProcessExited: the cell ended its process with exit code 0; all variables are as they were before it"
        ],
    );
    check(
        "let taken = kept; std::process::exit(3)",
        expect![
            "ProcessExited: the cell ended its process with exit code 3; all variables are as they were before it"
        ],
    );
}

#[test]
fn an_abort() {
    check(
        "kept.push(3); std::process::abort()",
        expect![
            "ProcessCrashed: the cell's process was killed by signal 6 (SIGABRT: the process aborted itself); all variables are as they were before it"
        ],
    );
}

#[test]
fn a_segmentation_fault() {
    check(
        "unsafe { *(8 as *mut u8) = 1; }",
        expect![
            "ProcessCrashed: the cell's process was killed by signal 11 (SIGSEGV: an access to memory that is not its own); all variables are as they were before it"
        ],
    );
}

#[test]
fn an_illegal_instruction() {
    // The instruction that every architecture has for this purpose.
    check(
        "#[allow(unused)] fn trap() { unsafe { libc_trap() } }\n\
         fn libc_trap() { #[cfg(target_arch = \"x86_64\")] unsafe { std::arch::asm!(\"ud2\") }\n\
         #[cfg(target_arch = \"aarch64\")] unsafe { std::arch::asm!(\"udf #0\") } }\n\
         libc_trap()",
        expect![
            "ProcessCrashed: the cell's process was killed by signal 4 (SIGILL: an illegal instruction); all variables are as they were before it"
        ],
    );
}

#[test]
fn a_stack_overflow() {
    check(
        "fn deeper(n: u64) -> u64 { std::hint::black_box(n) + deeper(n + 1) + 1 }\ndeeper(0)",
        expect![
            "StackOverflow: the cell's calls nest too deeply for the stack; all variables are as they were before it"
        ],
    );
}

#[test]
fn an_allocation_beyond_the_limit() {
    let mut kernel = Kernel::shared();
    kernel.run(":memory_limit 1 GiB");
    define(&mut kernel);
    let ran = kernel.run("let much = vec![1_u8; 2 << 30]; much.len()");
    expect!["OutOfMemory: the cell could not get 2147483648 bytes of memory; `:memory_limit` shows how much it may use; all variables are as they were before it"].assert_eq(&ran.failure());
    check_variables(&mut kernel);
    kernel.run(":memory_limit off");
    expect![[r#"
        result {"text/plain":"2147483648"}
        reply ok"#]]
    .assert_eq(&kernel.run("vec![1_u8; 2 << 30].len()").transcript());
    kernel.run(":memory_limit default");
}
