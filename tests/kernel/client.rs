//! A front end for the tests: starts the kernel as Jupyter does and speaks to it.
//!
//! Blocking, because a test reads better so. It uses the client side of the library
//! whose kernel side the kernel uses; that the kernel gets on with Jupyter's own client
//! is tested with the notebooks.

use crate::fixture;
use jupyter_zmq_client::{
    ClientControlConnection, ClientIoPubConnection, ClientShellConnection, ClientStdinConnection,
    ConnectionInfo, ExecuteReply, ExecuteRequest, InputReply, InputRequest, JupyterMessage,
    JupyterMessageContent as Content, KernelInfoRequest, Stdio, create_client_control_connection,
    create_client_iopub_connection, create_client_shell_connection_with_identity,
    create_client_stdin_connection_with_identity, peek_ports_with_listeners,
    peer_identity_for_session,
};
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::Runtime;

const SESSION: &str = "suite";

/// A running kernel, and the sockets to it.
pub(super) struct Kernel {
    runtime: Runtime,
    child: Child,
    pub(super) connection: ConnectionInfo,
    shell: ClientShellConnection,
    control: ClientControlConnection,
    iopub: ClientIoPubConnection,
    stdin: ClientStdinConnection,
    /// The kernel runs in its folder `notebooks`.
    pub(super) directory: TempDir,
}

/// What a cell caused.
pub(super) struct Ran {
    /// Everything published about it, *busy* and *idle* included.
    pub(super) news: Vec<Content>,
    pub(super) reply: ExecuteReply,
}

impl Kernel {
    /// One kernel for all tests that leave it usable; starting one takes seconds.
    ///
    /// It is never dropped. It ends because Jupyter's variable names this process.
    pub(super) fn shared() -> MutexGuard<'static, Kernel> {
        static KERNEL: OnceLock<Mutex<Kernel>> = OnceLock::new();
        let kernel = KERNEL.get_or_init(|| Mutex::new(Kernel::start()));
        // A test that failed leaves a kernel behind that is as good as before.
        kernel.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts a kernel and waits until it answers; its compiler may still be starting.
    pub(super) fn start() -> Self {
        Self::start_by(|kernel, file| {
            let mut command = Command::new(kernel);
            let parent = std::process::id().to_string();
            command.arg("run").arg(file).env("JPY_PARENT_PID", parent);
            command
        })
    }

