//! What becomes of open files in a snapshot.
//!
//! A fork shares everything that is open, and a thing is closed only when its last owner
//! has closed it. A snapshot that kept its share would change what cells do: the child
//! process whose standard input a cell closes would never see the end of it, the client
//! whose connection a cell drops would wait on, and a port would stay taken. So a
//! snapshot gives pipes and network sockets up:
//!
//! - files, terminals and the like it keeps, with the position that they share;
//! - a listening or datagram socket it opens anew, at the same address, when it is woken;
//! - pairs of Unix sockets with both ends in the process it shares too: tokio has one,
//!   for signals, and does not survive its end;
//! - the variables that hold a connection or pipe then hold one whose other end is gone:
//!   reading gives the end of the file, writing an error, as after any crash.

#![expect(
    unsafe_code,
    reason = "the owners of these descriptors are variables of cells, known by number only"
)]

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::{DupFlags, FdFlags, Result, dup3, fcntl_getfd};
use rustix::net::{
    AddressFamily, SocketFlags, SocketType, bind, getsockname, listen, socket_with, socketpair,
    sockopt,
};
use rustix::process::Pid;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::mem::ManuallyDrop;
use std::net::SocketAddr;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd as _, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt as _;

/// As many waiting connections as the standard library allows.
const BACKLOG: i32 = 4096;

/// What a snapshot has given up.
#[derive(Debug, Default)]
pub(super) struct GivenUp {
    /// Connections and pipes, which do not come back.
    pub(super) connections: usize,
    sockets: Vec<Bound>,
}

/// A socket with an address of its own, to be opened anew.
#[derive(Debug)]
struct Bound {
    /// Several, where a variable is a clone of another.
    descriptors: Vec<Descriptor>,
    domain: AddressFamily,
    kind: SocketType,
    address: SocketAddr,
    is_listening: bool,
    shares_port: bool,
}

/// A number that the variables of cells know.
#[derive(Debug, Clone, Copy)]
struct Descriptor {
    number: RawFd,
    /// Whether started programs do not get it, and whether it does not block.
    closes_on_exec: bool,
    flags: OFlags,
}

/// Gives up pipes and network sockets, but for those `kept` and their clones, and for
/// pairs of sockets that a process of the `lineage` has made for itself.
///
/// # Time complexity
///
/// O(d) in the number of open descriptors.
pub(super) fn give_up(kept: &[RawFd], lineage: &[Pid]) -> GivenUp {
    let mut files = open_files();
    files.retain(|_, numbers| numbers.iter().all(|number| !kept.contains(number)));
    keep_pairs(&mut files, lineage);
    give_up_files(files)
}

/// Closes what whoever has started the kernel has left open, and nobody here knows of.
///
/// Kept, it would be taken for a cell's. To be called before the first cell.
pub(super) fn close_inherited(kept: &[RawFd]) {
    let numbers = open_files().into_values().flatten();
    for number in numbers.filter(|number| !kept.contains(number)) {
        // The listing itself was open while it was read.
        if Descriptor::of(number).is_some() {
            // SAFETY: it is open, it is not one of ours, and no cell has run yet.
            drop(unsafe { OwnedFd::from_raw_fd(number) });
        }
    }
}

/// Takes out sockets whose other end is in this process too.
///
/// The system does not tell which two belong together, only who has made a pair. So of a
/// single one the other end is taken to be elsewhere, in a child process for instance.
fn keep_pairs(files: &mut BTreeMap<String, Vec<RawFd>>, lineage: &[Pid]) {
    let is_half = |numbers: &Vec<RawFd>| {
        let first = numbers.first().copied().and_then(Descriptor::of);
        first.is_some_and(|first| first.has_pair_of(lineage).unwrap_or(false))
    };
    let halves = files.iter().filter(|(_, numbers)| is_half(numbers));
    let halves: Vec<_> = halves.map(|(name, _)| name.clone()).collect();
    if halves.len() > 1 {
        files.retain(|name, _| !halves.contains(name));
    }
}

fn give_up_files(files: BTreeMap<String, Vec<RawFd>>) -> GivenUp {
    let mut given_up = GivenUp::default();
    for (name, numbers) in files {
        let descriptors: Vec<_> = numbers.into_iter().flat_map(Descriptor::of).collect();
        let Some(&first) = descriptors.first() else {
            continue;
        };
        let substitute = match first.give_up(&name) {
            Ok(Fate::Keep) => continue,
            Ok(Fate::Cut(substitute)) => {
                given_up.connections += 1;
                substitute
            }
            Ok(Fate::Reopen(bound, substitute)) => {
                given_up.sockets.push(Bound {
                    descriptors: descriptors.clone(),
                    ..bound
                });
                substitute
            }
            Err(error) => {
                tracing::debug!(%error, name, "a descriptor is kept in the snapshot");
                continue;
            }
        };
        for descriptor in descriptors {
            descriptor.become_copy_of(&substitute);
        }
    }
    given_up
}

