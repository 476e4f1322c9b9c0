//! The kernel's end: it has a spare started and keeps it.

use super::place::Place;
use super::{FromSpare, ToSpare, room};
use crate::channel::{receive, send};
use anyhow::Context as _;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, RecvFlags, SocketFlags, SocketType, socketpair};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A spare that has started ends at once. One that is starting does not, and Jupyter is not to
/// wait for it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Keeps a spare for as long as this is not dropped.
#[derive(Debug)]
pub(crate) struct Keeper {
    directory: PathBuf,
    /// A spare stays while somebody is connected to it.
    connection: Option<OwnedFd>,
}

impl Keeper {
    /// Keeps none yet; `directory` is this kernel's own.
    pub(crate) fn new(directory: &Path) -> Self {
        Self {
            directory: directory.to_owned(),
            connection: None,
        }
    }

    /// Sees to it that there is a spare, if there can be one. What fails costs time later.
    pub(crate) fn provide(&mut self) {
        if self.connection.as_ref().is_some_and(is_open) {
            return;
        }
        match self.find_or_start() {
            Ok(connection) => self.connection = connection,
            Err(error) => tracing::warn!("a restart will take longer: {error:#}"),
        }
    }

    /// Says that this kernel needs none any more, and waits until it is gone if nobody does:
    /// whoever has ended all kernels may be about to end all that they have left.
    pub(crate) fn dismiss(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        // An error means that it is gone, and so does an end.
        if send(&connection, &ToSpare::Leave).is_ok()
            && set_socket_timeout(&connection, Timeout::Recv, Some(PATIENCE)).is_ok()
        {
            let _ = receive::<FromSpare>(&connection, RecvFlags::empty());
        }
    }

    fn find_or_start(&self) -> anyhow::Result<Option<OwnedFd>> {
        let Some(place) = Place::of_this_kernel(&self.directory)? else {
            return Ok(None);
        };
        if let Some(connection) = place.reach() {
            return Ok(Some(connection));
        }
        // Another environment's may be there.
        if !room::is_there() || place.claim()?.is_none() {
            return Ok(None);
        }
        start().map(Some)
    }
}

/// Starts one, to which the answer is a connection.
fn start() -> anyhow::Result<OwnedFd> {
    let packets = socketpair(
        AddressFamily::UNIX,
        SocketType::SEQPACKET,
        SocketFlags::CLOEXEC,
        None,
    );
    let (ours, theirs) = packets.context("cannot make a socket for a spare kernel")?;
    let program = std::env::current_exe().context("cannot find the kernel's own binary")?;
    let mut spare = Command::new(program)
        .arg("spare")
        .stdin(Stdio::from(theirs))
        // Whoever reads this kernel's output need not wait for the spare's end.
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot start a spare kernel")?;
    // So that the system forgets it when it has ended.
    std::thread::Builder::new()
        .name("spare".to_owned())
        .spawn(move || spare.wait())?;
    Ok(ours)
}

/// Whether the other end is still there.
fn is_open(connection: &OwnedFd) -> bool {
    let mut fds = [PollFd::new(connection, PollFlags::IN)];
    // Nothing is ever sent there: what makes it ready is its end.
    poll(&mut fds, Some(&Timespec::default())).is_ok_and(|n_ready| n_ready == 0)
}