    /// The same, by a command of the kernel's binary and its connection file.
    pub(super) fn start_by(command: impl FnOnce(&Path, &Path) -> Command) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let directory = tempfile::tempdir().unwrap();
        let notebooks = directory.path().join("notebooks");
        std::fs::create_dir(&notebooks).unwrap();
        let (connection, listeners) = runtime.block_on(free_ports());
        let file = directory.path().join("connection.json");
        std::fs::write(&file, serde_json::to_vec(&connection).unwrap()).unwrap();
        drop(listeners);
        let child = command(fixture::kernel::binary(), &file)
            .current_dir(&notebooks)
            // Not into the history of whoever runs the tests.
            .env("KERNEL_EXT_HISTORY", directory.path().join("history.jsonl"))
            .stderr(File::create(directory.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let (shell, control, iopub, stdin) = runtime.block_on(connect(&connection, SESSION));
        let mut kernel = Self {
            runtime,
            child,
            connection,
            shell,
            control,
            iopub,
            stdin,
            directory,
        };
        kernel.await_subscription();
        kernel
    }

    /// What is published before a subscription has arrived is nobody's: asks until
    /// something is heard.
    fn await_subscription(&mut self) {
        loop {
            let id = self.send(KernelInfoRequest {});
            self.reply();
            let tick = Duration::from_millis(100);
            while let Some(news) = self.news_within(tick) {
                if is_idle(&news) && parent_of(&news) == id {
                    return;
                }
            }
        }
    }

    /// Sends on the shell channel and returns the message's id.
    pub(super) fn send(&mut self, content: impl Into<Content>) -> String {
        let message = JupyterMessage::new(content, None);
        let id = message.header.msg_id.clone();
        self.runtime.block_on(self.shell.send(message)).unwrap();
        id
    }

    /// Sends on the control channel and waits for the answer.
    pub(super) fn control(&mut self, content: impl Into<Content>) -> Content {
        let message = JupyterMessage::new(content, None);
        self.runtime.block_on(async {
            self.control.send(message).await.unwrap();
            self.control.read().await.unwrap().content
        })
    }

    /// Waits for a question and answers it; returns what was asked.
    pub(super) fn answer(&mut self, line: &str) -> InputRequest {
        let asked = self.question();
        let reply = InputReply {
            value: line.to_owned(),
            ..InputReply::default()
        };
        self.runtime
            .block_on(self.stdin.send(reply.into()))
            .unwrap();
        asked
    }

    /// Waits for a question.
    pub(super) fn question(&mut self) -> InputRequest {
        match self.runtime.block_on(self.stdin.read()).unwrap().content {
            Content::InputRequest(asked) => asked,
            other => panic!("expected a question, got {other:?}"),
        }
    }

    /// The next message on the shell channel.
    pub(super) fn reply(&mut self) -> Content {
        self.runtime.block_on(self.shell.read()).unwrap().content
    }

    /// The next published message.
    pub(super) fn news(&mut self) -> JupyterMessage {
        self.runtime.block_on(self.iopub.read()).unwrap()
    }

    /// The next published text, whatever comes before it.
    pub(super) fn text(&mut self) -> String {
        loop {
            if let Content::StreamContent(stream) = self.news().content {
                return stream.text;
            }
        }
    }

    fn news_within(&mut self, limit: Duration) -> Option<JupyterMessage> {
        let read = async { tokio::time::timeout(limit, self.iopub.read()).await.ok() };
        Some(self.runtime.block_on(read)?.unwrap())
    }

    /// Runs a cell and collects what it causes.
    pub(super) fn run(&mut self, code: &str) -> Ran {
        let id = self.send(ExecuteRequest::new(code.to_owned()));
        self.collect(&id)
    }

    /// Everything about the request that has been sent, up to its *idle*.
    pub(super) fn collect(&mut self, id: &str) -> Ran {
        let mut news = Vec::new();
        loop {
            let message = self.news();
            if parent_of(&message) != id {
                continue;
            }
            let is_last = is_idle(&message);
            news.push(message.content);
            if is_last {
                break;
            }
        }
        match self.reply() {
            Content::ExecuteReply(reply) => Ran { news, reply },
            other => panic!("expected an execute_reply, got {other:?}"),
        }
    }

    /// The kernel's log so far.
    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(self.directory.path().join("log")).unwrap()
    }

    /// The kernel's process, and those under it.
    pub(super) fn processes(&self) -> Vec<u32> {
        let mut found = vec![self.child.id()];
        let mut next = 0;
        while next < found.len() {
            found.extend(children(found[next]));
            next += 1;
        }
        found
    }

    /// Waits for the end of a kernel that has been asked to end.
    pub(super) fn wait(&mut self) -> std::process::ExitStatus {
        self.child.wait().unwrap()
    }

    /// Kills what `start` has started, as a crash would.
    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The sockets' own runtime, for a test with a socket of its own.
    pub(super) fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }
}

impl Drop for Kernel {
    fn drop(&mut self) {
        // An error means that it has ended, as some tests want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ran {
    /// One line a message: what a reader of the notebook sees, and the reply.
    pub(super) fn transcript(&self) -> String {
        let mut lines: Vec<String> = joined(&self.news).iter().filter_map(describe).collect();
        let status = format!("{:?}", self.reply.status).to_lowercase();
        lines.push(format!("reply {status}"));
        lines.join("\n")
    }

    /// `ename: evalue` of a failed cell, after checking that both messages agree.
    #[track_caller]
    pub(super) fn failure(&self) -> String {
        let published = self.news.iter().find_map(|news| match news {
            Content::ErrorOutput(error) => Some(error),
            _ => None,
        });
        let published = published.expect("a failed cell publishes an error");
        let replied = self.reply.error.as_ref().expect("its reply repeats it");
        assert_eq!(published.ename, replied.ename);
        assert_eq!(published.evalue, replied.evalue);
        assert_eq!(published.traceback, replied.traceback);
        assert!(!published.traceback.concat().is_empty());
        format!("{}: {}", published.ename, published.evalue)
    }

    /// The traceback without its colours, and without the cell's number, which depends on
    /// what has run before.
    pub(super) fn traceback(&self) -> String {
        let error = self.reply.error.as_ref().expect("the cell failed");
        let text = error.traceback.join("\n");
        let mut pieces = text.split("\u{1b}[");
        let mut plain = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            plain += piece.split_once('m').expect("a colour ends in `m`").1;
        }
        plain.replace(&format!("cell {}", self.reply.execution_count.0), "cell N")
    }
}

