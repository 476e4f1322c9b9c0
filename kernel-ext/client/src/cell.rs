//! Cells: code in, and all that it causes out.

use crate::{Error, Kernel};
use jupyter_zmq_client::{
    ExecuteReply, ExecuteRequest, JupyterMessage, JupyterMessageContent as Content,
};
use tokio::time::Instant;

/// What a request caused.
#[derive(Debug)]
pub struct Ran {
    /// Everything published about it, *busy* and *idle* included.
    pub news: Vec<Content>,
    /// The reply, or why there is none.
    pub end: Result<ExecuteReply, Error>,
}

impl Kernel {
    /// Runs a cell and collects what it causes.
    ///
    /// # Errors
    ///
    /// If the cell cannot be sent; how it ends is part of the answer.
    pub fn run(&mut self, code: &str) -> Result<Ran, Error> {
        let id = self.send(ExecuteRequest::new(code.to_owned()))?;
        Ok(self.collect(&id))
    }

    /// Everything about the cell that has been sent, up to its *idle*; the limit holds for
    /// all of it together.
    pub fn collect(&mut self, id: &str) -> Ran {
        self.collect_hearing(id, |_| {})
    }

    /// Like [`Kernel::collect`], and calls `hear` with each message when it comes: for
    /// whoever wants to know when that was.
    pub fn collect_hearing(&mut self, id: &str, hear: impl FnMut(&Content)) -> Ran {
        let mut news = Vec::new();
        let end = self.collect_into(id, &mut news, hear);
        Ran { news, end }
    }

    fn collect_into(
        &mut self,
        id: &str,
        news: &mut Vec<Content>,
        mut hear: impl FnMut(&Content),
    ) -> Result<ExecuteReply, Error> {
        let deadline = Instant::now() + self.limit;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = self.news_within(left)?.ok_or(Error::Silent {
                awaited: "the cell's end",
                limit: self.limit,
            })?;
            if parent_of(&message) != id {
                continue;
            }
            let is_last = is_idle(&message);
            hear(&message.content);
            news.push(message.content);
            if is_last {
                break;
            }
        }
        match self.reply()? {
            Content::ExecuteReply(reply) => Ok(reply),
            other => Err(Error::Unexpected(other.message_type().to_owned())),
        }
    }
}

/// Whether the message says that the kernel has done with a request.
pub fn is_idle(message: &JupyterMessage) -> bool {
    let idle = jupyter_zmq_client::ExecutionState::Idle;
    matches!(&message.content, Content::Status(status) if status.execution_state == idle)
}

/// The id of the request that a message is about, or nothing.
pub fn parent_of(message: &JupyterMessage) -> &str {
    let parent = message.parent_header.as_ref();
    parent.map_or("", |parent| parent.msg_id.as_str())
}
