//! Frames that are no signed message, or one that has come before.

use super::check;
use crate::kernel::client::Kernel;
use crate::kernel::front_end::{Channel, DELIMITER, FrontEnd, header, signed};
use expect_test::expect;
use jupyter_zmq_client::KernelInfoRequest;

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
