//! The control channel: what must be answered while a cell is running.
//!
//! Use it beside [`crate::Kernel`], from another thread. It answers interrupt,
//! shutdown, `kernel_info` and (with a refusal) debug requests, and nothing that
//! would have to wait for the running cell.

use crate::evaluator::Remote;
use crate::info::KernelInfo;
use crate::kernel::Next;
use crate::message::{Outgoing, Socket, answer, brief, busy, idle, publish};
use jupyter_protocol::messaging::{
    DebugReply, DebugRequest, InterruptReply, JupyterMessage, JupyterMessageContent as Content,
    ReplyStatus, ShutdownReply,
};
use serde_json::json;
use std::fmt;
use std::sync::Arc;

/// What the control channel of a kernel does.
///
/// # Examples
///
/// ```
/// use jupyter_protocol::messaging::ShutdownRequest;
/// use kernel_protocol::{Control, Evaluator, KernelInfo, Next, Scripted};
///
/// let info = KernelInfo {
///     implementation: "example".into(),
///     implementation_version: "1.0.0".into(),
///     language_version: "1.95.0".into(),
///     banner: String::new(),
///     help_links: Vec::new(),
/// };
/// let control = Control::new(info, Scripted::default().remote());
/// let next = control.handle(&ShutdownRequest { restart: false }.into(), &mut |_| {});
/// assert_eq!(next, Next::Stop);
/// ```
#[derive(Clone)]
pub struct Control {
    info: KernelInfo,
    remote: Arc<dyn Remote>,
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control").finish_non_exhaustive()
    }
}

impl Control {
    /// The control channel of the kernel whose cells `remote` stops.
    pub fn new(info: KernelInfo, remote: Arc<dyn Remote>) -> Self {
        Self { info, remote }
    }

    /// Stops the running cell, if one is running.
    pub fn interrupt(&self) {
        self.remote.interrupt();
    }

    /// Answers one request.
    pub fn handle(&self, request: &JupyterMessage, out: &mut dyn FnMut(Outgoing)) -> Next {
        let reply = match &request.content {
            Content::InterruptRequest(_) => InterruptReply::new().into(),
            Content::KernelInfoRequest(_) => self.info.reply().into(),
            Content::DebugRequest(debug) => unsupported_debug(debug),
            Content::ShutdownRequest(shutdown) => {
                out(busy(request));
                if shutdown.restart {
                    self.remote.restart();
                }
                shut_down(Socket::Control, request, shutdown.restart, out);
                out(idle(request));
                return Next::Stop;
            }
            other => {
                let kind = brief(other.message_type());
                tracing::warn!(
                    "a message on control was ignored: `{kind}` is no request that it answers"
                );
                return Next::Continue;
            }
        };
        out(busy(request));
        if matches!(request.content, Content::InterruptRequest(_)) {
            self.remote.interrupt();
        }
        out(answer(Socket::Control, request, reply));
        out(idle(request));
        Next::Continue
    }
}

/// The reply to a shutdown, and its copy for the front ends that did not ask.
pub(crate) fn shut_down(
    socket: Socket,
    request: &JupyterMessage,
    restart: bool,
    out: &mut dyn FnMut(Outgoing),
) {
    let reply = ShutdownReply {
        restart,
        status: ReplyStatus::Ok,
        error: None,
    };
    out(publish(request, reply.clone()));
    out(answer(socket, request, reply));
}

/// A refusal in the form of the Debug Adapter Protocol, which these requests carry.
pub(crate) fn unsupported_debug(request: &DebugRequest) -> Content {
    DebugReply {
        content: json!({
            "type": "response",
            "request_seq": request.content.get("seq"),
            "command": request.content.get("command"),
            "success": false,
            "message": "this kernel has no debugger",
        }),
    }
    .into()
}
