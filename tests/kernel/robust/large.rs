//! Messages that are larger than anybody needs.

use super::{check_cell, next_line, parts};
use crate::kernel::client::Kernel;
use crate::kernel::front_end::{Channel, FrontEnd, header, signed};
use expect_test::expect;
use jupyter_zmq_client::{JupyterMessageContent as Content, ReplyStatus};

#[test]
fn the_log_shows_only_the_start_of_a_type_of_a_mebibyte() {
    let mut kernel = Kernel::shared();
    let logged = kernel.log().len();
    let frames = parts(&"long".repeat(1 << 18), b"", b"{}", b"{}")(&kernel);
    let connection = kernel.connection.clone();
    let _front_end = kernel.block_on(async {
        let mut front_end = FrontEnd::start(&connection, "wordy").await;
        front_end.send_frames(Channel::Shell, frames).await;
        front_end
    });
    let line = next_line(&mut kernel, logged, " on shell ");
    assert!(line.contains("longlong") && line.len() < 500, "{line}");
}

#[test]
fn buffers_behind_the_content_and_much_metadata_are_no_fault() {
    let kernel = Kernel::shared();
    let connection = kernel.connection.clone();
    let metadata = format!(r#"{{"much": "{}"}}"#, "x".repeat(16 << 20));
    let content = br#"{"code": ":memory_limit"}"#;
    let header = header("execute_request");
    let parts = [&header, &b"{}"[..], metadata.as_bytes(), content];
    let mut frames = signed(&connection, parts);
    frames.extend([Vec::new(), b"\xff".repeat(1 << 20)]);
    let reply = kernel.block_on(async {
        let mut front_end = FrontEnd::start(&connection, "buffers").await;
        front_end.send_frames(Channel::Shell, frames).await;
        front_end.reply().await.content
    });
    let Content::ExecuteReply(reply) = reply else {
        panic!("expected an execute_reply, got {reply:?}");
    };
    assert_eq!(reply.status, ReplyStatus::Ok);
}

#[test]
fn a_cell_of_64_mebibytes_is_refused_in_words_and_not_kept_in_the_history() {
    let mut kernel = Kernel::shared();
    let code = format!("let long = \"{}\";", "x".repeat(64 << 20));
    expect!["CellRefused: the cell has 67108878 bytes, and a cell may have 1 MiB; nothing of it was run. Put data into a file, and read it in the cell"].assert_eq(&kernel.run(&code).failure());
    check_cell(&mut kernel);
    let file = kernel.directory.path().join("history.jsonl");
    assert!(std::fs::metadata(file).unwrap().len() < 1 << 20);
}
