//! The state machine of the shell channel: a request in, its messages out.
//!
//! Use it with [`crate::transport`], or alone in a test. It has no sockets, no
//! threads and no clock; the order of its messages is the protocol's: *busy*, then
//! whatever the request causes, the reply, *idle*.

use crate::control::{shut_down, unsupported_debug};
use crate::evaluator::{Completeness, Completions, Evaluator};
use crate::history::History;
use crate::info::KernelInfo;
use crate::message::{Outgoing, Socket, answer, brief, busy, idle, publish};
use crate::{bytes_to_chars, chars_to_bytes};
use jupyter_protocol::messaging::{
    CommClose, CommInfoReply, CompleteReply, CompleteRequest, InspectReply, InspectRequest,
    IsCompleteReply, JupyterMessage, JupyterMessageContent as Content, ReplyStatus,
};
use serde_json::json;
use std::path::Path;

/// A message from a front end, with its place in the order of arrival.
#[derive(Debug, Clone)]
pub struct Request {
    /// Number of the message, counted from 1 over the kernel's whole life.
    pub arrival: u64,
    /// The message.
    pub message: JupyterMessage,
}

/// Whether to go on after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Take the next request.
    Continue,
    /// A shutdown was asked for and answered.
    Stop,
}

/// What the shell channel of a kernel does.
///
/// # Examples
///
/// ```
/// use jupyter_protocol::messaging::ExecuteRequest;
/// use kernel_protocol::{Kernel, KernelInfo, Request, Scripted};
///
/// let info = KernelInfo {
///     implementation: "example".into(),
///     implementation_version: "1.0.0".into(),
///     language_version: "1.95.0".into(),
///     banner: String::new(),
///     help_links: Vec::new(),
/// };
/// let mut kernel = Kernel::new(info, Scripted::default());
/// let request = Request { arrival: 1, message: ExecuteRequest::new("value 42".into()).into() };
/// let mut types = Vec::new();
/// kernel.handle(&request, &|| 1, &mut |outgoing| {
///     types.push(outgoing.message.message_type().to_owned());
/// });
/// assert_eq!(types, ["status", "execute_input", "execute_result", "execute_reply", "status"]);
/// ```
#[derive(Debug)]
pub struct Kernel<E> {
    pub(crate) info: KernelInfo,
    pub(crate) evaluator: E,
    /// The execution count of the last cell that counted.
    pub(crate) count: usize,
    pub(crate) history: History,
    /// Cells that arrived up to here are aborted: one before them failed.
    pub(crate) abort_through: u64,
    /// Under which later output is shown.
    pub(crate) last_cell: Option<JupyterMessage>,
}

impl<E: Evaluator> Kernel<E> {
    /// A kernel that has run nothing yet, with its history in memory.
    pub fn new(info: KernelInfo, evaluator: E) -> Self {
        Self {
            info,
            evaluator,
            count: 0,
            history: History::default(),
            abort_through: 0,
            last_cell: None,
        }
    }

    /// Keeps inputs and results in a file, where later kernels find them.
    ///
    /// Several kernels may share it: each start is a session with a number of its own.
    /// The file, the folder that it is in and, beside it, an empty file `….lock` are made
    /// where they are missing; nobody but the user may read the files. A file above
    /// 10 MiB is cut to its newest half. Without this method, or where the file cannot
    /// be used, which the log then says, the history is in memory.
    ///
    /// # Time complexity
    ///
    /// O(n log n) for n lines in the file, which is read at once.
    #[must_use]
    pub fn with_history(mut self, path: impl AsRef<Path>) -> Self {
        self.history = History::open(path.as_ref());
        self
    }

    /// The language behind the kernel.
    pub fn evaluator(&mut self) -> &mut E {
        &mut self.evaluator
    }

    /// Who the kernel is.
    pub fn info(&self) -> &KernelInfo {
        &self.info
    }

