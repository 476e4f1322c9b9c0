//! When a process takes the place of another: what goes on, what begins anew, and what is
//! left behind.

use super::{check_variables, define};
use crate::kernel::client::{Kernel, children};
use expect_test::expect;
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::net::UnixStream;

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
    // Its own: runtimes have threads, which other tests would be told of.
    let mut kernel = Kernel::start();
    define(&mut kernel);
    kernel.run(
        "async fn later(n: usize) -> usize {\n\
         tokio::task::yield_now().await; n + 1 }\n\
         later(1).await",
    );
    let shown = expect![[r#"
        result {"text/plain":"3"}
        reply ok"#]];
    let traceback = kernel.run("std::process::abort()").traceback();
    assert!(traceback.contains("earlier cell"), "{traceback}");
    shown.assert_eq(&kernel.run("later(kept.len()).await").transcript());
    check_variables(&mut kernel);
    // What a macro awaits is evcxr's, and so is its runtime.
    kernel.run("macro_rules! now { ($future:expr) => { $future.await } }\nnow!(later(1))");
    let traceback = kernel.run("std::process::abort()").traceback();
    let note = "note: the runtime behind `.await` is a new one";
    assert!(traceback.contains(note), "{traceback}");
    shown.assert_eq(&kernel.run("later(kept.len()).await").transcript());
    check_variables(&mut kernel);
}
