//! The process that Jupyter has started, while a spare is the kernel.

use super::place::Place;
use super::{FromSpare, ToSpare};
use crate::channel::{receive, send, send_with_descriptor};
use crate::{environment, run};
use anyhow::bail;
use rustix::net::RecvFlags;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// A spare answers at once. One that was stopped must not keep Jupyter waiting.
const PATIENCE: Duration = Duration::from_secs(3);

/// Has a spare be the kernel for this connection file, and returns when that has ended;
/// `false` if there is none. `directory` is this process's own.
///
/// # Errors
///
/// If the spare has ended otherwise than by being told to.
pub(crate) fn take_over(connection_file: &Path, directory: &Path) -> anyhow::Result<bool> {
    match ask(connection_file, directory) {
        Ok(Some(spare)) => stand_in(spare).map(|()| true),
        Ok(None) => Ok(false),
        Err(error) => {
            tracing::warn!("no spare kernel is used: {error:#}");
            Ok(false)
        }
    }
}

/// The spare, once it is the kernel.
fn ask(connection_file: &Path, directory: &Path) -> anyhow::Result<Option<OwnedFd>> {
    let place = Place::of_this_kernel(directory)?;
    let Some(spare) = place.and_then(|place| place.reach()) else {
        return Ok(None);
    };
    let order = ToSpare::TakeOver {
        connection_file: std::path::absolute(connection_file)?,
        notebook: environment::notebook(),
    };
    send_with_descriptor(&spare, &order, rustix::stdio::stderr().as_fd())?;
    set_socket_timeout(&spare, Timeout::Recv, Some(PATIENCE))?;
    // No answer, or a connection that was never accepted: another kernel was sooner.
    let Ok(Some(_)) = receive::<FromSpare>(&spare, RecvFlags::empty()) else {
        return Ok(None);
    };
    set_socket_timeout(&spare, Timeout::Recv, None)?;
    Ok(Some(spare))
}

/// Passes on to the kernel what this process is told, until the kernel has ended.
fn stand_in(spare: OwnedFd) -> anyhow::Result<()> {
    let spare = Arc::new(spare);
    let (tell, told) = oneshot::channel();
    let heard = Arc::clone(&spare);
    std::thread::Builder::new()
        .name("answers".to_owned())
        .spawn(move || {
            let answer = receive::<FromSpare>(&heard, RecvFlags::empty());
            // The end of its process: what it tidies up comes before.
            while let Ok(Some(_)) = receive::<FromSpare>(&heard, RecvFlags::empty()) {}
            // Who is told is there as long as this process.
            let _ = tell.send(answer);
        })?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let answer = runtime.block_on(async {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let ended = run::ended()?;
        tokio::pin!(ended, told);
        let mut is_told_to_end = false;
        loop {
            // The kernel is gone if it cannot be told, which the answer says as well.
            tokio::select! {
                answer = &mut told => return anyhow::Ok(answer),
                Some(()) = interrupt.recv() => drop(send(&spare, &ToSpare::Interrupt)),
                () = &mut ended, if !is_told_to_end => {
                    is_told_to_end = true;
                    drop(send(&spare, &ToSpare::End));
                }
            }
        }
    })?;
    match answer {
        Ok(Ok(Some((FromSpare::Ended { error: None }, _)))) => Ok(()),
        Ok(Ok(Some((FromSpare::Ended { error: Some(error) }, _)))) => bail!("{error}"),
        _ => bail!("the kernel's process has ended in the middle of its work"),
    }
}
