//! A server's process, as the measuring one sees it.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::Context;

use super::SERVE;

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Ours,
    /// Ours, with an event a write.
    Single,
    Axum,
}

/// What a server has used up so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Used {
    pub(crate) cpu_ns: u64,
    pub(crate) resident_kb: u64,
}

/// A server in a process of its own, which ends with this.
pub(crate) struct ServerProcess {
    process: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    pub(crate) address: SocketAddr,
}

impl ServerProcess {
    pub(crate) fn start(kind: Kind) -> anyhow::Result<Self> {
        let program = std::env::current_exe().context("this program has no path")?;
        let kind = match kind {
            Kind::Ours => "ours",
            Kind::Single => "single",
            Kind::Axum => "axum",
        };
        let mut process = Command::new(program)
            .args([SERVE, kind])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the server's process does not start")?;
        let orders = process.stdin.take();
        let answers = process.stdout.take().context("no output of the server")?;
        let mut server = Self {
            process,
            orders,
            answers: BufReader::new(answers),
            address: ([127, 0, 0, 1], 0).into(),
        };
        let port = server.answer()?.trim().parse()?;
        server.address.set_port(port);
        Ok(server)
    }

    /// Publishes so many events at once.
    pub(crate) fn burst(&mut self, n_events: u64) -> anyhow::Result<()> {
        self.order(&n_events.to_string())
    }

    /// Publishes so many events, one each so many nanoseconds.
    pub(crate) fn stream(&mut self, n_events: u64, every_ns: u64) -> anyhow::Result<()> {
        self.order(&format!("{n_events} {every_ns}"))
    }

    /// What it has used, once it has done what it was ordered.
    pub(crate) fn used(&mut self) -> anyhow::Result<Used> {
        let answer = self.answer()?;
        let mut numbers = answer.split_whitespace().map(str::parse);
        let (Some(Ok(cpu_ns)), Some(Ok(resident_kb))) = (numbers.next(), numbers.next()) else {
            anyhow::bail!("the server says {answer:?}");
        };
        Ok(Used {
            cpu_ns,
            resident_kb,
        })
    }

    /// What it has used now.
    pub(crate) fn ask(&mut self) -> anyhow::Result<Used> {
        self.order("used")?;
        self.used()
    }

    fn order(&mut self, order: &str) -> anyhow::Result<()> {
        let orders = self.orders.as_mut().context("the server is stopped")?;
        writeln!(orders, "{order}").context("the server's process has ended")
    }

    fn answer(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(line)
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // The end of its input is the end of it.
        self.orders = None;
        let _ = self.process.wait();
    }
}
