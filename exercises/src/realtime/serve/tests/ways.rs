//! What each way looks like on the wire.

use super::*;

#[tokio::test]
async fn a_poll_is_answered_at_once_with_events_or_with_204() {
    let (hub, server) = start(&limits());
    let mut stream = send(server.address(), "GET /poll HTTP/1.1\n\n").await;
    assert!(
        read_until(&mut stream, "\n\n")
            .await
            .starts_with("HTTP/1.1 204 No Content\n")
    );
    publish(&hub, 1..=2);
    // On the same connection.
    stream
        .write_all(b"GET /poll?after=1-1 HTTP/1.1\r\nConnection: close\r\n\r\n")
        .await
        .expect("it reads");
    let answer = read_all(stream).await;
    assert!(answer.contains("\nContent-Length: 24\n"), "{answer}");
    assert!(
        answer.ends_with("\n\n{\"data\":\"2\",\"id\":\"1-2\"}\n"),
        "{answer}"
    );
}

#[tokio::test]
async fn an_answer_that_is_full_names_the_next() {
    let limits = Limits {
        batch_bytes: 1,
        ..limits()
    };
    let (hub, server) = start(&limits);
    publish(&hub, 1..=3);
    let answer = read_all(send(server.address(), "GET /poll HTTP/1.0\n\n").await).await;
    assert!(
        answer.contains("\nLink: <?after=1-1>; rel=\"next\"\n"),
        "{answer}"
    );
    let way = Way::Poll {
        every: Duration::from_secs(3600),
    };
    let found = read(&mut Feed::new(server.address(), way), 3).await;
    assert_eq!(found, events(1..=3), "without waiting for the next hour");
}

#[tokio::test]
async fn a_long_poll_is_answered_by_the_next_event_or_when_its_time_is_over() {
    let (hub, server) = start(&limits());
    let mut stream = send(
        server.address(),
        "GET /wait HTTP/1.1\nConnection: close\n\n",
    )
    .await;
    until(|| server.counts().requests == 1).await;
    publish(&hub, 1..=1);
    assert!(
        read_until(&mut stream, "\"1-1\"")
            .await
            .starts_with("HTTP/1.1 200 OK\n")
    );
    let (_hub, server) = start(&Limits {
        wait: Duration::from_millis(1),
        ..limits()
    });
    let stream = send(
        server.address(),
        "GET /wait HTTP/1.1\nConnection: close\n\n",
    )
    .await;
    assert!(
        read_all(stream)
            .await
            .starts_with("HTTP/1.1 204 No Content\n")
    );
}

#[tokio::test]
async fn what_comes_while_a_long_poll_is_held_is_the_next_request() {
    let (hub, server) = start(&limits());
    let requests = "GET /wait HTTP/1.1\n\nGET /poll?after=1-1 HTTP/1.1\nConnection: close\n\n";
    let stream = send(server.address(), requests).await;
    until(|| server.counts().requests == 1).await;
    publish(&hub, 1..=1);
    let answers = read_all(stream).await;
    assert_eq!(answers.matches("HTTP/1.1 ").count(), 2, "{answers}");
    assert!(answers.contains("HTTP/1.1 204"), "{answers}");
}

#[tokio::test]
async fn a_stream_of_events_says_how_to_come_back_and_that_it_is_still_there() {
    let limits = Limits {
        keep_alive: Duration::from_millis(1),
        ..limits()
    };
    let (hub, server) = start(&limits);
    publish(&hub, 1..=1);
    let mut stream = send(server.address(), "GET /events HTTP/1.1\n\n").await;
    let text = read_until(&mut stream, "\n:\n").await;
    assert!(
        text.contains("\nContent-Type: text/event-stream\n"),
        "{text}"
    );
    assert!(text.contains("\nX-Accel-Buffering: no\n"), "{text}");
    assert!(
        text.contains("\n\nretry: 1\n\nid: 1-1\ndata: 1\n\n:\n"),
        "{text}"
    );
}

#[tokio::test]
async fn a_socket_is_opened_as_the_rfc_shows_and_pings_a_client_that_hears_nothing() {
    let limits = Limits {
        keep_alive: Duration::from_millis(1),
        ..limits()
    };
    let (_hub, server) = start(&limits);
    let request = "GET /socket HTTP/1.1\nUpgrade: websocket\nConnection: Upgrade\n\
                   Sec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n";
    let mut stream = send(server.address(), request).await;
    let head = read_until(&mut stream, "\n\n").await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    assert!(
        head.contains("\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n"),
        "{head}"
    );
    // `read_until` may have taken the first ping with the head.
    let mut ping = [0; 2];
    stream.read_exact(&mut ping).await.expect("it pings");
    assert_eq!(ping, [0x89, 0]);
    stream
        .write_all(&[0x88, 0x80, 0, 0, 0, 0])
        .await
        .expect("it reads");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.expect("it hangs up");
    assert!(rest.ends_with(&[0x88, 0]), "{rest:x?}");
}