impl GivenUp {
    /// Opens sockets anew; returns the addresses at which that was not possible, and why.
    pub(super) fn reopen(&self) -> Vec<String> {
        let failures = self.sockets.iter().filter_map(|bound| {
            let error = bound.reopen().err()?;
            Some(format!("{} ({error})", bound.address))
        });
        failures.collect()
    }
}

enum Fate {
    Keep,
    Cut(OwnedFd),
    Reopen(Bound, OwnedFd),
}

impl Descriptor {
    fn of(number: RawFd) -> Option<Self> {
        let mut descriptor = Self {
            number,
            closes_on_exec: true,
            flags: OFlags::empty(),
        };
        let open = descriptor.borrow();
        let (closing, flags) = (fcntl_getfd(open).ok()?, fcntl_getfl(open).ok()?);
        descriptor.closes_on_exec = closing.contains(FdFlags::CLOEXEC);
        descriptor.flags = flags;
        Some(descriptor)
    }

    fn borrow(&self) -> BorrowedFd<'_> {
        // SAFETY: it was listed as open a moment ago, in a process with one thread.
        unsafe { BorrowedFd::borrow_raw(self.number) }
    }

    /// Whether nobody is at the other end any more.
    fn is_dead(&self) -> Result<bool> {
        let mut fds = [PollFd::from_borrowed_fd(self.borrow(), PollFlags::empty())];
        poll(&mut fds, Some(&Timespec::default()))?;
        let ended = PollFlags::HUP | PollFlags::ERR;
        Ok(fds[0].revents().intersects(ended))
    }

    /// Whether it is a socket of a pair that one of these processes has made.
    fn has_pair_of(&self, lineage: &[Pid]) -> Result<bool> {
        let open = self.borrow();
        let is_unix = sockopt::socket_domain(open)? == AddressFamily::UNIX;
        Ok(is_unix
            && !sockopt::socket_acceptconn(open)?
            && lineage.contains(&sockopt::socket_peercred(open)?.pid))
    }

    /// What is to become of it, and what is to be in its place.
    fn give_up(&self, name: &str) -> Result<Fate> {
        if self.is_dead()? {
            // Of an earlier snapshot, perhaps: sharing it holds nobody up.
            return Ok(Fate::Keep);
        }
        if name.starts_with("pipe:") {
            let (reader, writer) = rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
            // The other end is dropped here.
            let is_reader = self.flags & OFlags::RWMODE == OFlags::RDONLY;
            return Ok(Fate::Cut(if is_reader { reader } else { writer }));
        }
        if !name.starts_with("socket:") {
            return Ok(Fate::Keep);
        }
        let open = self.borrow();
        let domain = sockopt::socket_domain(open)?;
        let kind = sockopt::socket_type(open)?;
        let is_listening = sockopt::socket_acceptconn(open)?;
        let flags = SocketFlags::CLOEXEC;
        let (dead, _) = socketpair(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
        let is_network = domain == AddressFamily::INET || domain == AddressFamily::INET6;
        Ok(match SocketAddr::try_from(getsockname(open)?) {
            Ok(address) if is_network && (is_listening || kind == SocketType::DGRAM) => {
                let bound = Bound {
                    descriptors: Vec::new(),
                    domain,
                    kind,
                    address,
                    is_listening,
                    shares_port: sockopt::socket_reuseport(open)?,
                };
                Fate::Reopen(bound, dead)
            }
            // Its address is a file, which is there whoever holds the socket.
            _ if is_listening => Fate::Keep,
            _ => Fate::Cut(dead),
        })
    }

    /// Puts a copy of `other` where variables expect this descriptor.
    fn become_copy_of(&self, other: impl AsFd) {
        // SAFETY: its owner is a variable and stays it; only what is behind changes.
        let mut own = ManuallyDrop::new(unsafe { OwnedFd::from_raw_fd(self.number) });
        let flags = if self.closes_on_exec {
            DupFlags::CLOEXEC
        } else {
            DupFlags::empty()
        };
        if let Err(error) = dup3(other, &mut own, flags) {
            tracing::debug!(%error, "a descriptor could not be replaced");
        }
    }
}

