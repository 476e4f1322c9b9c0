//! Messages that no good front end sends: each costs a line in the log and nothing else.

use super::client::Kernel;
use super::front_end::{Channel, DELIMITER, FrontEnd, header, signed};
use expect_test::{Expect, expect};
use jupyter_zmq_client::{JupyterMessageContent as Content, KernelInfoRequest, ReplyStatus};
use std::time::{Duration, Instant};

/// Sends frames, and checks the one line that they cost and that a cell runs afterwards.
#[track_caller]
fn check(channel: Channel, frames: impl FnOnce(&Kernel) -> Vec<Vec<u8>>, expected: Expect) {
    let mut kernel = Kernel::shared();
    let frames = frames(&kernel);
    let logged = kernel.log().len();
    let connection = kernel.connection.clone();
    // Kept until the end: closed, it might take the message with it.
    let _front_end = kernel.block_on(async {
        let mut front_end = FrontEnd::start(&connection, "rude").await;
        front_end.send_frames(channel, frames).await;
        front_end
    });
    let about = format!(" on {channel:?} ").to_lowercase();
    expected.assert_eq(&next_line(&mut kernel, logged, &about));
    check_cell(&mut kernel);
    assert_eq!(kernel.log()[logged..].matches(&about).count(), 1);
}

/// The first line of the log behind this byte that is about this, without time and place.
///
/// Others may stand between: a front end of the test before may be missed only now.
#[track_caller]
pub(super) fn next_line(kernel: &mut Kernel, logged: usize, about: &str) -> String {
    // A line that is missing shall fail the test, not hang it.
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        assert!(Instant::now() < deadline, "no line about{about}");
        let log = kernel.log();
        let (whole_lines, _) = log[logged..].rsplit_once('\n').unwrap_or_default();
        if let Some(line) = whole_lines.lines().find(|line| line.contains(about)) {
            // Colours, and the module's name, end in a space before the message.
            let start = line
                .find(" a")
                .expect("each message starts with its article");
            return line[start + 1..].to_owned();
        }
        kernel.send(KernelInfoRequest {});
        assert_eq!(kernel.reply().message_type(), "kernel_info_reply");
    }
}

