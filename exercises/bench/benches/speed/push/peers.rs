//! The same events from axum: its `Sse`, and its WebSockets, as its documentation uses them.
//!
//! A broadcast channel stands behind both. The text of a frame is made once and shared;
//! `Sse` encodes an event for each client.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;
use tokio::net::TcpSocket;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

/// An event as both ways need it.
#[derive(Debug, Clone)]
struct Published {
    id: u64,
    data: Arc<str>,
    frame: Utf8Bytes,
}

/// An axum server.
pub(crate) struct Peer {
    events: broadcast::Sender<Published>,
    newest: AtomicU64,
    pub(crate) port: u16,
}

impl Peer {
    pub(crate) async fn start() -> Self {
        let events = broadcast::Sender::new(4096);
        let socket = TcpSocket::new_v4().expect("there is IPv4");
        socket
            .bind(([127, 0, 0, 1], 0).into())
            .expect("there is a port");
        let listener = socket.listen(4096).expect("it can be listened on");
        let port = listener.local_addr().expect("it is bound").port();
        let router = Router::new()
            .route("/events", get(listen))
            .route("/socket", get(open))
            .with_state(events.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            events,
            newest: AtomicU64::new(0),
            port,
        }
    }

    pub(crate) fn publish(&self, data: &str) {
        let id = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        let frame = format!("{{\"data\":\"{data}\",\"id\":\"1-{id}\"}}").into();
        let data = Arc::from(data);
        // An error says that nobody listens.
        let _ = self.events.send(Published { id, data, frame });
    }
}

async fn listen(State(events): State<broadcast::Sender<Published>>) -> impl IntoResponse {
    Sse::new(stream::unfold(events.subscribe(), async |mut events| {
        let published = next(&mut events).await?;
        let event = Event::default()
            .id(format!("1-{}", published.id))
            .data(&*published.data);
        Some((Ok::<Event, Infallible>(event), events))
    }))
}

async fn open(
    upgrade: WebSocketUpgrade,
    State(events): State<broadcast::Sender<Published>>,
) -> Response {
    let events = events.subscribe();
    upgrade.on_upgrade(move |socket| speak(socket, events))
}

async fn speak(mut socket: WebSocket, mut events: broadcast::Receiver<Published>) {
    while let Some(published) = next(&mut events).await {
        if socket.send(Message::Text(published.frame)).await.is_err() {
            return;
        }
    }
}

/// The next event. One that was missed shows in the count of what clients received.
async fn next(events: &mut broadcast::Receiver<Published>) -> Option<Published> {
    loop {
        match events.recv().await {
            Ok(published) => return Some(published),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return None,
        }
    }
}
