//! The two ways that are one request for all events.

use futures_util::StreamExt;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::chunked::Chunks;
use super::counted::Counted;
use super::{Failure, Feed, Lost, News, Way, http};
use crate::realtime::{SseParse, SseStream};

/// Room that a stream has for what comes in at once.
const READ_BYTES: usize = 16 << 10;

/// An open stream.
#[expect(
    clippy::large_enum_variant,
    reason = "a feed has one; the socket is in a box because its own state takes kilobytes"
)]
#[derive(Debug)]
pub(super) enum Stream {
    Events {
        line: Counted,
        parser: SseStream,
        chunks: Chunks,
        input: Vec<u8>,
    },
    Socket(Box<WebSocketStream<Counted>>),
}

impl Feed {
    pub(super) async fn open(&mut self) -> Result<(), Failure> {
        let line = self.line().await?;
        self.stream = Some(match self.way {
            Way::Socket => self.open_socket(line).await?,
            _ => self.open_events(line).await?,
        });
        Ok(())
    }

    async fn open_events(&self, mut line: Counted) -> Result<Stream, Failure> {
        // The header, and not the address: what browsers send when they come back.
        let resume = self.at.map(|at| format!("Last-Event-ID: {at}\r\n"));
        let headers = format!(
            "Accept: text/event-stream\r\n{}",
            resume.unwrap_or_default()
        );
        http::ask(&mut line, "/events", None, &headers).await?;
        let mut input = Vec::new();
        let head = http::head(&mut line, &mut input).await?;
        match head.status {
            200 => Ok(Stream::Events {
                line,
                parser: SseStream::new(),
                chunks: match head.is_chunked {
                    true => Chunks::Line(Vec::new()),
                    false => Chunks::None,
                },
                input,
            }),
            503 => Err(Failure::Full { retry: head.retry }),
            status => Err(Failure::Refused { status }),
        }
    }

    async fn open_socket(&self, line: Counted) -> Result<Stream, Failure> {
        let after = self.at.map(|at| format!("?after={at}")).unwrap_or_default();
        let request = format!("ws://{}/socket{after}", self.address);
        let request = request.into_client_request().map_err(|_| Lost)?;
        self.meter
            .requests
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let config = WebSocketConfig::default().read_buffer_size(READ_BYTES);
        let opened = tokio_tungstenite::client_async_with_config(request, line, Some(config)).await;
        match opened {
            Ok((socket, _)) => Ok(Stream::Socket(Box::new(socket))),
            Err(Error::Http(answer)) if answer.status() == 503 => {
                Err(Failure::Full { retry: None })
            }
            Err(Error::Http(answer)) => Err(Failure::Refused {
                status: answer.status().as_u16(),
            }),
            Err(_) => Err(Failure::Lost),
        }
    }

    /// Waits for bytes, and takes what is whole in them.
    pub(super) async fn receive(&mut self) -> Result<(), Lost> {
        match self.stream.as_mut().ok_or(Lost)? {
            Stream::Events {
                line,
                parser,
                chunks,
                input,
            } => {
                // What came behind the head is there already.
                if input.is_empty() {
                    input.reserve(READ_BYTES);
                    http::more(line, input).await?;
                }
                let messages = parser.push(&chunks.take_off(std::mem::take(input))?);
                self.retry = parser.retry().unwrap_or(self.retry);
                for message in messages {
                    self.ready.push_back(News::of_sse(message)?);
                }
            }
            Stream::Socket(socket) => match socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    self.ready.push_back(News::of_json(text.as_bytes())?);
                }
                // Pings are answered by the library, when it is next asked to read.
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return Err(Lost),
            },
        }
        Ok(())
    }
}
