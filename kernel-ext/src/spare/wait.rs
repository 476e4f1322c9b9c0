//! The spare itself.

use super::place::Place;
use super::{FromSpare, ToSpare};
use crate::channel::{receive, send};
use crate::engine::{Pauses, RustEvaluator};
use crate::{parent, run};
use anyhow::Context as _;
use kernel_protocol::{Evaluator as _, Remote};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{RecvFlags, SocketFlags, accept_with};
use rustix::process::{PidfdFlags, pidfd_open};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::oneshot;

/// How long it waits while there is no kernel: a restart takes less.
const PATIENCE: Timespec = Timespec {
    tv_sec: 30,
    tv_nsec: 0,
};

/// What it has been asked for.
struct Taken {
    by: OwnedFd,
    connection_file: PathBuf,
    notebook: Option<PathBuf>,
    log: Option<OwnedFd>,
}

/// Starts, waits, and is the kernel of whoever asks for one; `directory` is for its files.
///
/// # Errors
///
/// If its socket cannot be made. What fails later is told to who has taken it.
pub(crate) fn run(directory: &Path) -> anyhow::Result<()> {
    // Jupyter ends a kernel with all of its group, and this one has to outlive it.
    rustix::process::setsid()?;
    let Some(place) = Place::of_this_kernel(directory)? else {
        return Ok(());
    };
    let Some(claim) = place.claim()? else {
        return Ok(());
    };
    let listener = place.listen()?;
    let mut evaluator = RustEvaluator::start(directory, Pauses::of_user())?;
    // The kernel that has started this process is connected already.
    let first = rustix::io::dup(rustix::stdio::stdin())?;
    rustix::stdio::dup2_stdin(std::fs::File::open("/dev/null")?)?;
    let taken = wait(&listener, vec![first]);
    place.forget();
    // Another one may be started.
    drop((listener, claim));
    let Some(taken) = taken? else {
        evaluator.shutdown();
        return Ok(());
    };
    if let Some(log) = &taken.log {
        rustix::stdio::dup2_stderr(log)?;
    }
    evaluator.open(taken.notebook);
    let by = Arc::new(taken.by);
    let ended = follow(Arc::clone(&by), evaluator.remote())?;
    let ended = || {
        Ok(async {
            // An error is the same: whoever had it is gone.
            let _ = ended.await;
        })
    };
    let served = run::serve(&taken.connection_file, directory, evaluator, ended);
    let error = served.err().map(|error| format!("{error:#}"));
    // Nobody may be there any more.
    let _ = send(&by, &FromSpare::Ended { error });
    Ok(())
}

/// Waits until it is asked for; `None` if that does not happen while there are kernels, and
/// Jupyter.
fn wait(listener: &OwnedFd, mut kernels: Vec<OwnedFd>) -> anyhow::Result<Option<Taken>> {
    let jupyter = match parent::named() {
        Some(pid) => Some(pidfd_open(pid, PidfdFlags::empty()).context("Jupyter is gone")?),
        None => None,
    };
    loop {
        let all = [listener].into_iter().chain(&kernels).chain(&jupyter);
        let mut fds: Vec<PollFd<'_>> = all.map(|fd| PollFd::new(fd, PollFlags::IN)).collect();
        let patience = kernels.is_empty().then_some(&PATIENCE);
        match poll(&mut fds, patience) {
            Err(rustix::io::Errno::INTR) => continue,
            Ok(0) => return Ok(None),
            ready => ready?,
        };
        let ready: Vec<bool> = fds.iter().map(|fd| !fd.revents().is_empty()).collect();
        // One that is ready has something to say, or is gone.
        for number in (0..kernels.len()).rev().filter(|number| ready[number + 1]) {
            match hear(kernels.swap_remove(number)) {
                Heard::TakeOver(taken) => return Ok(Some(taken)),
                Heard::Leave(kernel) if kernels.is_empty() => {
                    // It waits for the end of this connection, which is the system's to
                    // close: when this process is gone.
                    std::mem::forget(kernel);
                    return Ok(None);
                }
                Heard::Leave(_) | Heard::Nothing => {}
            }
        }
        if jupyter.is_some() && ready.last() == Some(&true) {
            return Ok(None);
        }
        if ready[0] {
            // Who has gone again already needs nothing.
            kernels.extend(accept_with(listener, SocketFlags::CLOEXEC));
        }
    }
}

/// What a kernel has said, or a process that wants to be one.
enum Heard {
    TakeOver(Taken),
    /// It does not need this one any more.
    Leave(OwnedFd),
    /// It is gone.
    Nothing,
}

fn hear(by: OwnedFd) -> Heard {
    let order = receive(&by, RecvFlags::empty());
    match order {
        Ok(Some((
            ToSpare::TakeOver {
                connection_file,
                notebook,
            },
            log,
        ))) if send(&by, &FromSpare::Taken).is_ok() => Heard::TakeOver(Taken {
            by,
            connection_file,
            notebook,
            log,
        }),
        Ok(Some((ToSpare::Leave, _))) => Heard::Leave(by),
        _ => Heard::Nothing,
    }
}

/// Does what the process says that Jupyter knows; the answer comes when the kernel is to end.
fn follow(by: Arc<OwnedFd>, remote: Arc<dyn Remote>) -> anyhow::Result<oneshot::Receiver<()>> {
    let (end, ended) = oneshot::channel();
    std::thread::Builder::new()
        .name("orders".to_owned())
        .spawn(move || {
            while let Ok(Some((ToSpare::Interrupt, _))) = receive(&by, RecvFlags::empty()) {
                remote.interrupt();
            }
            // Nobody listens if the kernel has ended by itself.
            let _ = end.send(());
        })?;
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spare::place::Place;
    use std::os::unix::net::UnixStream;

    /// A kernel's connection: its own end and the spare's.
    fn kernel() -> (OwnedFd, OwnedFd) {
        let (ours, theirs) = UnixStream::pair().expect("the system has sockets");
        (ours.into(), theirs.into())
    }

    fn take_over(file: &str) -> ToSpare {
        ToSpare::TakeOver {
            connection_file: PathBuf::from(file),
            notebook: None,
        }
    }

    #[test]
    fn it_waits_for_a_kernel_until_the_last_one_leaves() {
        let folder = tempfile::tempdir().expect("the system has a temporary folder");
        let place = Place::within(folder.path());
        let listener = place.listen().expect("a socket can be made");
        let ((first, to_first), (second, to_second)) = (kernel(), kernel());
        send(&first, &ToSpare::Leave).expect("somebody listens");
        drop(second);
        let third = place.reach().expect("somebody listens");
        send(&third, &take_over("connection.json")).expect("somebody listens");
        let taken =
            wait(&listener, vec![to_first, to_second]).expect("descriptors can be waited for");
        assert!(
            taken.is_none(),
            "the second is gone, so nobody is left when the first leaves"
        );

        let ((first, to_first), (_second, to_second)) = (kernel(), kernel());
        send(&first, &ToSpare::Leave).expect("somebody listens");
        let taken =
            wait(&listener, vec![to_first, to_second]).expect("descriptors can be waited for");
        let taken = taken.expect("the second may still want it");
        assert_eq!(taken.connection_file, Path::new("connection.json"));
        let answer = receive::<FromSpare>(&third, RecvFlags::empty());
        let answer = answer.expect("it is there").expect("it has answered");
        assert_eq!(answer.0, FromSpare::Taken);
    }
}
