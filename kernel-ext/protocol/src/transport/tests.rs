//! The transport over real sockets, with scripted cells.

use super::*;
use crate::{KernelInfo, Scripted};
use jupyter_protocol::Transport;
use jupyter_protocol::messaging::{
    ExecuteRequest, InputReply, InterruptRequest, JupyterMessage, JupyterMessageContent as Content,
    KernelInfoRequest, ReplyStatus, ShutdownRequest,
};
use jupyter_zmq_client::{
    ClientControlConnection, ClientIoPubConnection, ClientShellConnection, ClientStdinConnection,
    create_client_control_connection, create_client_iopub_connection,
    create_client_shell_connection_with_identity, create_client_stdin_connection_with_identity,
    peek_ports_with_listeners, peer_identity_for_session,
};
use tokio::task::JoinHandle;
use zeromq::{SocketRecv as _, SocketSend as _};

struct Client {
    connection: ConnectionInfo,
    shell: ClientShellConnection,
    control: ClientControlConnection,
    iopub: ClientIoPubConnection,
    stdin: ClientStdinConnection,
    server: JoinHandle<Result<(), Error>>,
}

impl Client {
    async fn start() -> Self {
        let loopback = std::net::Ipv4Addr::LOCALHOST.into();
        let (ports, listeners) = peek_ports_with_listeners(loopback, 5).await.unwrap();
        let connection = ConnectionInfo {
            ip: "127.0.0.1".to_owned(),
            transport: Transport::TCP,
            shell_port: ports[0],
            iopub_port: ports[1],
            stdin_port: ports[2],
            control_port: ports[3],
            hb_port: ports[4],
            key: "secret".to_owned(),
            signature_scheme: "hmac-sha256".to_owned(),
            kernel_name: None,
        };
        drop(listeners);
        let info = KernelInfo::of_a_test();
        let at = connection.clone();
        let server = tokio::spawn(async move {
            let kernel = Kernel::new(info, Scripted::default());
            let directory = tempfile::tempdir()?;
            serve(&at, directory.path(), kernel, std::future::pending()).await
        });
        let mut client = Self {
            shell: connect_shell(&connection).await,
            control: create_client_control_connection(&connection, "s")
                .await
                .unwrap(),
            iopub: create_client_iopub_connection(&connection, "", "s")
                .await
                .unwrap(),
            stdin: connect_stdin(&connection).await,
            connection,
            server,
        };
        client.await_subscription().await;
        client
    }

    /// Asks until news arrives: what is published before a subscription is nobody's.
    async fn await_subscription(&mut self) {
        loop {
            let request = JupyterMessage::from(KernelInfoRequest {});
            let id = request.header.msg_id.clone();
            self.shell.send(request).await.unwrap();
            self.shell.read().await.unwrap();
            let tick = Duration::from_millis(50);
            while let Ok(news) = tokio::time::timeout(tick, self.iopub.read()).await {
                let news = news.unwrap();
                let is_idle = matches!(&news.content, Content::Status(status) if status.execution_state == jupyter_protocol::ExecutionState::Idle);
                if is_idle && news.parent_header.unwrap().msg_id == id {
                    return;
                }
            }
        }
    }

    async fn run(&mut self, code: &str) -> String {
        self.shell.send(cell(code)).await.unwrap();
        let mut kinds = Vec::new();
        while kinds.iter().filter(|kind| *kind == "status").count() < 2 {
            let news = self.iopub.read().await.unwrap();
            kinds.push(news.message_type().to_owned());
        }
        kinds.join(" ")
    }

    async fn execute_reply(&mut self) -> jupyter_protocol::ExecuteReply {
        match self.shell.read().await.unwrap().content {
            Content::ExecuteReply(reply) => reply,
            other => panic!("expected an execute_reply, got {other:?}"),
        }
    }
}

async fn connect_shell(connection: &ConnectionInfo) -> ClientShellConnection {
    let identity = peer_identity_for_session("s").unwrap();
    create_client_shell_connection_with_identity(connection, "s", identity)
        .await
        .unwrap()
}

async fn connect_stdin(connection: &ConnectionInfo) -> ClientStdinConnection {
    // The same identity as the shell's: by it the kernel knows whom to ask.
    let identity = peer_identity_for_session("s").unwrap();
    create_client_stdin_connection_with_identity(connection, "s", identity)
        .await
        .unwrap()
}

fn cell(code: &str) -> JupyterMessage {
    ExecuteRequest::new(code.to_owned()).into()
}

#[tokio::test]
async fn a_cell_runs_over_the_sockets() {
    let mut client = Client::start().await;
    assert_eq!(
        client.run("print a\nvalue b").await,
        "status execute_input stream execute_result status"
    );
    assert_eq!(client.execute_reply().await.execution_count.0, 1);
}

