//! Signed messages some part of which cannot be understood.

use super::{check, parts};
use crate::kernel::front_end::Channel;
use expect_test::expect;

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
