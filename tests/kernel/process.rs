//! The kernel as a process: how it starts, what it ignores, what it leaves behind.

use super::client::{Kernel, is_idle};
use jupyter_zmq_client::{
    ConnectionInfo, ExecuteRequest, InterruptRequest, JupyterMessage,
    JupyterMessageContent as Content, KernelInfoRequest, ShutdownRequest,
    create_client_heartbeat_connection, create_client_shell_connection_with_identity,
    peer_identity_for_session,
};
use std::path::PathBuf;
use std::process::{Command, Stdio};

#[test]
fn it_answers_before_it_can_compile_counts_from_one_and_leaves_nothing_behind() {
    let mut kernel = Kernel::start();
    // Nothing has been compiled yet: a cell queued first would hold this up.
    kernel.send(KernelInfoRequest {});
    assert_eq!(kernel.reply().message_type(), "kernel_info_reply");
    let counts = ["1", "panic!()", "2"].map(|code| kernel.run(code).reply.execution_count.0);
    assert_eq!(counts, [1, 2, 3]);

    let processes = kernel.processes();
    assert!(
        processes.len() >= 3,
        "kernel, supervisor and worker, not {processes:?}"
    );
    let directory = own_directory(processes[0]);
    let reply = kernel.control(ShutdownRequest { restart: false });
    assert_eq!(reply.message_type(), "shutdown_reply");
    assert!(kernel.wait().success());
    for pid in processes {
        assert!(!is_running(pid), "process {pid} is left");
    }
    assert!(!directory.exists(), "{directory:?} is left");
}

#[test]
fn what_the_starter_has_left_open_is_not_taken_for_a_cells() {
    let mut kernel = Kernel::start_by(|kernel, file| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "exec 9<&0; exec \"$0\" run \"$1\""]);
        shell.arg(kernel).arg(file).stdin(Stdio::piped());
        shell
    });
    let traceback = kernel.run("std::process::abort()").traceback();
    assert!(!traceback.contains("pipe"), "{traceback}");
}

/// The temporary directory of a kernel, which it names to itself.
fn own_directory(kernel: u32) -> PathBuf {
    let variables = std::fs::read(format!("/proc/{kernel}/environ")).unwrap();
    let variables = String::from_utf8_lossy(&variables).into_owned();
    let wanted = format!("KERNEL_EXT_DIRECTORY={kernel}:");
    let path = variables
        .split('\0')
        .find_map(|variable| variable.strip_prefix(&wanted));
    let path = PathBuf::from(path.expect("a kernel has a directory"));
    assert!(path.is_dir());
    path
}

#[test]
fn a_kernel_ends_with_the_program_that_started_it() {
    // A server that is killed: a shell that has started the kernel and waits for it.
    let script = "export JPY_PARENT_PID=$$; \"$0\" run \"$1\" & wait";
    let mut server = Kernel::start_by(|kernel, file| {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).arg(kernel).arg(file);
        shell
    });
    let processes = server.processes();
    assert!(processes.len() >= 2, "shell and kernel, not {processes:?}");
    let directory = own_directory(processes[1]);
    server.kill();
    for pid in processes {
        while is_running(pid) {
            std::thread::yield_now();
        }
    }
    assert!(!directory.exists(), "{directory:?} is left");
}

/// Whether the process exists and is no zombie.
fn is_running(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name in brackets may hold anything; the state comes after it.
    let state = stat
        .rsplit(") ")
        .next()
        .and_then(|rest| rest.chars().next());
    !matches!(state, None | Some('Z'))
}

#[test]
fn the_heartbeat_answers() {
    let kernel = Kernel::shared();
    kernel.block_on(async {
        let connection = create_client_heartbeat_connection(&kernel.connection).await;
        connection.unwrap().single_heartbeat().await.unwrap();
    });
}

#[test]
fn a_message_with_a_wrong_signature_is_logged_and_not_run() {
    let mut kernel = Kernel::shared();
    let stranger = ConnectionInfo {
        key: "another".to_owned(),
        ..kernel.connection.clone()
    };
    let count = kernel.run("1").reply.execution_count.0;
    let identity = peer_identity_for_session("stranger").unwrap();
    // Kept until the end: closed, it might take the message with it.
    let mut shell = kernel.block_on(async {
        let shell = create_client_shell_connection_with_identity(&stranger, "x", identity);
        shell.await.unwrap()
    });
    let cell = ExecuteRequest::new("println!(\"stolen\")".to_owned());
    let cell = JupyterMessage::new(cell, None);
    kernel.block_on(shell.send(cell)).unwrap();
    while !kernel
        .log()
        .contains("its signature is not made with the key")
    {
        kernel.send(KernelInfoRequest {});
        assert_eq!(kernel.reply().message_type(), "kernel_info_reply");
    }
    assert_eq!(kernel.run("1").reply.execution_count.0, count + 1);
}

#[test]
fn an_interrupt_without_a_running_cell_does_nothing() {
    let mut kernel = Kernel::shared();
    kernel.run("let calm = 5;");
    let reply = kernel.control(InterruptRequest {});
    assert_eq!(reply.message_type(), "interrupt_reply");
    assert_eq!(
        kernel.run("calm").transcript(),
        "result {\"text/plain\":\"5\"}\nreply ok"
    );
}

#[test]
fn output_and_error_come_between_busy_and_idle() {
    let ran = Kernel::shared().run("println!(\"a\"); panic!(\"b\")");
    let kinds: Vec<_> = ran.news.iter().map(Content::message_type).collect();
    assert_eq!(
        kinds,
        ["status", "execute_input", "stream", "error", "status"]
    );
    let last = JupyterMessage::new(ran.news.last().unwrap().clone(), None);
    assert!(is_idle(&last));
}