impl Bound {
    fn reopen(&self) -> Result<()> {
        let socket = socket_with(self.domain, self.kind, SocketFlags::CLOEXEC, None)?;
        if self.kind == SocketType::STREAM {
            // As the standard library does: connections of the dead worker linger.
            sockopt::set_socket_reuseaddr(&socket, true)?;
        }
        sockopt::set_socket_reuseport(&socket, self.shares_port)?;
        bind(&socket, &self.address)?;
        if self.is_listening {
            listen(&socket, BACKLOG)?;
        }
        for descriptor in &self.descriptors {
            descriptor.become_copy_of(&socket);
            // Shared by all copies of a socket.
            fcntl_setfl(&socket, descriptor.flags & OFlags::NONBLOCK)?;
        }
        Ok(())
    }
}

/// What is open beyond the standard streams: the system's name for it → its numbers.
fn open_files() -> BTreeMap<String, Vec<RawFd>> {
    let mut files: BTreeMap<String, Vec<RawFd>> = BTreeMap::new();
    for entry in fs::read_dir("/proc/self/fd")
        .into_iter()
        .flatten()
        .flatten()
    {
        let Ok(name) = fs::read_link(entry.path()) else {
            continue;
        };
        if let Some(number) = parse(&entry.file_name()).filter(|number| *number > 2) {
            let name = String::from_utf8_lossy(name.as_os_str().as_bytes()).into_owned();
            files.entry(name).or_default().push(number);
        }
    }
    files
}

fn parse(number: &OsStr) -> Option<RawFd> {
    number.to_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::os::fd::AsRawFd as _;
    use std::os::unix::net::UnixStream;

    /// Other tests in this process have files of their own.
    fn give_up_only(given: &[RawFd]) -> GivenUp {
        let mut files = open_files();
        files.retain(|_, numbers| numbers.iter().any(|number| given.contains(number)));
        give_up_files(files)
    }

    #[test]
    fn a_connection_looks_as_after_a_crash() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut ours = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (mut theirs, _) = listener.accept().unwrap();
        let given_up = give_up_only(&[ours.as_raw_fd()]);
        assert_eq!(given_up.connections, 1);
        assert_eq!(theirs.read(&mut [0]).unwrap(), 0);
        assert_eq!(give_up_only(&[ours.as_raw_fd()]).connections, 0);
        assert_eq!(ours.read(&mut [0]).unwrap(), 0);
        assert!(ours.write_all(b"x").is_err());
    }

    #[test]
    fn a_pair_within_the_process_is_kept_and_half_of_one_is_not() {
        let (left, right) = UnixStream::pair().unwrap();
        let own = [left.as_raw_fd(), right.as_raw_fd()];
        let mut files = open_files();
        files.retain(|_, numbers| numbers.iter().any(|number| own.contains(number)));
        let mut half = files.clone();
        let name = half.keys().next().unwrap().clone();
        half.remove(&name);
        let lineage = [rustix::process::getpid()];
        keep_pairs(&mut half, &lineage);
        assert_eq!(half.len(), 1);
        keep_pairs(&mut files, &lineage);
        assert_eq!(files.len(), 0);
    }

    #[test]
    fn a_pipe_looks_as_after_a_crash() {
        let (mut reader, mut writer) = std::io::pipe().unwrap();
        let given_up = give_up_only(&[writer.as_raw_fd()]);
        assert_eq!(given_up.connections, 1);
        assert_eq!(give_up_only(&[writer.as_raw_fd()]).connections, 0);
        assert_eq!(reader.read(&mut [0]).unwrap(), 0);
        assert!(writer.write_all(b"x").is_err());
    }

    #[test]
    fn a_listener_and_its_clone_listen_again() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let clone = listener.try_clone().unwrap();
        let given_up = give_up_only(&[listener.as_raw_fd(), clone.as_raw_fd()]);
        // The port is free meanwhile.
        drop(TcpListener::bind(address).unwrap());
        assert!(given_up.reopen().is_empty());
        for listener in [listener, clone] {
            let client = TcpStream::connect(address).unwrap();
            let (_, peer) = listener.accept().unwrap();
            assert_eq!(peer, client.local_addr().unwrap());
        }
    }

    #[test]
    fn a_datagram_socket_has_its_address_again() {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap();
        let given_up = give_up_only(&[socket.as_raw_fd()]);
        assert!(given_up.reopen().is_empty());
        socket.send_to(b"x", address).unwrap();
        assert_eq!(socket.recv(&mut [0]).unwrap(), 1);
    }

    #[test]
    fn an_address_that_is_taken_meanwhile_is_named() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let given_up = give_up_only(&[listener.as_raw_fd()]);
        let _other = TcpListener::bind(address).unwrap();
        let failures = given_up.reopen();
        assert_eq!(failures.len(), 1);
        assert!(
            failures[0].starts_with(&address.to_string()),
            "{failures:?}"
        );
    }
}
