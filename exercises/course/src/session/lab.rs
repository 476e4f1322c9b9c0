//! Starting JupyterLab, and knowing when it answers.
//!
//! JupyterLab is reached with a token only, made anew for each start and handed
//! over in the environment: an argument could be read by every user of the
//! machine. It announces its port in a file, since the port asked for may have
//! been taken meanwhile; its own log goes to a file and is shown if it fails.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::children::Lifeline;
use super::paths::Layout;
use super::progress::Step;
use super::{jupyter, ports};

/// The first start compiles JupyterLab's Python files and scans its extensions,
/// which took 12 s on a busy machine with two cores; ten times that is broken.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long to wait between the first two questions, and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_millis(400);
/// How much of the log is shown when JupyterLab fails.
const TAIL_LINES: usize = 25;

/// Where a running JupyterLab is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    port: u16,
    token: String,
}

impl Address {
    /// JupyterLab on this machine.
    pub(crate) fn new(port: u16, token: String) -> Self {
        Self { port, token }
    }

    /// The start page, for a person.
    pub(crate) fn start_page(&self) -> String {
        format!("http://127.0.0.1:{}/lab?token={}", self.port, self.token)
    }

    /// A notebook of the course. `name` must come from a listing, not from a request.
    pub(crate) fn notebook(&self, name: &str) -> String {
        format!(
            "http://127.0.0.1:{}/lab/tree/{name}.ipynb?token={}",
            self.port, self.token
        )
    }
}

/// A JupyterLab that this process has started.
#[derive(Debug)]
pub(crate) struct Lab {
    pub(crate) address: Address,
    guard: Child,
    log: PathBuf,
}

impl Lab {
    /// Starts JupyterLab and waits until it answers.
    ///
    /// # Errors
    ///
    /// If no port is free, or JupyterLab ends or stays silent; with the end of its log.
    ///
    /// # Time complexity
    ///
    /// A question each time that the pause, growing by half, has passed.
    pub(crate) fn start(
        layout: &Layout,
        lifeline: &Lifeline,
        wished_port: u16,
        step: &Step,
    ) -> Result<Self> {
        step.note("starting");
        let runtime = layout.jupyter_runtime();
        fs::create_dir_all(&runtime)
            .with_context(|| format!("could not make {}", runtime.display()))?;
        let log = runtime.join(format!("lab-{}.log", std::process::id()));
        let token = random_token()?;
        let mut guard = spawn(layout, lifeline, wished_port, &token, &log)?;
        let agent = agent();
        let begun = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            if let Some(address) = announced(&runtime, &token).filter(|it| answers(&agent, it)) {
                return Ok(Self {
                    address,
                    guard,
                    log,
                });
            }
            if let Some(status) = guard
                .try_wait()
                .context("could not look after JupyterLab")?
            {
                bail!(
                    "JupyterLab ended while starting ({status}); its log says:\n{}",
                    tail(&log)
                );
            }
            if begun.elapsed() > PATIENCE {
                bail!(
                    "JupyterLab did not answer within {PATIENCE:?}; its log says:\n{}",
                    tail(&log)
                );
            }
            std::thread::sleep(pause);
            pause = (pause + pause / 2).min(LONGEST_PAUSE);
        }
    }

    /// Waits until JupyterLab has ended, with all of its kernels.
    pub(crate) fn wait(mut self) {
        // Whatever it answers, there is nothing left to wait for.
        let _ = self.guard.wait();
        let _ = fs::remove_file(&self.log);
    }
}

fn spawn(
    layout: &Layout,
    lifeline: &Lifeline,
    wished_port: u16,
    token: &str,
    log: &PathBuf,
) -> Result<Child> {
    let port = ports::free_from(wished_port)?;
    let mut lab = jupyter::module(layout, "jupyterlab");
    lab.args(["--no-browser", "--ip=127.0.0.1"])
        .arg(format!("--ServerApp.port={port}"))
        .arg(format!("--ServerApp.port_retries={}", ports::TRIES))
        .arg(format!(
            "--ServerApp.root_dir={}",
            layout.notebooks().display()
        ))
        .env("JUPYTER_TOKEN", token);
    if rustix::process::geteuid().is_root() {
        // Jupyter refuses root unless told; in a container there is nobody else.
        lab.arg("--allow-root");
    }
    let file = File::create(log).with_context(|| format!("could not write {}", log.display()))?;
    lifeline
        .guarded(&lab)?
        .stdout(
            file.try_clone()
                .context("could not share JupyterLab's log")?,
        )
        .stderr(Stdio::from(file))
        .spawn()
        .context("could not start JupyterLab")
}

/// The address in the file that JupyterLab writes when it has bound its port.
/// Other servers' files lie there too; the token tells which one is ours.
fn announced(runtime: &PathBuf, token: &str) -> Option<Address> {
    fs::read_dir(runtime)
        .ok()?
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("jpserver-"))
        .filter_map(|entry| fs::read_to_string(entry.path()).ok())
        .find_map(|text| address_in(&text, token))
}

fn address_in(announcement: &str, token: &str) -> Option<Address> {
    let json: Value = serde_json::from_str(announcement).ok()?;
    let port = u16::try_from(json["port"].as_u64()?).ok()?;
    (json["token"] == token).then(|| Address::new(port, token.to_owned()))
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        // A proxy of the learner's must not be asked for this very machine.
        .proxy(None)
        .timeout_global(Some(Duration::from_secs(5)))
        .build()
        .into()
}

/// Whether JupyterLab serves its API to the holder of the token.
fn answers(agent: &ureq::Agent, address: &Address) -> bool {
    agent
        .get(format!("http://127.0.0.1:{}/api/status", address.port))
        .header("Authorization", format!("token {}", address.token))
        .call()
        .is_ok()
}

/// 192 random bits in hexadecimal digits.
fn random_token() -> Result<String> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).context("the system gave no random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn tail(log: &PathBuf) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_port_is_read_from_the_announcement_with_our_token() {
        let announcement = r#"{"port": 8890, "token": "abc", "pid": 1}"#;
        let address = address_in(announcement, "abc").expect("it is ours");
        assert_eq!(
            address.notebook("28-consistent-hashing"),
            "http://127.0.0.1:8890/lab/tree/28-consistent-hashing.ipynb?token=abc"
        );
        assert_eq!(address_in(announcement, "other"), None);
        assert_eq!(address_in("{", "abc"), None);
    }

    #[test]
    fn tokens_are_long_and_never_the_same() {
        let (one, other) = (random_token(), random_token());
        let (one, other) = (one.expect("random"), other.expect("random"));
        assert_eq!(one.len(), 48);
        assert_ne!(one, other);
    }
}
