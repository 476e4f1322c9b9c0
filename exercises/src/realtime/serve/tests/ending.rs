//! How a server ends.

use super::*;

#[tokio::test]
async fn all_get_what_is_published_and_then_the_end() {
    let (hub, server) = start(&limits());
    let stream = send(server.address(), "GET /events HTTP/1.1\n\n").await;
    let long_poll = send(server.address(), "GET /wait HTTP/1.1\n\n").await;
    let idle = send(server.address(), "").await;
    until(|| server.counts().requests == 2 && server.counts().open == 3).await;
    // In one turn, so that nothing of it has gone out yet.
    publish(&hub, 1..=3);
    assert!(server.close().await);
    assert!(read_all(stream).await.ends_with("id: 1-3\ndata: 3\n\n"));
    let answer = read_all(long_poll).await;
    assert!(answer.contains("\nConnection: close\n"), "{answer}");
    assert!(
        answer.ends_with("{\"data\":\"3\",\"id\":\"1-3\"}\n"),
        "{answer}"
    );
    assert_eq!(read_all(idle).await, "");
}

#[tokio::test]
async fn a_long_poll_that_has_nothing_to_say_is_let_go() {
    let (_hub, server) = start(&limits());
    let long_poll = send(server.address(), "GET /wait HTTP/1.1\n\n").await;
    until(|| server.counts().requests == 1).await;
    assert!(server.close().await);
    let answer = read_all(long_poll).await;
    assert!(answer.starts_with("HTTP/1.1 204 No Content\n"), "{answer}");
}

#[tokio::test]
async fn a_socket_is_closed_with_1001() {
    let (_hub, server) = start(&limits());
    let request = "GET /socket HTTP/1.1\nUpgrade: websocket\nConnection: Upgrade\n\
                   Sec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n";
    let mut stream = send(server.address(), request).await;
    until(|| server.counts().requests == 1).await;
    server.close().await;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.expect("it hangs up");
    assert!(bytes.ends_with(&[0x88, 2, 0x03, 0xe9]), "{bytes:x?}");
}

#[tokio::test]
async fn who_does_not_read_cannot_keep_a_server_from_ending() {
    let grace = Duration::from_millis(5);
    let limits = Limits {
        grace,
        send_buffer_bytes: Some(4096),
        ..limits()
    };
    let (hub, server) = start(&limits);
    for _ in 0..9000 {
        hub.publish(&"x".repeat(1000)).expect("it fits");
    }
    let _silent = send(server.address(), "GET /events HTTP/1.1\n\n").await;
    until(|| server.counts().requests == 1).await;
    assert!(!server.close().await, "it did not take what was its");
}

#[tokio::test]
async fn nobody_gets_in_behind_the_last() {
    let (_hub, server) = start(&limits());
    let address = server.address();
    server.close().await;
    assert!(TcpStream::connect(address).await.is_err());
}
