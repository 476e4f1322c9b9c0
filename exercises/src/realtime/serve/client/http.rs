//! A request, and the head of its answer, as far as these clients need HTTP.

use std::time::Duration;

use httparse::{EMPTY_HEADER, Response, Status};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::counted::Counted;
use super::{Cursor, Lost};

/// A head that is longer is no answer of ours.
const MAX_HEAD_BYTES: usize = 16 << 10;

/// What an answer's head says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) length: usize,
    /// The server closes the connection behind it.
    pub(super) closes: bool,
    /// There is more to be had at once.
    pub(super) has_next: bool,
    pub(super) is_chunked: bool,
    pub(super) retry: Option<Duration>,
    n_bytes: usize,
}

/// Sends a request for what follows `after`, in one write.
pub(super) async fn ask(
    line: &mut Counted,
    path: &str,
    after: Option<Cursor>,
    headers: &str,
) -> Result<(), Lost> {
    let after = after
        .map(|cursor| format!("?after={cursor}"))
        .unwrap_or_default();
    let request = format!("GET {path}{after} HTTP/1.1\r\nHost: course\r\n{headers}\r\n");
    line.meter
        .requests
        .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    line.write_all(request.as_bytes()).await.map_err(|_| Lost)
}

/// Reads a head, and leaves what follows it in `input`.
pub(super) async fn head(line: &mut Counted, input: &mut Vec<u8>) -> Result<Head, Lost> {
    loop {
        if let Some(head) = parse(input)? {
            input.drain(..head.n_bytes);
            return Ok(head);
        }
        more(line, input).await?;
        if input.len() > MAX_HEAD_BYTES {
            return Err(Lost);
        }
    }
}

/// Reads at least one byte more.
pub(super) async fn more(line: &mut Counted, input: &mut Vec<u8>) -> Result<(), Lost> {
    match line.read_buf(input).await {
        Ok(0) | Err(_) => Err(Lost),
        Ok(_) => Ok(()),
    }
}

fn parse(input: &[u8]) -> Result<Option<Head>, Lost> {
    let mut headers = [EMPTY_HEADER; 32];
    let mut response = Response::new(&mut headers);
    let Status::Complete(n_bytes) = response.parse(input).map_err(|_| Lost)? else {
        return Ok(None);
    };
    let mut head = Head {
        status: response.code.unwrap_or_default(),
        n_bytes,
        ..Head::default()
    };
    for header in response.headers {
        let value = String::from_utf8_lossy(header.value);
        match header.name.to_ascii_lowercase().as_str() {
            "content-length" => head.length = value.parse().map_err(|_| Lost)?,
            "connection" => head.closes = value.eq_ignore_ascii_case("close"),
            "link" => head.has_next = value.contains("rel=\"next\""),
            "transfer-encoding" => head.is_chunked = value.eq_ignore_ascii_case("chunked"),
            "retry-after" => head.retry = value.parse().ok().map(Duration::from_secs),
            _ => {}
        }
    }
    Ok(Some(head))
}
