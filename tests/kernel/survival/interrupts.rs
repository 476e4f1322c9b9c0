//! Cells that are stopped from outside.

use super::{check_variables, define};
use crate::kernel::client::Kernel;
use expect_test::expect;
use jupyter_zmq_client::{ExecuteRequest, InterruptRequest, JupyterMessageContent as Content};
use std::io::Read as _;
use std::os::unix::net::UnixListener;

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