    /// Answers one request; `out` gets every message as soon as it exists.
    ///
    /// `arrived` tells how many requests have arrived by now: a failing cell takes
    /// those behind it in the queue along, but not what is sent afterwards.
    pub fn handle(
        &mut self,
        request: &Request,
        arrived: &dyn Fn() -> u64,
        out: &mut dyn FnMut(Outgoing),
    ) -> Next {
        let message = &request.message;
        if let Some(kind) = unanswerable(&message.content) {
            let kind = brief(kind);
            tracing::warn!(
                "a message on shell was ignored: `{kind}` is no request that it answers"
            );
            return Next::Continue;
        }
        out(busy(message));
        let mut next = Next::Continue;
        match &message.content {
            Content::ExecuteRequest(execute) => self.execute(request, execute, arrived, out),
            Content::ShutdownRequest(shutdown) => {
                if shutdown.restart {
                    self.evaluator.remote().restart();
                }
                shut_down(Socket::Shell, message, shutdown.restart, out);
                next = Next::Stop;
            }
            Content::CommOpen(open) => {
                // No target exists, and a comm without one is to be closed again.
                let close = CommClose {
                    comm_id: open.comm_id.clone(),
                    data: serde_json::Map::new(),
                };
                out(publish(message, close));
            }
            other => {
                if let Some(reply) = self.reply_to(other) {
                    out(answer(Socket::Shell, message, reply));
                }
            }
        }
        out(idle(message));
        next
    }

    /// Requests with one reply and no other effect.
    fn reply_to(&mut self, content: &Content) -> Option<Content> {
        Some(match content {
            Content::KernelInfoRequest(_) => self.info.reply().into(),
            Content::CompleteRequest(request) => self.complete(request).into(),
            Content::InspectRequest(request) => self.inspect(request).into(),
            Content::IsCompleteRequest(request) => {
                match self.evaluator.is_complete(&request.code) {
                    Completeness::Complete => IsCompleteReply::complete(),
                    Completeness::Incomplete(indent) => IsCompleteReply::incomplete(indent),
                    Completeness::Invalid => IsCompleteReply::invalid(),
                }
                .into()
            }
            Content::HistoryRequest(request) => self.history.reply(request).into(),
            Content::CommInfoRequest(_) => CommInfoReply::default().into(),
            Content::DebugRequest(request) => unsupported_debug(request),
            _ => return None,
        })
    }

    fn complete(&mut self, request: &CompleteRequest) -> CompleteReply {
        let code = &request.code;
        let cursor = chars_to_bytes(code, request.cursor_pos);
        let Completions { items, start, end } = self.evaluator.complete(code, cursor);
        let (start, end) = (bytes_to_chars(code, start), bytes_to_chars(code, end));
        // JupyterLab reads the kinds from this key; the protocol has no field for them.
        let types: Vec<_> = items
            .iter()
            .map(|item| json!({"text": item.text, "type": item.kind, "start": start, "end": end}))
            .collect();
        let mut metadata = serde_json::Map::new();
        metadata.insert("_jupyter_types_experimental".to_owned(), types.into());
        CompleteReply {
            matches: items.into_iter().map(|item| item.text).collect(),
            cursor_start: start,
            cursor_end: end,
            metadata,
            status: ReplyStatus::Ok,
            error: None,
        }
    }

    fn inspect(&mut self, request: &InspectRequest) -> InspectReply {
        let cursor = chars_to_bytes(&request.code, request.cursor_pos);
        let found = self.evaluator.inspect(&request.code, cursor);
        InspectReply {
            found: found.is_some(),
            data: found.unwrap_or_default().into(),
            ..InspectReply::default()
        }
    }
}

/// The type of a message that no kernel answers, if it is one.
fn unanswerable(content: &Content) -> Option<&str> {
    match content {
        Content::ExecuteRequest(_)
        | Content::ShutdownRequest(_)
        | Content::KernelInfoRequest(_)
        | Content::CompleteRequest(_)
        | Content::InspectRequest(_)
        | Content::IsCompleteRequest(_)
        | Content::HistoryRequest(_)
        | Content::CommInfoRequest(_)
        | Content::DebugRequest(_)
        | Content::CommOpen(_)
        | Content::CommMsg(_)
        | Content::CommClose(_) => None,
        other => Some(other.message_type()),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
