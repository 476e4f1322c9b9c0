//! The grading side: starts a process for a check, waits, and judges how it ended.

use std::io::{self, PipeReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};
use std::{fs, thread};

use wait_timeout::ChildExt;

use super::check::{Check, Seed};
use super::child::{Answer, CHILD_FLAG, Request};
use super::ending::reason_of_end;
use super::limits::Limits;
use super::report::{CheckReport, Outcome, Reason};

/// A program that answers for its checks by [`super::child()`].
///
/// # Examples
///
/// ```
/// use exercises::grade::Subject;
///
/// let stub = Subject::new("target/debug/deps/hash_ring");
/// assert!(stub.arguments.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The program, as an absolute path: it is started in a folder of its own.
    pub program: PathBuf,
    /// Arguments that come before [`CHILD_FLAG`].
    pub arguments: Vec<String>,
}

impl Subject {
    /// A program that needs no arguments: a compiled stub.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
        }
    }
}

/// Runs one check in a process of its own.
pub(super) fn grade_one(
    subject: &Subject,
    check: &Check,
    seed: Seed,
    limits: Limits,
) -> CheckReport {
    let started = Instant::now();
    let (outcome, output) = attempt(subject, check, seed, limits).unwrap_or_else(|error| {
        let error = format!("{}: {error}", subject.program.display());
        (Reason::NotStarted { error }.into(), String::new())
    });
    CheckReport::new(check, outcome, output, super::millis(started.elapsed()))
}

fn attempt(
    subject: &Subject,
    check: &Check,
    seed: Seed,
    limits: Limits,
) -> io::Result<(Outcome, String)> {
    // Also the process's working folder: what a solution writes goes with it.
    let folder = tempfile::Builder::new().prefix("check-").tempdir()?;
    let request = Request {
        check: check.name.to_owned(),
        seed,
        nonce: format!("{:016x}{:016x}", getrandom::u64()?, getrandom::u64()?),
        answer_to: folder.path().join("answer.json"),
        memory_bytes: limits.memory_bytes,
    };
    let (mut child, pipe) = start(subject, &folder)?;
    let output = Output::collect(pipe);
    // Held until the process has ended; see `child::end_with_the_grader`. A failed
    // write means that the process is gone already, which is judged below.
    let mut stdin = child.stdin.take();
    if let Some(stdin) = &mut stdin {
        let mut line = serde_json::to_vec(&request)?;
        line.push(b'\n');
        let _ = stdin.write_all(&line).and_then(|()| stdin.flush());
    }
    let status = child.wait_timeout(limits.time)?;
    end_all(&mut child)?;
    let output = output.take();
    let answer = fs::read(&request.answer_to).ok();
    Ok((
        judge(status, answer.as_deref(), &request, &output, limits),
        output,
    ))
}

fn start(subject: &Subject, folder: &tempfile::TempDir) -> io::Result<(Child, PipeReader)> {
    // One pipe for both streams keeps what was printed in order.
    let (reader, writer) = io::pipe()?;
    let mut command = Command::new(&subject.program);
    command
        .args(&subject.arguments)
        .arg(CHILD_FLAG)
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    // `command` ends here, and with it this process's writing ends of the pipe.
    Ok((command.spawn()?, reader))
}

/// Ends the process and, where there are process groups, what it started.
fn end_all(child: &mut Child) -> io::Result<()> {
    // By itself first, as it may have left its group.
    child.kill()?;
    #[cfg(unix)]
    if let Some(group) = rustix::process::Pid::from_raw(child.id().cast_signed()) {
        use rustix::process::{Signal, kill_process_group};
        // Nobody left in the group is the usual case, and an error to the system.
        let _ = kill_process_group(group, Signal::KILL);
    }
    child.wait()?;
    Ok(())
}

fn judge(
    status: Option<ExitStatus>,
    answer: Option<&[u8]>,
    request: &Request,
    output: &str,
    limits: Limits,
) -> Outcome {
    let Some(status) = status else {
        return Reason::TimedOut {
            limit_ms: super::millis(limits.time),
        }
        .into();
    };
    if !status.success() {
        return reason_of_end(status, output, limits).into();
    }
    let answer = answer.and_then(|text| serde_json::from_slice::<Answer>(text).ok());
    match answer {
        Some(answer) if answer.nonce == request.nonce => answer.outcome,
        _ => Reason::ProcessEnded {
            code: status.code(),
        }
        .into(),
    }
}

/// What a process prints, read as it comes so that it never waits for the
/// grader, and kept in part so that it cannot fill the grader's memory.
struct Output {
    kept: Arc<Mutex<Kept>>,
    closed: mpsc::Receiver<()>,
}

#[derive(Default)]
struct Kept {
    head: Vec<u8>,
    tail: Vec<u8>,
    dropped: u64,
}

impl Output {
    fn collect(mut pipe: PipeReader) -> Self {
        let kept = Arc::new(Mutex::new(Kept::default()));
        let (close, closed) = mpsc::channel();
        let shared = Arc::clone(&kept);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n @ 1..) = pipe.read(&mut buffer) {
                shared
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(&buffer[..n]);
            }
            let _ = close.send(());
        });
        Self { kept, closed }
    }

    /// What was kept once the pipe is closed. A process that left its group can
    /// hold it open for ever; a second is ample for what is in the pipe already.
    fn take(self) -> String {
        let _ = self.closed.recv_timeout(Duration::from_secs(1));
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .text()
    }
}

impl Kept {
    /// Kept of the beginning, and as much of the end: two screens each.
    const LIMIT_BYTES: usize = 4096;

    fn push(&mut self, bytes: &[u8]) {
        let (head, rest) = bytes.split_at(bytes.len().min(Self::LIMIT_BYTES - self.head.len()));
        self.head.extend_from_slice(head);
        self.tail.extend_from_slice(rest);
        let excess = self.tail.len().saturating_sub(Self::LIMIT_BYTES);
        self.tail.drain(..excess);
        self.dropped += excess as u64;
    }

    fn text(&self) -> String {
        let [head, tail] = [&self.head, &self.tail].map(|part| String::from_utf8_lossy(part));
        match self.dropped {
            0 => format!("{head}{tail}"),
            n => format!("{head}\n[... {n} bytes left out ...]\n{tail}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_output_keeps_its_beginning_and_its_end() {
        let mut kept = Kept::default();
        for n in 0..100_000 {
            kept.push(format!("{n}\n").as_bytes());
        }
        let text = kept.text();
        assert!(
            text.starts_with("0\n1\n") && text.ends_with("99998\n99999\n"),
            "{text}"
        );
        assert!(text.contains("bytes left out"), "{text}");
        assert!(text.len() < 3 * Kept::LIMIT_BYTES);
    }

    #[test]
    fn output_that_fits_is_kept_whole() {
        let mut kept = Kept::default();
        let text = "x".repeat(2 * Kept::LIMIT_BYTES);
        kept.push(text.as_bytes());
        assert_eq!(kept.text(), text);
    }

    #[test]
    fn a_program_that_is_not_there_is_no_fault_of_the_solution() {
        let check = Check::new("any", "Any rule.", |_| Ok(()));
        let report = grade_one(
            &Subject::new("/nowhere/at/all"),
            &check,
            0,
            Limits::default(),
        );
        let Outcome::Failed {
            reason: Reason::NotStarted { error },
        } = report.outcome
        else {
            panic!("{report:?}");
        };
        assert!(error.starts_with("/nowhere/at/all: "), "{error}");
    }
}
