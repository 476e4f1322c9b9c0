//! Whatever a cell does, the variables of the cells before it are there afterwards.

use super::client::{Kernel, Ran, children};
use expect_test::{Expect, expect};
use jupyter_zmq_client::{ExecuteRequest, InterruptRequest, JupyterMessageContent as Content};
use rustix::process::{Pid, Signal, kill_process};
use std::io::Read as _;
use std::os::unix::net::{UnixListener, UnixStream};

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

/// Sends a cell, waits until it prints, interrupts it, and checks what is left.
#[track_caller]
fn check_interrupt(code: &str) {
    let mut kernel = Kernel::shared();
    define(&mut kernel);
    let code = format!("let taken = word; println!(\"running\"); {code}");
    let id = kernel.send(ExecuteRequest::new(code));
    while !matches!(kernel.news().content, Content::StreamContent(_)) {}
    let reply = kernel.control(InterruptRequest {});
    assert_eq!(reply.message_type(), "interrupt_reply");
    expect!["Interrupted: the cell was stopped; all variables are as they were before it"]
        .assert_eq(&kernel.collect(&id).failure());
    check_variables(&mut kernel);
}

#[test]
fn an_interrupt_of_a_busy_loop() {
    check_interrupt("loop { std::hint::spin_loop() }");
}

#[test]
fn an_interrupt_of_a_sleeping_cell() {
    check_interrupt("std::thread::sleep(std::time::Duration::from_secs(1_000));");
}

#[test]
fn an_interrupt_of_a_blocking_read() {
    check_interrupt(
        "let (mut reader, writer) = std::io::pipe().unwrap();\n\
         std::io::Read::read(&mut reader, &mut [0]).unwrap(); drop(writer);",
    );
}

#[test]
fn an_interrupt_ends_what_the_cell_had_started() {
    let mut kernel = Kernel::shared();
    let path = kernel.directory.path().join("child");
    let listener = UnixListener::bind(&path).unwrap();
    // The shell's child holds the connection as long as it lives.
    let code = format!(
        "use std::os::fd::OwnedFd;\n\
         let stream = std::os::unix::net::UnixStream::connect({path:?}).unwrap();\n\
         std::process::Command::new(\"sh\").args([\"-c\", \"sleep 1000 & wait\"])\n\
         .stdin(OwnedFd::from(stream)).status().unwrap();"
    );
    let id = kernel.send(ExecuteRequest::new(code));
    // Until then the request may wait in this process, which `accept` blocks.
    while !matches!(kernel.news().content, Content::ExecuteInput(_)) {}
    let (mut stream, _) = listener.accept().unwrap();
    kernel.control(InterruptRequest {});
    kernel.collect(&id).failure();
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
}

