//! Connections that are no front end's, break, or are not read from.

use super::client::Kernel;
use super::robust::{check_cell, next_line};
use expect_test::expect;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use zeromq::{ReqSocket, Socket as _, SocketRecv as _, SocketSend as _, ZmqMessage};

#[test]
fn a_front_end_that_does_not_read_its_heartbeats_stops_nobody_elses() {
    let mut kernel = Kernel::shared();
    let logged = kernel.log().len();
    let url = kernel.connection.hb_url();
    let beat = |length| ZmqMessage::from(vec![7; length]);
    let (_deaf, echo) = kernel.block_on(async {
        let mut deaf = ReqSocket::new();
        deaf.connect(&url).await.unwrap();
        deaf.send(beat(64 << 20)).await.unwrap();
        let mut other = ReqSocket::new();
        other.connect(&url).await.unwrap();
        other.send(beat(1 << 20)).await.unwrap();
        (deaf, other.recv().await.unwrap())
    });
    assert_eq!(echo.into_vec(), beat(1 << 20).into_vec());
    expect!["a heartbeat was given up: its front end has not read the echo for 500ms"]
        .assert_eq(&next_line(&mut kernel, logged, " heartbeat "));
    check_cell(&mut kernel);
}

#[test]
fn a_program_that_is_no_front_end() {
    let mut kernel = Kernel::shared();
    let connection = kernel.connection.clone();
    let lines = [
        ("shell", connection.shell_port),
        ("control", connection.control_port),
        ("iopub", connection.iopub_port),
        ("stdin", connection.stdin_port),
        ("heartbeat", connection.hb_port),
    ]
    .map(|(channel, port)| {
        let logged = kernel.log().len();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", "x".repeat(64));
        stream.write_all(request.as_bytes()).unwrap();
        let about = format!(" a connection to {channel} was refused");
        next_line(&mut kernel, logged, &about)
    });
    expect![[r#"
        a connection to shell was refused, because it does not speak ZeroMQ 3: Codec Error: Bad first byte of greeting
        a connection to control was refused, because it does not speak ZeroMQ 3: Codec Error: Bad first byte of greeting
        a connection to iopub was refused, because it does not speak ZeroMQ 3: Codec Error: Bad first byte of greeting
        a connection to stdin was refused, because it does not speak ZeroMQ 3: Codec Error: Bad first byte of greeting
        a connection to heartbeat was refused, because it does not speak ZeroMQ 3: Codec Error: Bad first byte of greeting"#]].assert_eq(&lines.join("\n"));
    check_cell(&mut kernel);
}

/// Up to where messages begin, by ZMTP 3.0: the greeting and the command READY.
fn open(port: u16) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let mut greeting = [0; 64];
    greeting[0] = 0xff;
    greeting[9..12].copy_from_slice(&[0x7f, 3, 0]);
    greeting[12..16].copy_from_slice(b"NULL");
    stream.write_all(&greeting).unwrap();
    let ready = b"\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER";
    stream.write_all(&[4, ready.len() as u8]).unwrap();
    stream.write_all(ready).unwrap();
    stream
}

/// The head of a frame that claims so many bytes.
fn announce(stream: &mut TcpStream, length: u64) {
    let head = [&[2][..], &length.to_be_bytes()].concat();
    stream.write_all(&head).unwrap();
}

#[test]
fn a_connection_that_breaks_in_the_middle_of_a_frame() {
    let mut kernel = Kernel::shared();
    let logged = kernel.log().len();
    let mut stream = open(kernel.connection.shell_port);
    announce(&mut stream, 1 << 20);
    stream.write_all(b"the rest never comes").unwrap();
    check_cell(&mut kernel);
    drop(stream);
    expect!["a connection to shell broke in the middle of a message"].assert_eq(&next_line(
        &mut kernel,
        logged,
        " a connection to shell broke",
    ));
    check_cell(&mut kernel);
}

#[test]
fn a_frame_that_claims_more_than_the_machine_has() {
    let mut kernel = Kernel::shared();
    for length in [1 << 29, 1 << 40, 1 << 62, u64::MAX] {
        let logged = kernel.log().len();
        let mut stream = open(kernel.connection.control_port);
        announce(&mut stream, length);
        // If the handshake had not ended, a line about that follows, perhaps in the next round.
        let line = next_line(&mut kernel, logged, " a connection to control was closed: ");
        let announced = line.split(' ').find_map(|word| word.parse::<u64>().ok());
        // The message is longer than its frame.
        assert!(announced >= Some(length), "{line}");
        // This ends only when the kernel's end is closed, or reset.
        let _ = stream.read_to_end(&mut Vec::new());
    }
    check_cell(&mut kernel);
}
