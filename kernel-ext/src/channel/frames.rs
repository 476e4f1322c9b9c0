//! Between supervisor and worker: packets of one JSON value each.
//!
//! A snapshot inherits its worker's end of the socket, and takes up reading where a
//! dead worker stopped. Whatever is still in there for the dead one must not be taken
//! for its own: hence the generations.

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// Longer than any message but for the complaint of a loader gone mad, which is cut.
const MAX_LENGTH: usize = 1 << 16;

/// From the supervisor to the worker.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub(crate) enum ToWorker {
    /// Load a compiled cell and run it.
    Run {
        /// For which worker this is: the first is 0, each one restored is one more.
        generation: u64,
        /// Path of the library.
        library: String,
        /// Name of its function.
        function: String,
    },
    /// What the cell has done is to be kept.
    Keep {
        /// For which worker this is.
        generation: u64,
    },
    /// The first message of all. It carries the socket by which cells ask for input.
    Input,
}

/// From the worker to the supervisor.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub(crate) enum FromWorker {
    /// The cell has ended.
    Done {
        /// How long its library took to be loaded, in microseconds.
        loading_us: u64,
    },
    /// The library could not be loaded.
    NotLoaded {
        /// Why.
        message: String,
    },
    /// A snapshot has been taken. The packet carries the end of a pipe that wakes it.
    Snapshot {
        /// Its process.
        pid: i32,
    },
    /// A snapshot could not be taken.
    NoSnapshot {
        /// Why.
        message: String,
    },
    /// A snapshot has been woken and is the worker from now on.
    Restored(Restored),
}

/// What a woken snapshot brings back, and what it cannot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Restored {
    /// How many threads of earlier cells are gone.
    pub(crate) threads: usize,
    /// How many connections and pipes of earlier cells are cut.
    pub(crate) connections: usize,
    /// Listening addresses that could not be opened again, with the reason.
    pub(crate) listeners: Vec<String>,
    /// Processes of earlier cells that go on but cannot be waited for any more.
    pub(crate) processes: Vec<i32>,
}

/// Sends a message.
///
/// # Errors
///
/// If the other end is closed.
pub(crate) fn send(to: impl AsFd, message: &impl Serialize) -> io::Result<()> {
    send_all(to.as_fd(), message, &mut SendAncillaryBuffer::default())
}

/// Sends a message, and a descriptor that the other process gets a copy of.
///
/// # Errors
///
/// If the other end is closed or either process has too many open files.
pub(crate) fn send_with_descriptor(
    to: impl AsFd,
    message: &impl Serialize,
    descriptor: BorrowedFd<'_>,
) -> io::Result<()> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut ancillary = SendAncillaryBuffer::new(&mut space);
    let descriptors = [descriptor];
    ancillary.push(SendAncillaryMessage::ScmRights(&descriptors));
    send_all(to.as_fd(), message, &mut ancillary)
}

fn send_all(
    to: BorrowedFd<'_>,
    message: &impl Serialize,
    ancillary: &mut SendAncillaryBuffer<'_, '_, '_>,
) -> io::Result<()> {
    let bytes = serde_json::to_vec(message)?;
    loop {
        match sendmsg(to, &[IoSlice::new(&bytes)], ancillary, SendFlags::NOSIGNAL) {
            Err(rustix::io::Errno::INTR) => {}
            sent => return Ok(sent.map(drop)?),
        }
    }
}

/// Receives a message and the descriptor that came with it; `None` at the end.
///
/// # Errors
///
/// `WouldBlock` where there is nothing and `flags` say not to wait; anything else means
/// that the other end is not ours.
pub(crate) fn receive<T: DeserializeOwned>(
    from: impl AsFd,
    flags: RecvFlags,
) -> io::Result<Option<(T, Option<OwnedFd>)>> {
    let mut bytes = vec![0; MAX_LENGTH];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut ancillary = RecvAncillaryBuffer::new(&mut space);
    let flags = flags | RecvFlags::CMSG_CLOEXEC;
    let received = loop {
        let mut into = [IoSliceMut::new(&mut bytes)];
        match recvmsg(&from, &mut into, &mut ancillary, flags) {
            Err(rustix::io::Errno::INTR) => {}
            received => break received?,
        }
    };
    if received.bytes == 0 {
        return Ok(None);
    }
    let descriptor = ancillary.drain().find_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut descriptors) => descriptors.next(),
        _ => None,
    });
    let message = serde_json::from_slice(&bytes[..received.bytes])?;
    Ok(Some((message, descriptor)))
}

impl FromWorker {
    /// Why a library could not be loaded, in a length that a packet holds.
    pub(crate) fn not_loaded(reason: &str) -> Self {
        // JSON may need six bytes for one.
        let mut cut = reason.len().min(MAX_LENGTH / 8);
        while !reason.is_char_boundary(cut) {
            cut -= 1;
        }
        Self::NotLoaded {
            message: reason[..cut].to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::net::{AddressFamily, SocketFlags, SocketType, socketpair};
    use std::io::Read as _;

    fn pair() -> (OwnedFd, OwnedFd) {
        let flags = SocketFlags::CLOEXEC;
        socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, flags, None).unwrap()
    }

    #[test]
    fn messages_come_one_by_one_and_then_the_end() {
        let (ours, theirs) = pair();
        let keep = |generation| ToWorker::Keep { generation };
        send(&ours, &keep(1)).unwrap();
        send(&ours, &keep(2)).unwrap();
        drop(ours);
        for expected in [Some(keep(1)), Some(keep(2)), None] {
            let received = receive(&theirs, RecvFlags::empty()).unwrap();
            assert_eq!(received.map(|(message, _)| message), expected);
        }
    }

    #[test]
    fn a_descriptor_arrives_with_its_message() {
        let (ours, theirs) = pair();
        let (mut reader, writer) = std::io::pipe().unwrap();
        send_with_descriptor(&ours, &FromWorker::Snapshot { pid: 7 }, writer.as_fd()).unwrap();
        drop(writer);
        let received = receive::<FromWorker>(&theirs, RecvFlags::empty());
        let (message, descriptor) = received.unwrap().unwrap();
        assert_eq!(message, FromWorker::Snapshot { pid: 7 });
        rustix::io::write(descriptor.unwrap(), b"woken").unwrap();
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text, "woken");
    }

    #[test]
    fn an_endless_reason_still_fits_into_a_packet() {
        let (ours, theirs) = pair();
        send(&ours, &FromWorker::not_loaded(&"\u{1}é".repeat(MAX_LENGTH))).unwrap();
        let received = receive::<FromWorker>(&theirs, RecvFlags::empty());
        assert!(received.unwrap().is_some());
    }
}
