//! Each event arrives once, in order, whatever happens to connections.

use super::relay::{Relay, Trouble};
use super::*;

#[tokio::test]
async fn each_way_brings_old_and_new_events_in_order() {
    for way in WAYS {
        let (hub, server) = start(&limits());
        publish(&hub, 1..=100);
        let mut feed = Feed::new(server.address(), way);
        assert_eq!(read(&mut feed, 100).await, events(1..=100), "{way:?}");
        for number in 101..=110 {
            publish(&hub, number..=number);
            assert_eq!(read(&mut feed, 1).await, events(number..=number), "{way:?}");
        }
        assert!(feed.traffic().received_bytes > 110, "{way:?}");
    }
}

#[tokio::test]
async fn connections_that_are_cut_anywhere_lose_nothing_and_repeat_nothing() {
    for way in WAYS {
        let limits = Limits {
            batch_bytes: 300,
            ..limits()
        };
        let (hub, server) = start(&limits);
        // More than a head, so that each connection brings something.
        let relay = Relay::start(
            server.address(),
            Trouble::CutsAfter {
                bytes: 700,
                and: 37,
            },
        )
        .await;
        let mut feed = Feed::new(relay.address(), way);
        let mut found = Vec::new();
        for first in (1..=400).step_by(20) {
            publish(&hub, first..=first + 19);
            found.extend(read(&mut feed, 20).await);
        }
        assert_eq!(found, events(1..=400), "{way:?}");
        assert!(relay.connections() > 10, "{way:?}: it did cut");
    }
}

#[tokio::test]
async fn a_server_that_is_restarted_on_its_hub_goes_on_where_it_was() {
    for way in WAYS {
        let limits = limits();
        let (hub, server) = start(&limits);
        let address = server.address();
        let mut feed = Feed::new(address, way);
        publish(&hub, 1..=3);
        assert_eq!(read(&mut feed, 2).await, events(1..=2), "{way:?}");
        assert!(server.close().await, "{way:?}: all took what was theirs");
        publish(&hub, 4..=5);
        let server = serve(&hub, &limits, address);
        assert_eq!(read(&mut feed, 3).await, events(3..=5), "{way:?}");
        drop(server);
    }
}

#[tokio::test]
async fn a_server_that_has_forgotten_everything_says_so() {
    for way in WAYS {
        let limits = limits();
        let (hub, server) = start(&limits);
        let address = server.address();
        let mut feed = Feed::new(address, way);
        publish(&hub, 1..=5);
        assert_eq!(read(&mut feed, 5).await, events(1..=5), "{way:?}");
        server.close().await;
        // As many events as the client has, and more: their numbers alone would fit.
        let hub = Hub::new(2, &limits);
        publish(&hub, 11..=17);
        let _server = serve(&hub, &limits, address);
        let mut expected = vec![Err(Gap::OtherLog)];
        expected.extend(events(11..=17));
        assert_eq!(read(&mut feed, 8).await, expected, "{way:?}");
    }
}

#[tokio::test]
async fn a_client_that_was_away_too_long_is_told_of_the_gap() {
    let limits = Limits {
        events: 3.try_into().expect("not 0"),
        ..limits()
    };
    for way in WAYS {
        let (hub, server) = start(&limits);
        publish(&hub, 1..=10);
        let mut feed = Feed::resume(server.address(), way, Some(Cursor { log: 1, id: 4 }));
        let mut expected = vec![Err(Gap::Forgotten)];
        expected.extend(events(8..=10));
        assert_eq!(read(&mut feed, 4).await, expected, "{way:?}");
    }
}

#[tokio::test]
async fn a_thousand_clients_of_all_ways_all_get_everything() {
    let (hub, server) = start(&limits());
    let feeds = WAYS.into_iter().cycle().take(1000);
    let clients: Vec<_> = feeds
        .map(|way| {
            let mut feed = Feed::new(server.address(), way);
            tokio::spawn(async move { read(&mut feed, 20).await })
        })
        .collect();
    for number in 1..=20 {
        publish(&hub, number..=number);
        yield_now().await;
    }
    for client in clients {
        assert_eq!(client.await.expect("it ends"), events(1..=20));
    }
}