#[tokio::test]
async fn the_heartbeat_echoes_its_bytes_while_a_cell_runs() {
    let mut client = Client::start().await;
    client.shell.send(cell("wait")).await.unwrap();
    let mut heart = zeromq::ReqSocket::new();
    heart.connect(&client.connection.hb_url()).await.unwrap();
    for beat in [&b"ping"[..], &[0, 159, 146, 150]] {
        let beat = zeromq::ZmqMessage::from(beat.to_vec());
        heart.send(beat.clone()).await.unwrap();
        assert_eq!(heart.recv().await.unwrap().into_vec(), beat.into_vec());
    }
}

#[tokio::test]
async fn a_message_signed_with_another_key_is_dropped() {
    let mut client = Client::start().await;
    let stranger = ConnectionInfo {
        key: "wrong".to_owned(),
        ..client.connection.clone()
    };
    let identity = peer_identity_for_session("stranger").unwrap();
    let mut shell = create_client_shell_connection_with_identity(&stranger, "x", identity)
        .await
        .unwrap();
    shell.send(cell("print stolen")).await.unwrap();
    // Had the stranger's cell been taken, this one would not be the first.
    assert_eq!(client.run("").await, "status execute_input status");
    assert_eq!(client.execute_reply().await.execution_count.0, 1);
}

#[tokio::test]
async fn frames_that_are_no_message_are_dropped() {
    let mut client = Client::start().await;
    for frames in [vec![&b"rubbish"[..]], vec![b"<IDS|MSG>", b"", b"{", b"{}"]] {
        let frames = frames.into_iter().map(bytes::Bytes::from_static);
        let message = zeromq::ZmqMessage::try_from(frames.collect::<Vec<_>>()).unwrap();
        client.shell.socket.send(message).await.unwrap();
    }
    assert_eq!(client.run("").await, "status execute_input status");
}

#[tokio::test]
async fn an_interrupt_ends_the_running_cell() {
    let mut client = Client::start().await;
    client
        .shell
        .send(cell("print started\nwait"))
        .await
        .unwrap();
    while client.iopub.read().await.unwrap().message_type() != "stream" {}
    let interrupt = InterruptRequest {}.into();
    client.control.send(interrupt).await.unwrap();
    let reply = client.control.read().await.unwrap();
    assert_eq!(reply.message_type(), "interrupt_reply");
    let reply = client.execute_reply().await;
    assert_eq!(reply.status, ReplyStatus::Error);
    assert_eq!(reply.error.unwrap().ename, "Interrupted");
}

#[tokio::test]
async fn a_shutdown_is_answered_and_ends_the_kernel_even_while_a_cell_runs() {
    let mut client = Client::start().await;
    client
        .shell
        .send(cell("print started\nwait"))
        .await
        .unwrap();
    while client.iopub.read().await.unwrap().message_type() != "stream" {}
    let shutdown = ShutdownRequest { restart: false }.into();
    client.control.send(shutdown).await.unwrap();
    let reply = client.control.read().await.unwrap();
    assert_eq!(reply.message_type(), "shutdown_reply");
    client.server.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_signature_scheme_that_nobody_uses_is_refused() {
    let client = Client::start().await;
    let connection = ConnectionInfo {
        signature_scheme: "hmac-md5".to_owned(),
        ..client.connection
    };
    let info = KernelInfo {
        implementation: String::new(),
        implementation_version: String::new(),
        language_version: String::new(),
        banner: String::new(),
        help_links: Vec::new(),
    };
    let kernel = Kernel::new(info, Scripted::default());
    let directory = tempfile::tempdir().unwrap();
    let error = serve(
        &connection,
        directory.path(),
        kernel,
        std::future::pending(),
    )
    .await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "the connection file asks for the signature scheme `hmac-md5`; only `hmac-sha256` is known"
    );
}

#[tokio::test]
async fn a_running_cell_asks_the_front_end_and_gets_its_answer() {
    let mut client = Client::start().await;
    client.shell.send(cell("ask name?")).await.unwrap();
    let question = client.stdin.read().await.unwrap();
    let Content::InputRequest(asked) = &question.content else {
        panic!("expected an input_request, got {question:?}");
    };
    assert_eq!(asked.prompt, "name?");
    let answer = InputReply {
        value: "Ferris".to_owned(),
        ..InputReply::default()
    };
    client.stdin.send(answer.into()).await.unwrap();
    assert_eq!(client.execute_reply().await.status, ReplyStatus::Ok);
    loop {
        if let Content::StreamContent(stream) = client.iopub.read().await.unwrap().content {
            assert_eq!(stream.text, "Ferris\n");
            return;
        }
    }
}

#[tokio::test]
async fn output_after_a_cell_is_published_without_another_request() {
    let mut client = Client::start().await;
    client.run("later on").await;
    let news = client.iopub.read().await.unwrap();
    assert!(matches!(news.content, Content::StreamContent(stream) if stream.text == "on\n"));
}
