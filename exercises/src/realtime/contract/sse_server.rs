//! Contract of the exercise `sse_server`: a server that sends its news to every client,
//! over real connections.
//!
//! Written with std and threads: a thread for each connection is the plainest server that
//! is right, and it holds some hundreds of clients. A hundred thousand mostly idle ones
//! are what asynchronous runtimes are for; the rules here are the same for them.
//!
//! Clients are not friends: some send half a request, some never read, some vanish. None
//! of them may cost another one its events.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use super::{LogError, LogLimits};

/// A server of one stream of events.
///
/// | request | answer |
/// |---|---|
/// | `GET /events` | 200 and the stream; see below |
/// | `GET /events?after=18` | the same, to a client that has the event 18; 400, and the connection is closed, if what is there is no number |
/// | another method for `/events` | 405 with `Allow: GET`, as RFC 9110, § 15.5.6, asks for, and the connection is closed |
/// | another path | 404, and the connection is closed |
/// | what [`RequestHead::parse`] refuses | 431 if it is too long, 400 otherwise, and the connection is closed |
/// | one that has no end yet | nothing so far; others are served meanwhile |
///
/// The head of the stream says `Content-Type: text/event-stream`, and neither
/// `Content-Length` nor `Transfer-Encoding`: the stream ends when the connection does. Say
/// `Connection: close` and `Cache-Control: no-store` as well. Then come events, as in
/// `sse_encode`, each with its `id`.
///
/// Which event a client has, it says in the header `Last-Event-ID`, as browsers do when they
/// reconnect, or in the address, because a page that opens an `EventSource` cannot send
/// headers. A browser that reconnects repeats the address, so the header, if it is there, is
/// newer, and counts. Other parts of the query mean nothing here.
///
/// | the client | the stream |
/// |---|---|
/// | names no id | begins with the first event that is published after the client has read the head |
/// | names an id whose followers are all kept | begins with them; then go on those that are published |
/// | names one whose followers are partly forgotten, or that was never given, or, in the header, is no number | begins with an event of the type `reset`, with the id of the newest event and any data; then go on those that are published |
///
/// An id is given, kept and forgotten as in `event_log`. No event is sent twice to a
/// client, none is left out, and they come in order. `publish` waits for no client, and no
/// client waits for another. A client that reads so slowly that its next event is
/// forgotten is sent a `reset`, or is cut off.
///
/// `serve` runs until accepting fails. It is handed all of the network that there is: in a
/// graded process, making another socket, or connecting one, ends it.
///
/// [`RequestHead::parse`]: crate::realtime::RequestHead::parse
///
/// # Examples
///
/// ```
/// use std::io::{Read, Write};
/// use std::net::{TcpListener, TcpStream};
/// use std::num::NonZeroUsize;
/// use std::sync::Arc;
/// use std::thread;
///
/// use exercises::realtime::{LogLimits, SseServer, ThreadedSse};
///
/// fn tour<T: SseServer>() -> std::io::Result<()> {
///     let limits = LogLimits { events: NonZeroUsize::new(100).expect("not 0"), bytes: 1 << 20 };
///     let server = Arc::new(T::new(limits));
///     let listener = TcpListener::bind("127.0.0.1:0")?;
///     let mut client = TcpStream::connect(listener.local_addr()?)?;
///     let serving = Arc::clone(&server);
///     thread::spawn(move || serving.serve(listener));
///
///     assert_eq!(server.publish("12 degrees"), Ok(1));
///     client.write_all(b"GET /events HTTP/1.1\r\nLast-Event-ID: 0\r\n\r\n")?;
///     let mut stream = String::new();
///     while !stream.contains("12 degrees") {
///         let mut some = [0; 100];
///         let n_bytes = client.read(&mut some)?;
///         stream += &String::from_utf8_lossy(&some[..n_bytes]);
///     }
///     assert!(stream.starts_with("HTTP/1.1 200"));
///     Ok(())
/// }
///
/// tour::<ThreadedSse>()?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub trait SseServer: Send + Sync + 'static {
    /// A server that has published nothing, and keeps so much.
    fn new(limits: LogLimits) -> Self;

    /// Publishes an event, and answers its id.
    ///
    /// # Errors
    ///
    /// [`LogError::TooLarge`] if it is over the limit.
    fn publish(&self, data: &str) -> Result<u64, LogError>;

    /// Serves clients, many at a time.
    ///
    /// # Errors
    ///
    /// When accepting fails.
    fn serve(self: Arc<Self>, listener: TcpListener) -> io::Result<()>;
}