#[test]
fn a_process_that_dies_between_two_cells_costs_no_variable() {
    let mut kernel = Kernel::shared();
    define(&mut kernel);
    // The socket is closed by the death of the process, so the wait is exactly as long.
    let path = kernel.directory.path().join("alive");
    let code = format!(
        "let file = std::os::unix::net::UnixListener::bind({path:?}).unwrap();\n\
         std::thread::spawn(move || {{ let _ = file.accept(); std::process::abort() }});"
    );
    kernel.run(&code);
    let mut stream = UnixStream::connect(&path).unwrap();
    // Until the other end is gone: the end of the file, or a reset.
    let _ = std::io::copy(&mut stream, &mut std::io::sink());
    expect![[r#"
        note: something that an earlier cell has left running took the process along: it was killed by signal 6 (SIGABRT: the process aborted itself); all variables are as they were after the cell before
        note: a thread that an earlier cell had started is gone
    "#]].assert_eq(&kernel.text());
    check_variables(&mut kernel);
}

#[test]
fn a_process_that_dies_again_and_again_between_cells_is_given_up() {
    let mut kernel = Kernel::start();
    define(&mut kernel);
    let shown = kernel.run("std::process::id()").transcript();
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    let mut worker: u32 = digits.parse().unwrap();
    for death in 1..=4 {
        // The latest process under a worker takes its place; one before it may be dying.
        let snapshot = *children(worker).last().unwrap();
        let pid = i32::try_from(worker).ok().and_then(Pid::from_raw).unwrap();
        kill_process(pid, Signal::KILL).unwrap();
        if death < 4 {
            let note = kernel.text();
            assert!(note.contains("was killed by signal 9"), "{note}");
        }
        worker = snapshot;
    }
    let failure = kernel.run("kept").failure();
    assert!(failure.starts_with("ProcessDied: "), "{failure}");
    assert!(failure.contains("so all are lost"), "{failure}");
    define(&mut kernel);
    check_variables(&mut kernel);
}

#[test]
fn ten_crashes_in_a_row_leave_no_process_behind() {
    let mut kernel = Kernel::shared();
    define(&mut kernel);
    let mut crash = || {
        kernel.run("std::process::abort()").failure();
        check_variables(&mut kernel);
        kernel.processes().len()
    };
    let first = crash();
    let last = (1..10).map(|_| crash()).last().unwrap();
    // A snapshot that is being replaced may still be dying; it is not one a crash.
    assert!(last <= first + 2, "{first} processes became {last}");
}

#[test]
fn a_listener_listens_again_and_a_connection_is_closed() {
    let mut kernel = Kernel::shared();
    kernel.run(
        "use std::net::{TcpListener, TcpStream};\n\
         let listener = TcpListener::bind(\"127.0.0.1:0\").unwrap();\n\
         let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();\n\
         let (mut server, _) = listener.accept().unwrap();",
    );
    let traceback = kernel.run("std::process::abort()").traceback();
    // Other tests share the kernel, so there may be more of them.
    let note = "connections or pipes of earlier cells are closed";
    assert!(traceback.contains(note), "{traceback}");
    let ran = kernel.run(
        "let again = TcpStream::connect(listener.local_addr().unwrap()).is_ok();\n\
         let end = std::io::Read::read(&mut client, &mut [0]).unwrap();\n\
         (again, listener.accept().is_ok(), end)",
    );
    expect![[r#"
        result {"text/plain":"(true, true, 0)"}
        reply ok"#]]
    .assert_eq(&ran.transcript());
    kernel.run("drop((listener, client, server));");
}

#[test]
fn a_file_stays_open_at_its_position() {
    let mut kernel = Kernel::shared();
    let path = kernel.directory.path().join("lines");
    std::fs::write(&path, "one\ntwo\n").unwrap();
    kernel.run(&format!(
        "use std::io::Read as _;\n\
         let mut file = std::fs::File::open({path:?}).unwrap();\n\
         let mut line = [0; 4]; file.read_exact(&mut line).unwrap();"
    ));
    kernel.run("std::process::abort()").failure();
    expect![[r#"
        result {"text/plain":"\"two\\n\""}
        reply ok"#]]
    .assert_eq(
        &kernel
            .run("file.read_exact(&mut line).unwrap(); String::from_utf8_lossy(&line)")
            .transcript(),
    );
}

#[test]
fn a_child_process_goes_on_and_can_be_killed() {
    let mut kernel = Kernel::shared();
    kernel.run("let mut child = std::process::Command::new(\"sleep\").arg(\"1000\").spawn()?;");
    let traceback = kernel.run("std::process::abort()").traceback();
    let note = "note: processes of earlier cells go on, but cannot be waited for any more: ";
    assert!(traceback.contains(note), "{traceback}");
    expect![[r#"
        result {"text/plain":"Ok(())"}
        reply ok"#]]
    .assert_eq(&kernel.run("child.kill()").transcript());
}

#[test]
fn an_await_works_after_a_crash() {
    // Its own: the runtime has threads, which other tests would be told of.
    let mut kernel = Kernel::start();
    define(&mut kernel);
    kernel.run(
        "async fn later(n: usize) -> usize {\n\
         tokio::task::yield_now().await; n + 1 }\n\
         later(1).await",
    );
    let traceback = kernel.run("std::process::abort()").traceback();
    let note = "note: the runtime behind `.await` is a new one";
    assert!(traceback.contains(note), "{traceback}");
    expect![[r#"
        result {"text/plain":"3"}
        reply ok"#]]
    .assert_eq(&kernel.run("later(kept.len()).await").transcript());
    check_variables(&mut kernel);
}

#[test]
fn an_interrupt_is_answered_while_the_cell_is_still_analysed() {
    let mut kernel = Kernel::start();
    for code in ["let new = vec![1];", ":dep rand = \"0.8\"\nlet new = 1;"] {
        let id = kernel.send(ExecuteRequest::new(code.to_owned()));
        while !matches!(kernel.news().content, Content::ExecuteInput(_)) {}
        kernel.control(InterruptRequest {});
        expect!["Interrupted: the cell was stopped before its code ran; nothing has changed"]
            .assert_eq(&kernel.collect(&id).failure());
        expect![[r#"
            result {"text/plain":"7"}
            reply ok"#]]
        .assert_eq(&kernel.run("let old = 7; old").transcript());
        let failure = kernel.run("new").failure();
        assert!(failure.contains("cannot find value `new`"), "{failure}");
    }
}