/// Text that arrives in pieces as one: where it is cut depends on the machine's load.
fn joined(news: &[Content]) -> Vec<Content> {
    let mut whole: Vec<Content> = Vec::new();
    for message in news {
        if let (Some(Content::StreamContent(before)), Content::StreamContent(more)) =
            (whole.last_mut(), message)
            && matches!(before.name, Stdio::Stdout) == matches!(more.name, Stdio::Stdout)
        {
            before.text += &more.text;
        } else {
            whole.push(message.clone());
        }
    }
    whole
}

/// Status and input are the same for every cell and left out.
fn describe(news: &Content) -> Option<String> {
    Some(match news {
        Content::Status(_) | Content::ExecuteInput(_) => return None,
        Content::StreamContent(stream) => {
            let name = match stream.name {
                Stdio::Stdout => "stdout",
                Stdio::Stderr => "stderr",
            };
            format!("{name} {:?}", stream.text)
        }
        Content::DisplayData(display) => format!("display {}", json(&display.data)),
        Content::UpdateDisplayData(update) => format!("update {}", json(&update.data)),
        Content::ExecuteResult(result) => format!("result {}", json(&result.data)),
        Content::ErrorOutput(error) => format!("error {}: {}", error.ename, error.evalue),
        other => other.message_type().to_owned(),
    })
}

/// With sorted keys.
fn json(data: &jupyter_zmq_client::Media) -> String {
    let value = serde_json::to_value(data).unwrap();
    let sorted: std::collections::BTreeMap<_, _> = value.as_object().unwrap().iter().collect();
    serde_json::to_string(&sorted).unwrap()
}

pub(super) fn is_idle(message: &JupyterMessage) -> bool {
    let idle = jupyter_zmq_client::ExecutionState::Idle;
    matches!(&message.content, Content::Status(status) if status.execution_state == idle)
}

pub(super) fn parent_of(message: &JupyterMessage) -> &str {
    let parent = message.parent_header.as_ref();
    parent.map_or("", |parent| parent.msg_id.as_str())
}

async fn free_ports() -> (ConnectionInfo, Vec<tokio::net::TcpListener>) {
    let loopback = std::net::Ipv4Addr::LOCALHOST.into();
    let (ports, listeners) = peek_ports_with_listeners(loopback, 5).await.unwrap();
    let connection = serde_json::json!({
        "ip": "127.0.0.1", "transport": "tcp", "key": "secret",
        "signature_scheme": "hmac-sha256", "kernel_name": "rust",
        "shell_port": ports[0], "iopub_port": ports[1], "stdin_port": ports[2],
        "control_port": ports[3], "hb_port": ports[4],
    });
    (serde_json::from_value(connection).unwrap(), listeners)
}

/// Shell, control, iopub and stdin of a front end.
pub(super) async fn connect(
    to: &ConnectionInfo,
    session: &str,
) -> (
    ClientShellConnection,
    ClientControlConnection,
    ClientIoPubConnection,
    ClientStdinConnection,
) {
    let identity = peer_identity_for_session(session).unwrap();
    // The shell's identity: by it the kernel knows whom to ask.
    let asked = identity.clone();
    let stdin = create_client_stdin_connection_with_identity(to, session, asked);
    let shell = create_client_shell_connection_with_identity(to, session, identity);
    let control = create_client_control_connection(to, session);
    let iopub = create_client_iopub_connection(to, "", session);
    (
        shell.await.unwrap(),
        control.await.unwrap(),
        iopub.await.unwrap(),
        stdin.await.unwrap(),
    )
}

/// Every thread has its own list of the processes that it has started.
pub(super) fn children(pid: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(Path::new("/proc").join(pid.to_string()).join("task"));
    let mut found = Vec::new();
    for thread in threads.into_iter().flatten().flatten() {
        let list = std::fs::read_to_string(thread.path().join("children"));
        found.extend(
            list.iter()
                .flat_map(|list| list.split_whitespace())
                .flat_map(str::parse::<u32>),
        );
    }
    found
}
