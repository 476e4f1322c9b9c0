//! A front end beside the one that has started the kernel: it comes and goes, and may send
//! frames that are no message.

use super::client::{is_idle, parent_of};
use bytes::Bytes;
use jupyter_zmq_client::{
    ConnectionInfo, ExecuteReply, ExecuteRequest, InputReply, JupyterMessage,
    JupyterMessageContent as Content, KernelInfoRequest,
};
use kernel_client::Sockets;
use std::time::Duration;
use zeromq::{SocketSend as _, ZmqMessage};

/// What stands before the signature.
pub(super) const DELIMITER: &[u8] = b"<IDS|MSG>";

/// Its sockets. Its futures run on the kernel's runtime.
pub(super) struct FrontEnd(Sockets);

/// Where a front end sends.
#[derive(Debug, Clone, Copy)]
pub(super) enum Channel {
    Shell,
    Control,
    Stdin,
}

impl FrontEnd {
    /// Connects, and waits until it hears what is published.
    ///
    /// No two may have the same session: by it the kernel tells them apart.
    pub(super) async fn start(to: &ConnectionInfo, session: &str) -> Self {
        let mut front_end = Self(Sockets::connect(to, session).await.unwrap());
        loop {
            let id = front_end.send(KernelInfoRequest {}).await;
            front_end.reply().await;
            let tick = Duration::from_millis(100);
            while let Ok(news) = tokio::time::timeout(tick, front_end.news()).await {
                if is_idle(&news) && parent_of(&news) == id {
                    return front_end;
                }
            }
        }
    }

    /// Sends on the shell channel and returns the message's id.
    pub(super) async fn send(&mut self, content: impl Into<Content>) -> String {
        let message = JupyterMessage::new(content, None);
        let id = message.header.msg_id.clone();
        self.0.shell.send(message).await.unwrap();
        id
    }

    /// Sends on the control channel and waits for the answer.
    pub(super) async fn control(&mut self, content: impl Into<Content>) -> Content {
        let message = JupyterMessage::new(content, None);
        self.0.control.send(message).await.unwrap();
        self.0.control.read().await.unwrap().content
    }

    /// Sends frames as they are.
    pub(super) async fn send_frames(&mut self, channel: Channel, frames: Vec<Vec<u8>>) {
        let frames: Vec<Bytes> = frames.into_iter().map(Bytes::from).collect();
        let message = ZmqMessage::try_from(frames).unwrap();
        let sent = match channel {
            Channel::Shell => self.0.shell.socket.send(message).await,
            Channel::Control => self.0.control.socket.send(message).await,
            Channel::Stdin => self.0.stdin.socket.send(message).await,
        };
        sent.unwrap();
    }

    /// Sends a cell that asks for input, and waits for the question.
    pub(super) async fn start_asking(&mut self, code: &str) -> String {
        let request = ExecuteRequest {
            allow_stdin: true,
            ..ExecuteRequest::new(code.to_owned())
        };
        let id = self.send(request).await;
        let question = self.0.stdin.read().await.unwrap();
        assert_eq!(parent_of(&question), id);
        id
    }

    /// Sends an answer, asked or not.
    pub(super) async fn answer(&mut self, line: &str) {
        let reply = InputReply {
            value: line.to_owned(),
            ..InputReply::default()
        };
        self.0.stdin.send(reply.into()).await.unwrap();
    }

    /// The next message on the shell channel.
    pub(super) async fn reply(&mut self) -> JupyterMessage {
        self.0.shell.read().await.unwrap()
    }

    /// The next message on the shell channel, which answers this cell.
    pub(super) async fn reply_to(&mut self, id: &str) -> ExecuteReply {
        let reply = self.reply().await;
        assert_eq!(parent_of(&reply), id);
        match reply.content {
            Content::ExecuteReply(reply) => reply,
            other => panic!("expected an execute_reply, got {other:?}"),
        }
    }

    /// The next published message.
    pub(super) async fn news(&mut self) -> JupyterMessage {
        self.0.iopub.read().await.unwrap()
    }

    /// The ids of the requests of which there is news, in order, up to this one's *idle*.
    pub(super) async fn hear(&mut self, last: &str) -> Vec<String> {
        let mut heard = Vec::new();
        loop {
            let news = self.news().await;
            let parent = parent_of(&news).to_owned();
            let is_last = is_idle(&news) && parent == last;
            if heard.last() != Some(&parent) {
                heard.push(parent);
            }
            if is_last {
                return heard;
            }
        }
    }
}

/// The frames of a message that is signed with the kernel's key, whatever is in it.
pub(super) fn signed(connection: &ConnectionInfo, parts: [&[u8]; 4]) -> Vec<Vec<u8>> {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, connection.key.as_bytes());
    let signature = ring::hmac::sign(&key, &parts.concat());
    let digits = signature.as_ref().iter();
    let signature: String = digits.map(|byte| format!("{byte:02x}")).collect();
    let mut frames = vec![DELIMITER.to_vec(), signature.into_bytes()];
    frames.extend(parts.map(<[u8]>::to_vec));
    frames
}

/// A header of this type, which no other message has had.
pub(super) fn header(kind: &str) -> Vec<u8> {
    let message = JupyterMessage::new(KernelInfoRequest {}, None);
    let mut header = serde_json::to_value(&message.header).unwrap();
    header["msg_type"] = kind.into();
    serde_json::to_vec(&header).unwrap()
}
