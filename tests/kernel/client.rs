//! The kernel under test: `kernel-client`, where whatever goes wrong fails the test.
//!
//! Here is only what tests need beside it: one kernel that they share, and transcripts to
//! compare with what is expected.

use crate::fixture;
use jupyter_zmq_client::{
    ExecuteReply, ExecuteRequest, InputRequest, JupyterMessage, JupyterMessageContent as Content,
    Stdio,
};
pub(super) use kernel_client::{children, is_idle, parent_of};
use std::ffi::OsStr;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// A cell that compiles crates takes minutes on a busy machine. A hang is told by it, and
/// no result of a test depends on it.
const LIMIT: Duration = Duration::from_secs(900);

/// Environment variable: where a kernel keeps crates that it has had compiled.
pub(super) const CRATES_VAR: &str = "KERNEL_EXT_CRATES";

/// Environment variable: `off` where a kernel shall not show what takes long.
pub(super) const PROGRESS_VAR: &str = "KERNEL_EXT_PROGRESS";

/// Environment variable: `off` where a kernel shall learn nothing while nobody waits.
pub(super) const WARMING_VAR: &str = "KERNEL_EXT_WARMING";

/// Environment variable: `off` where a kernel shall start no other one ahead.
pub(super) const SPARE_VAR: &str = "KERNEL_EXT_SPARE";

/// Environment variable: where a kernel keeps the history of its inputs.
pub(super) const HISTORY_VAR: &str = "KERNEL_EXT_HISTORY";

/// Environment variable: where programs make temporary folders.
pub(super) const TEMPORARY_VAR: &str = "TMPDIR";

/// A running kernel; what is not here is said by `kernel_client::Kernel`.
pub(super) struct Kernel(kernel_client::Kernel);

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
        Self::start_with(&[])
    }

    /// The same with environment variables.
    pub(super) fn start_with(variables: &[(&str, &OsStr)]) -> Self {
        Self::start_by(|kernel, file| {
            let mut command = Command::new(kernel);
            let parent = std::process::id().to_string();
            command.arg("run").arg(file).env("JPY_PARENT_PID", parent);
            command.envs(variables.iter().copied());
            command
        })
    }

    /// The same, by a command of the kernel's binary and its connection file.
    pub(super) fn start_by(command: impl FnOnce(&Path, &Path) -> Command) -> Self {
        let command = |file: &Path| {
            let mut command = command(fixture::kernel::binary(), file);
            let history = file.with_file_name("history.jsonl");
            let temporary = file.with_file_name("temporary");
            std::fs::create_dir_all(&temporary).unwrap();
            let usual: [(&str, &OsStr); 6] = [
                // Killed at the end of its test, it leaves there what it has.
                (TEMPORARY_VAR, temporary.as_os_str()),
                // Not into the history of whoever runs the tests.
                (HISTORY_VAR, history.as_os_str()),
                // What is shown of a slow cell depends on the machine.
                (PROGRESS_VAR, "off".as_ref()),
                // Dozens of kernels on two processors: each would keep the others waiting.
                (WARMING_VAR, "off".as_ref()),
                (SPARE_VAR, "off".as_ref()),
                // Nor does a test depend on what others have had compiled.
                (CRATES_VAR, "".as_ref()),
            ];
            for (name, value) in usual {
                if !command.get_envs().any(|(set, _)| set == name) {
                    command.env(name, value);
                }
            }
            command
        };
        let interrupt = kernel_client::Interrupt::Message;
        Self(kernel_client::Kernel::start(command, interrupt, LIMIT).unwrap())
    }

    /// Sends on the shell channel and returns the message's id.
    #[track_caller]
    pub(super) fn send(&mut self, content: impl Into<Content>) -> String {
        self.0.send(content).unwrap()
    }

    /// Sends on the control channel and waits for the answer.
    #[track_caller]
    pub(super) fn control(&mut self, content: impl Into<Content>) -> Content {
        self.0.control(content).unwrap()
    }

    /// Waits for a question and answers it; returns what was asked.
    #[track_caller]
    pub(super) fn answer(&mut self, line: &str) -> InputRequest {
        self.0.answer(line).unwrap()
    }

    /// Waits for a question.
    #[track_caller]
    pub(super) fn question(&mut self) -> InputRequest {
        self.0.question().unwrap()
    }

    /// The next message on the shell channel.
    #[track_caller]
    pub(super) fn reply(&mut self) -> Content {
        self.0.reply().unwrap()
    }

    /// The next published message.
    #[track_caller]
    pub(super) fn news(&mut self) -> JupyterMessage {
        self.0.news().unwrap()
    }

    /// The next published text, whatever comes before it.
    #[track_caller]
    pub(super) fn text(&mut self) -> String {
        loop {
            if let Content::StreamContent(stream) = self.news().content {
                return stream.text;
            }
        }
    }

    /// Runs a cell and collects what it causes.
    #[track_caller]
    pub(super) fn run(&mut self, code: &str) -> Ran {
        let id = self.send(ExecuteRequest::new(code.to_owned()));
        self.collect(&id)
    }

    /// Everything about the request that has been sent, up to its *idle*.
    #[track_caller]
    pub(super) fn collect(&mut self, id: &str) -> Ran {
        let ran = self.0.collect(id);
        let reply = ran
            .end
            .unwrap_or_else(|error| panic!("{error}, after {:?}", ran.news));
        Ran {
            news: ran.news,
            reply,
        }
    }

    /// The kernel's log so far.
    #[track_caller]
    pub(super) fn log(&self) -> String {
        self.0.log().unwrap()
    }

    /// Waits for the end of a kernel that has been asked to end.
    #[track_caller]
    pub(super) fn wait(&mut self) -> std::process::ExitStatus {
        self.0.wait_for_end().unwrap()
    }

    /// Kills what `start` has started, as a crash would.
    #[track_caller]
    pub(super) fn kill(&mut self) {
        self.0.kill().unwrap();
    }
}

impl Deref for Kernel {
    type Target = kernel_client::Kernel;

    fn deref(&self) -> &kernel_client::Kernel {
        &self.0
    }
}

impl DerefMut for Kernel {
    fn deref_mut(&mut self) -> &mut kernel_client::Kernel {
        &mut self.0
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