#[track_caller]
pub(super) fn check_cell(kernel: &mut Kernel) {
    expect![[r#"
        result {"text/plain":"2"}
        reply ok"#]]
    .assert_eq(&kernel.run("1 + 1").transcript());
}

/// A cell that would be run, were it not for its signature.
fn cell_signed(signature: &[u8]) -> Vec<Vec<u8>> {
    let content = br#"{"code": "panic!()"}"#;
    let parts = [&header("execute_request"), &b"{}"[..], b"{}", content];
    let mut frames = vec![DELIMITER.to_vec(), signature.to_vec()];
    frames.extend(parts.map(<[u8]>::to_vec));
    frames
}

#[test]
fn a_message_without_the_right_signature() {
    let wrong = "0".repeat(64);
    let wrong = wrong.as_bytes();
    check(
        Channel::Shell,
        |_| cell_signed(wrong),
        expect![
            "a message on shell was refused: its signature is not made with the key of the connection file"
        ],
    );
    check(
        Channel::Shell,
        |_| cell_signed(b""),
        expect![
            "a message on shell was refused: its signature is not made with the key of the connection file"
        ],
    );
    check(
        Channel::Shell,
        |_| cell_signed(b"no digits"),
        expect![
            "a message on shell was refused: its signature is not made with the key of the connection file"
        ],
    );
    check(
        Channel::Control,
        |_| cell_signed(wrong),
        expect![
            "a message on control was refused: its signature is not made with the key of the connection file"
        ],
    );
    check(
        Channel::Stdin,
        |_| cell_signed(wrong),
        expect![
            "a message on stdin was refused: its signature is not made with the key of the connection file"
        ],
    );
}

#[test]
fn a_message_with_too_few_frames() {
    let shell = Channel::Shell;
    check(
        shell,
        |_| vec![b"rubbish".to_vec()],
        expect!["a message on shell was refused: it has no frame `<IDS|MSG>`"],
    );
    check(
        shell,
        |_| vec![Vec::new()],
        expect!["a message on shell was refused: it has no frame `<IDS|MSG>`"],
    );
    check(
        shell,
        |_| vec![DELIMITER.to_vec()],
        expect!["a message on shell was refused: it ends after the frame `<IDS|MSG>`"],
    );
    let cut = |length| move |_: &Kernel| cell_signed(b"")[..length].to_vec();
    check(
        shell,
        cut(2),
        expect!["a message on shell was refused: it has 0 of the four frames after the signature"],
    );
    check(
        shell,
        cut(5),
        expect!["a message on shell was refused: it has 3 of the four frames after the signature"],
    );
    check(
        Channel::Control,
        cut(3),
        expect![
            "a message on control was refused: it has 1 of the four frames after the signature"
        ],
    );
    check(
        Channel::Stdin,
        cut(1),
        expect!["a message on stdin was refused: it ends after the frame `<IDS|MSG>`"],
    );
}

/// A signed message of these parts; an empty header stands for a good one.
fn parts(
    kind: &str,
    header_frame: &[u8],
    metadata: &[u8],
    content: &[u8],
) -> impl FnOnce(&Kernel) -> Vec<Vec<u8>> {
    let header = if header_frame.is_empty() {
        header(kind)
    } else {
        header_frame.to_vec()
    };
    move |kernel| signed(&kernel.connection, [&header, b"{}", metadata, content])
}

#[test]
fn a_header_that_is_none() {
    let check = |header: &[u8], expected| {
        check(Channel::Shell, parts("", header, b"{}", b"{}"), expected);
    };
    check(
        b"\xff\xfe{}",
        expect![
            "a message on shell was refused: its header cannot be understood: expected value at line 1 column 1"
        ],
    );
    check(
        b"{\"msg_id\": \"\xff\"}",
        expect![
            "a message on shell was refused: its header cannot be understood: invalid unicode code point at line 1 column 13"
        ],
    );
    check(
        b"[]",
        expect![
            "a message on shell was refused: its header cannot be understood: invalid length 0, expected struct Header with 6 elements at line 1 column 2"
        ],
    );
    check(
        b"{}",
        expect![
            "a message on shell was refused: its header cannot be understood: missing field `msg_id` at line 1 column 2"
        ],
    );
    check(
        b"{",
        expect![
            "a message on shell was refused: its header cannot be understood: EOF while parsing an object at line 1 column 1"
        ],
    );
    check(
        b"null",
        expect![
            "a message on shell was refused: its header cannot be understood: invalid type: null, expected struct Header at line 1 column 4"
        ],
    );
    check(
        "[".repeat(100_000).as_bytes(),
        expect![
            "a message on shell was refused: its header cannot be understood: invalid type: sequence, expected a string at line 1 column 1"
        ],
    );
}

#[test]
fn a_content_or_metadata_that_is_none() {
    let check = |channel, kind, metadata: &[u8], content: &[u8], expected| {
        check(channel, parts(kind, b"", metadata, content), expected);
    };
    let run = "execute_request";
    check(
        Channel::Shell,
        run,
        b"{}",
        b"{",
        expect![
            "a message on shell was refused: its content cannot be understood: EOF while parsing an object at line 1 column 1"
        ],
    );
    check(
        Channel::Shell,
        run,
        b"{}",
        b"{}",
        expect![
            "a message on shell was refused: its content cannot be understood: missing field `code`"
        ],
    );
    check(
        Channel::Shell,
        run,
        b"{}",
        b"{\"code\": 5}",
        expect![
            "a message on shell was refused: its content cannot be understood: invalid type: integer `5`, expected a string"
        ],
    );
    check(
        Channel::Shell,
        run,
        b"{}",
        b"[1]",
        expect![
            "a message on shell was refused: its content cannot be understood: invalid type: integer `1`, expected a string"
        ],
    );
    check(
        Channel::Shell,
        run,
        b"]",
        b"{\"code\": \"panic!()\"}",
        expect![
            "a message on shell was refused: its metadata cannot be understood: expected value at line 1 column 1"
        ],
    );
    check(
        Channel::Control,
        "shutdown_request",
        b"{}",
        b"{\"restart\": 3}",
        expect![
            "a message on control was refused: its content cannot be understood: invalid type: integer `3`, expected a boolean"
        ],
    );
    check(
        Channel::Stdin,
        "input_reply",
        b"{}",
        b"{\"value\": []}",
        expect![
            "a message on stdin was refused: its content cannot be understood: invalid type: sequence, expected a string"
        ],
    );
}

#[test]
fn a_message_of_a_type_that_the_channel_does_not_know() {
    let check = |channel, kind: &str, content: &[u8], expected| {
        check(channel, parts(kind, b"", b"{}", content), expected);
    };
    let cell = br#"{"code": "panic!()"}"#;
    check(
        Channel::Shell,
        "nonsense_request",
        b"{}",
        expect!["a message on shell was ignored: `nonsense_request` is no request that it answers"],
    );
    check(
        Channel::Shell,
        "\u{1b}[31mred\nline",
        b"{}",
        expect!["a message on shell was ignored: `�[31mred�line` is no request that it answers"],
    );
    check(
        Channel::Control,
        "nonsense_request",
        b"{}",
        expect![
            "a message on control was ignored: `nonsense_request` is no request that it answers"
        ],
    );
    check(
        Channel::Control,
        "execute_request",
        cell,
        expect![
            "a message on control was ignored: `execute_request` is no request that it answers"
        ],
    );
    check(
        Channel::Stdin,
        "execute_request",
        cell,
        expect!["a message on stdin was ignored: `execute_request` is no answer"],
    );
    check(
        Channel::Stdin,
        "input_reply",
        br#"{"value": "unasked"}"#,
        expect!["an answer on stdin was ignored: its sender was not asked"],
    );
}

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
fn a_message_that_comes_again_is_not_taken_again() {
    let content = br#"{"code": ":memory_limit"}"#;
    let parts = [&header("execute_request"), &b"{}"[..], b"{}", content];
    let kernel = Kernel::shared();
    let frames = signed(&kernel.connection, parts);
    let connection = kernel.connection.clone();
    let mut front_end = kernel.block_on(async {
        let mut front_end = FrontEnd::start(&connection, "echo").await;
        front_end.send_frames(Channel::Shell, frames.clone()).await;
        assert_eq!(front_end.reply().await.message_type(), "execute_reply");
        front_end
    });
    drop(kernel);
    check(
        Channel::Shell,
        |_| frames.clone(),
        expect!["a message on shell was refused: it has come before"],
    );
    check(
        Channel::Control,
        |_| frames.clone(),
        expect!["a message on control was refused: it has come before"],
    );
    let kernel = Kernel::shared();
    kernel.block_on(async {
        // Had one been taken, its reply would be here first.
        let id = front_end.send(KernelInfoRequest {}).await;
        let reply = front_end.reply().await;
        assert_eq!(reply.parent_header.unwrap().msg_id, id);
    });
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
