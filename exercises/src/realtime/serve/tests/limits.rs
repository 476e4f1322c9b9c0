//! What a client cannot take from the others.

use super::*;

/// Events of 1 kB, so that the system's buffers are soon full.
fn publish_large(hub: &Hub) -> u64 {
    hub.publish(&"x".repeat(1000)).expect("it fits").id
}

#[tokio::test]
async fn a_slow_client_is_dropped_and_goes_on_where_it_was() {
    for request in [Way::Events, Way::Socket] {
        let limits = Limits {
            behind: 50,
            send_buffer_bytes: Some(4096),
            ..limits()
        };
        let (hub, server) = start(&limits);
        let mut slow = Feed::new(server.address(), request);
        slow.connect().await.expect("there is a place");
        let mut quick = Feed::new(server.address(), Way::Wait);
        let mut newest = 0;
        while server.counts().slow == 0 {
            newest = publish_large(&hub);
            quick.next().await.expect("the others are served");
            assert!(newest < 10_000, "it is behind by more than the limit");
        }
        for expected in 1..=newest {
            let news = slow.next().await.expect("it comes back");
            let News::Event { at, .. } = news else {
                panic!("{news:?}")
            };
            assert_eq!(at.id, expected);
        }
    }
}

#[tokio::test]
async fn a_client_that_takes_in_nothing_is_dropped_even_if_nothing_new_comes() {
    let keep_alive = Duration::from_millis(2);
    let limits = Limits {
        send_buffer_bytes: Some(4096),
        keep_alive,
        ..limits()
    };
    let (hub, server) = start(&limits);
    for _ in 0..9000 {
        publish_large(&hub);
    }
    let _silent = send(server.address(), "GET /events HTTP/1.1\n\n").await;
    let _other = send(
        server.address(),
        "GET /poll HTTP/1.1\n\n".repeat(200).as_str(),
    )
    .await;
    until(|| server.counts().slow == 2).await;
    assert_eq!(server.counts().open, 0);
}

#[tokio::test]
async fn a_client_that_vanishes_leaves_its_place() {
    let (_hub, server) = start(&limits());
    for path in ["/wait", "/events"] {
        let stream = send(server.address(), &format!("GET {path} HTTP/1.1\n\n")).await;
        until(|| server.counts().open == 1).await;
        drop(stream);
        until(|| server.counts().open == 0).await;
    }
}

#[tokio::test]
async fn when_all_places_are_taken_the_next_is_told_when_to_come_back() {
    let limits = Limits {
        clients: 2,
        ..limits()
    };
    let (hub, server) = start(&limits);
    let first = send(server.address(), "GET /events HTTP/1.1\n\n").await;
    let _second = send(server.address(), "GET /wait HTTP/1.1\n\n").await;
    until(|| server.counts().requests == 2).await;
    let answer = read_all(send(server.address(), "GET /poll HTTP/1.1\n\n").await).await;
    assert!(
        answer.starts_with("HTTP/1.1 503 Service Unavailable\nRetry-After: 1\n"),
        "{answer}"
    );
    drop(first);
    until(|| server.counts().open == 1).await;
    publish(&hub, 1..=1);
    let mut feed = Feed::new(server.address(), Way::Events);
    assert_eq!(read(&mut feed, 1).await, events(1..=1));
}

#[tokio::test]
async fn even_the_refusals_have_a_limit() {
    let limits = Limits {
        clients: 0,
        ..limits()
    };
    let (_hub, server) = start(&limits);
    let mut silent = Vec::new();
    for _ in 0..64 {
        silent.push(send(server.address(), "GET /poll").await);
    }
    until(|| server.counts().connections == 64).await;
    let mut stream = TcpStream::connect(server.address())
        .await
        .expect("it listens");
    let closed = stream.read(&mut [0]).await;
    assert!(matches!(closed, Ok(0) | Err(_)), "{closed:?}");
}

#[tokio::test]
async fn half_a_request_is_waited_for_so_long_and_no_longer() {
    let limits = Limits {
        head: Duration::from_millis(5),
        ..limits()
    };
    let (_hub, server) = start(&limits);
    let answer = read_all(send(server.address(), "GET /poll HTTP/1.1\nHost: a").await).await;
    assert!(
        answer.starts_with("HTTP/1.1 408 Request Timeout\n"),
        "{answer}"
    );
    // A byte now and then gets no more time than none.
    let mut stream = send(server.address(), "G").await;
    while stream.write_all(b"E").await.is_ok() && server.counts().refused < 2 {
        yield_now().await;
    }
    until(|| server.counts().open == 0).await;
}

#[tokio::test]
async fn a_connection_without_a_request_is_closed_after_a_while() {
    let limits = Limits {
        idle: Duration::from_millis(1),
        ..limits()
    };
    let (_hub, server) = start(&limits);
    assert_eq!(read_all(send(server.address(), "").await).await, "");
}

#[tokio::test]
async fn a_head_of_any_length_costs_no_more_than_the_limit() {
    let (_hub, server) = start(&limits());
    let mut stream = send(server.address(), "GET /poll HTTP/1.1\n").await;
    let sent = async {
        loop {
            stream.write_all(b"a: b\r\n").await?;
            yield_now().await;
        }
    };
    let ended: Result<(), std::io::Error> = sent.await;
    assert!(ended.is_err(), "the server hangs up");
    assert_eq!(server.counts().refused, 1);
}
