//! `.await` in a cell: it costs that cell alone, and what it leaves behind goes on.

use super::client::Kernel;
use expect_test::{Expect, expect};

#[track_caller]
fn check(kernel: &mut Kernel, code: &str, expected: Expect) {
    expected.assert_eq(&kernel.run(code).transcript());
}

/// The last cell as it was compiled.
#[track_caller]
fn source(kernel: &mut Kernel) -> String {
    let ran = kernel.run(":last_compile_dir").transcript();
    let (_, rest) = ran.split_once("text/plain\":\"").unwrap();
    let (folder, _) = rest.split_once("\\n").unwrap();
    std::fs::read_to_string(format!("{folder}/src/lib.rs")).unwrap()
}

#[test]
fn cells_wait_and_their_tasks_go_on() {
    let mut kernel = Kernel::start();
    let ran = kernel.run("async fn later(n: u64) -> u64 { tokio::task::yield_now().await; n + 1 }");
    // Nobody has asked for tokio yet.
    assert!(ran.failure().contains("E0433"));
    kernel.run(":dep tokio = { version = \"1\", features = [\"full\"] }");
    kernel.run("async fn later(n: u64) -> u64 { tokio::task::yield_now().await; n + 1 }");
    check(
        &mut kernel,
        "let two = later(1).await;",
        expect!["reply ok"],
    );
    check(
        &mut kernel,
        "println!(\"{}\", later(two).await); later(later(two).await).await",
        expect![[r#"
            stdout "3\n"
            result {"text/plain":"4"}
            reply ok"#]],
    );
    check(
        &mut kernel,
        "use std::sync::{Arc, Mutex}; use std::time::Duration;\n\
         let (sender, mut receiver) = tokio::sync::mpsc::channel::<u64>(4);\n\
         let task: tokio::task::JoinHandle<u64> = tokio::spawn(async move {\n\
         let mut sum = 0; while let Some(n) = receiver.recv().await { sum += n; } sum });\n\
         tokio::time::sleep(Duration::from_millis(1)).await;",
        expect!["reply ok"],
    );
    // The task of the cell before is there, and a new one can be started as well.
    check(
        &mut kernel,
        "let other: tokio::task::JoinHandle<()> = tokio::spawn({ let sender = sender.clone();\n\
         async move { for n in 1..=3 { sender.send(later(n).await).await.unwrap(); } } });\n\
         other.await?;",
        expect!["reply ok"],
    );
    check(
        &mut kernel,
        "drop(sender); task.await?",
        expect![[r#"
            result {"text/plain":"9"}
            reply ok"#]],
    );
    check(
        &mut kernel,
        "let (a, b): (u64, u64) = tokio::join!(later(1), async { later(2).await + 1 });\n\
         let c: u64 = tokio::select! { n = later(9) => n, _ = std::future::pending::<()>() => 0 };\n\
         (a, b, c)",
        expect![[r#"
            result {"text/plain":"(2, 4, 10)"}
            reply ok"#]],
    );
    failures(&mut kernel);
    // No cell is compiled with a runtime that has not waited itself.
    kernel.run("two + 1");
    assert!(!source(&mut kernel).contains("evcxr_tokio_runtime"));
}

/// What goes wrong in cells that wait.
#[track_caller]
fn failures(kernel: &mut Kernel) {
    check(
        kernel,
        "Err::<u64, String>(format!(\"no {}\", later(1).await))?",
        expect![[r#"
            stderr "no 2\n"
            error Error: no 2
            reply error"#]],
    );
    check(
        kernel,
        "later(1).await; panic!(\"after waiting\")",
        expect![[r#"
            error Panic: after waiting
            reply error"#]],
    );
    let ran = kernel.run("let n: u8 = 1;\nn.await");
    expect![[r#"
        error[E0277]: `u8` is not a future
         --> cell N:2:3
          |
        2 | n.await
          |   ^^^^^ `u8` is not a future
          |
          = help: the trait `Future` is not implemented for `u8`
          = note: u8 must be a future or must implement `IntoFuture` to be awaited
          = note: required for `u8` to implement `IntoFuture`
          = help: remove the `.await`
        E0277: https://doc.rust-lang.org/error_codes/E0277.html"#]]
    .assert_eq(&ran.traceback());
}

#[test]
fn a_cell_that_only_evcxr_can_make_wait_is_left_to_it() {
    let mut kernel = Kernel::start();
    kernel.run(":dep tokio = { version = \"1\", features = [\"full\"] }");
    kernel.run("macro_rules! now { ($future:expr) => { $future.await } }");
    let cell = "let n: u8 = now!(async { 3 }); n";
    let shown = expect![[r#"
        result {"text/plain":"3"}
        reply ok"#]];
    shown.assert_eq(&kernel.run(cell).transcript());
    // From here on evcxr has its own runtime around all cells, and both ways go on.
    check(
        &mut kernel,
        "async { 4 }.await",
        expect![[r#"
            result {"text/plain":"4"}
            reply ok"#]],
    );
    kernel.run(":clear");
    kernel.run(":dep tokio = { version = \"1\", features = [\"full\"] }");
    check(
        &mut kernel,
        "async { 5 }.await",
        expect![[r#"
            result {"text/plain":"5"}
            reply ok"#]],
    );
    assert!(!source(&mut kernel).contains("evcxr_tokio_runtime"));
}
