//! The grading side: starts a process for a check, waits, and judges how it ended.

use std::fs;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use wait_timeout::ChildExt;

use super::check::{Check, Seed};
use super::child::{Answer, CHILD_FLAG, Request};
use super::ending::reason_of_end;
use super::limits::Limits;
use super::outcome::{Outcome, Reason};
use super::report::CheckReport;
use super::streams::Stream;

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

/// Two screens of the beginning and of the end of what a solution prints.
const OUTPUT_KEPT_BYTES: usize = 4096;

/// An answer is cut to a tenth of this by the graded side.
const ANSWER_KEPT_BYTES: usize = 1 << 18;

/// How often a running check's output and folder are measured: often enough that a
/// disk holds what is written in between.
const MEASURED_EVERY: Duration = Duration::from_millis(50);

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
    // The process's working folder: what a solution writes goes with it.
    let folder = tempfile::Builder::new().prefix("check-").tempdir()?;
    let request = Request {
        check: check.name.to_owned(),
        seed,
        nonce: format!("{:016x}{:016x}", getrandom::u64()?, getrandom::u64()?),
        folder: folder.path().canonicalize()?,
        limits,
        network: check.network,
    };
    let mut graded = Graded::start(subject, &request)?;
    let mut line = serde_json::to_vec(&request)?;
    line.push(b'\n');
    // A failed write means that the process is gone already, which is judged below.
    let _ = graded.requests.write_all(&line);
    let end = graded.wait(&request)?;
    end_all(&mut graded.process)?;
    let output = graded.output.text();
    let outcome = match end {
        End::Stopped(reason) => reason.into(),
        End::Ended(status) => judge(status, &graded.answers.text(), &request, &output),
    };
    Ok((outcome, output))
}

/// A graded process with what goes to it and comes from it.
struct Graded {
    process: Child,
    /// Held until the process has ended; see `child::end_with_the_grader`.
    requests: UnixStream,
    answers: Stream,
    output: Stream,
}

/// How a graded process came to its end.
enum End {
    /// By itself.
    Ended(ExitStatus),
    /// The grader has to end it, for this reason.
    Stopped(Reason),
}

impl Graded {
    fn start(subject: &Subject, request: &Request) -> io::Result<Self> {
        let (requests, graded_end) = UnixStream::pair()?;
        // One pipe for both streams keeps what was printed in order.
        let (output, output_end) = io::pipe()?;
        let mut command = Command::new(&subject.program);
        command
            .args(&subject.arguments)
            .arg(CHILD_FLAG)
            .current_dir(&request.folder)
            // A solution has no business with what the grader's environment holds.
            .env_clear()
            .process_group(0)
            .stdin(OwnedFd::from(graded_end))
            .stdout(output_end.try_clone()?)
            .stderr(output_end);
        let process = command.spawn()?;
        // `command` ends here, and with it this process's copies of the other ends.
        Ok(Self {
            process,
            answers: Stream::read(requests.try_clone()?, ANSWER_KEPT_BYTES),
            requests,
            output: Stream::read(output, OUTPUT_KEPT_BYTES),
        })
    }

    /// Waits for the end of the process, or of what it may use.
    fn wait(&mut self, request: &Request) -> io::Result<End> {
        let started = Instant::now();
        let limits = request.limits;
        loop {
            let left = limits.time.saturating_sub(started.elapsed());
            if let Some(status) = self.process.wait_timeout(left.min(MEASURED_EVERY))? {
                return Ok(End::Ended(status));
            }
            let limit_bytes = limits.output_bytes;
            if self.answers.n_bytes() + self.output.n_bytes() > limit_bytes {
                return Ok(End::Stopped(Reason::TooMuchOutput { limit_bytes }));
            }
            let limit_bytes = limits.disk_bytes;
            if size_of(&request.folder) > limit_bytes {
                return Ok(End::Stopped(Reason::TooMuchDisk { limit_bytes }));
            }
            if left.is_zero() {
                return Ok(End::Stopped(Reason::TimedOut {
                    limit_ms: super::millis(limits.time),
                }));
            }
        }
    }
}

/// Size of all files below a folder, in bytes, each counted as one block at least.
/// What vanishes meanwhile does not count.
fn size_of(folder: &Path) -> u64 {
    const BLOCK_BYTES: u64 = 4096;
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let sizes = entries.map(|entry| match entry.metadata() {
        Ok(found) if found.is_dir() => BLOCK_BYTES + size_of(&entry.path()),
        Ok(found) => found.len().max(BLOCK_BYTES),
        Err(_) => 0,
    });
    sizes.sum()
}

/// Ends the process and what it started.
fn end_all(child: &mut Child) -> io::Result<()> {
    // By itself first, as it may have left its group.
    child.kill()?;
    if let Some(group) = Pid::from_raw(child.id().cast_signed()) {
        // Nobody left in the group is the usual case, and an error to the system.
        let _ = kill_process_group(group, Signal::KILL);
    }
    child.wait()?;
    Ok(())
}

fn judge(status: ExitStatus, answers: &str, request: &Request, output: &str) -> Outcome {
    if !status.success() {
        return reason_of_end(status, output, request.limits).into();
    }
    let mut answers = answers
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    match answers.find(|answer: &Answer| answer.nonce == request.nonce) {
        Some(answer) => answer.outcome,
        None => Reason::ProcessEnded {
            code: status.code(),
        }
        .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
