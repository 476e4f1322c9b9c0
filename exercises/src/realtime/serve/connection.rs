//! One client's connection: request after request, until one of them is a stream.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::timeout;

use super::answer::{self, Refusal};
use super::form::Form;
use super::hub::Phase;
use super::line::{Ended, Line};
use super::log::Batch;
use super::request::{self, Request, Wanted};
use super::server::Shared;
use super::stream::Start;
use super::{Cursor, Gap};

/// What a connection has become, and how it begins.
#[derive(Debug)]
pub(super) enum Opened {
    /// Server-sent events.
    Events(Start),
    /// A WebSocket.
    Socket(Start),
}

/// Serves a client until its connection is a stream, which then is the caller's to run, or
/// at its end. `is_welcome` is whether there is a place for it; if not, it is asked
/// what it wants all the same, because an answer to a question that has not been read yet
/// is lost: a connection that is closed with unread bytes is reset.
pub(super) async fn serve(
    line: &mut Line,
    shared: &Shared,
    is_welcome: bool,
) -> Result<Option<Opened>, Ended> {
    let mut input = Vec::new();
    loop {
        let request = match head(line, shared, &mut input).await? {
            Ok(request) if is_welcome => request,
            refused => {
                let why = refused.err().unwrap_or(Refusal::Full);
                shared.counts.refused.fetch_add(1, Ordering::Relaxed);
                let answer = why.answer(shared.limits.retry);
                return line.send(&answer, u64::MAX).await.map(|()| None);
            }
        };
        shared.counts.requests.fetch_add(1, Ordering::Relaxed);
        let keeps_open = request.keeps_open;
        match request.wanted {
            Wanted::Events => {
                let head = answer::events(shared.limits.retry);
                return Ok(Some(Opened::Events((head, request.after))));
            }
            Wanted::Socket { accept } => {
                let head = answer::socket(&accept);
                return Ok(Some(Opened::Socket((head, request.after))));
            }
            Wanted::Poll => poll(line, shared, &request).await?,
            Wanted::Wait => wait(line, shared, &request, &mut input).await?,
        }
        if !keeps_open || line.look().phase >= Phase::Closing {
            return Ok(None);
        }
    }
}

/// The next request. Its first byte may take as long as a connection may be idle; from
/// then on the head has a time limit as a whole, so that a byte now and then does not help.
async fn head(
    line: &mut Line,
    shared: &Shared,
    input: &mut Vec<u8>,
) -> Result<Result<Request, Refusal>, Ended> {
    let limits = &shared.limits;
    let first = async {
        while input.is_empty() {
            if line.look().phase >= Phase::Closing {
                return Err(Ended::Closed);
            }
            line.listen(input, limits.head_bytes).await?;
        }
        Ok(())
    };
    within(limits.idle, first)
        .await
        .unwrap_or(Err(Ended::Gone))?;
    let rest = async {
        loop {
            match request::parse(input, limits) {
                Ok(Some((request, n_bytes))) => {
                    input.drain(..n_bytes);
                    input.shrink_to_fit();
                    return Ok(Ok(request));
                }
                Ok(None) => line.listen(input, limits.head_bytes - input.len()).await?,
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
    };
    let rest = within(limits.head, rest).await;
    rest.unwrap_or(Ok(Err(Refusal::TooSlow)))
}

async fn poll(line: &mut Line, shared: &Shared, request: &Request) -> Result<(), Ended> {
    let (gap, batch) = due(shared, request.after)?;
    answer(line, shared, request, gap, &batch).await
}

/// Holds the answer back until there is an event, or the time is over. What a client sends
/// meanwhile is its next request, and kept as such.
async fn wait(
    line: &mut Line,
    shared: &Shared,
    request: &Request,
    input: &mut Vec<u8>,
) -> Result<(), Ended> {
    let news = async {
        loop {
            let phase = line.look().phase;
            let (gap, batch) = due(shared, request.after)?;
            if gap.is_some() || !batch.bytes.is_empty() || phase >= Phase::Closing {
                return Ok((gap, batch));
            }
            let room = shared.limits.head_bytes.saturating_sub(input.len());
            if room == 0 {
                return Err(Ended::Gone);
            }
            line.listen(input, room).await?;
        }
    };
    let news = within(shared.limits.wait, news).await;
    let (gap, batch) = news.unwrap_or_else(|| Ok((None, Batch::default())))?;
    answer(line, shared, request, gap, &batch).await
}

/// What a client that has `after` is to be answered now.
fn due(shared: &Shared, after: Option<Cursor>) -> Result<(Option<Gap>, Batch), Ended> {
    let (at, gap) = shared.hub.resume(after);
    // Forgotten between the two lines: it was much too slow.
    let batch = shared.hub.next(at, Form::Line).ok_or(Ended::Slow)?;
    Ok((gap, batch))
}

async fn answer(
    line: &mut Line,
    shared: &Shared,
    request: &Request,
    gap: Option<Gap>,
    batch: &Batch,
) -> Result<(), Ended> {
    let bell = line.look();
    let gap = gap.map(|gap| Form::Line.gap(&gap)).unwrap_or_default();
    let next = shared.hub.more_than(batch);
    let keeps_open = request.keeps_open && bell.phase == Phase::Open;
    let bytes = answer::poll(&gap, batch, next.as_deref(), keeps_open);
    line.send(&bytes, u64::MAX).await
}

/// The future's value, or `None` when the time is over.
async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    timeout(limit, work).await.ok()
}
