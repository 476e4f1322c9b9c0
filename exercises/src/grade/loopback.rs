//! The one way to the network that a check may ask for: a socket of the solution's own
//! that listens on 127.0.0.1, and a way to connect to it.
//!
//! A check of a server declares [`Network::Loopback`]. Before the walls close, its
//! process binds a port of the system's choice, and starts a thread that connects to
//! that port whenever the check asks for it. Walls bind the thread that puts them up,
//! and those that it starts; this one was there before. So nothing is opened in them:
//! the solution may still make no socket, bind none and connect nowhere. It accepts
//! connections on the socket that it is handed, and that is all.
//!
//! The alternative was to let the solution's threads connect to that one port. Seccomp
//! cannot read the address of a `connect`, which is in memory, and Landlock's network
//! rules (Linux 6.7 and later) name a port but no machine: a solution could have reached
//! that port on every host. It would also have had to be allowed to make sockets.
//!
//! The thread that connects is outside the walls, so it runs no line of the solution:
//! it reads requests that carry nothing, and it never panics, because a panic would call
//! a hook that the solution may have set.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What of the network a check needs.
///
/// # Examples
///
/// ```
/// use exercises::grade::{Check, Network};
///
/// let check = Check::new("answers", "A request is answered.", |_| Ok(()));
/// assert_eq!(check.network, Network::None);
/// assert_eq!(check.network(Network::Loopback).network, Network::Loopback);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Network {
    /// Nothing: every socket is refused.
    #[default]
    None,
    /// One socket that listens on 127.0.0.1, made before the walls close.
    Loopback,
}

/// Longer than a connection on one machine ever takes, unless the queue of those that
/// nobody accepts is full: then the system tries again after a second, and after two more.
const PATIENCE: Duration = Duration::from_secs(4);

/// Prepared by [`open`], before the walls close.
static PREPARED: Mutex<Option<Loopback>> = Mutex::new(None);

/// A socket that listens on 127.0.0.1, and a way to connect to it from behind the walls.
///
/// # Examples
///
/// ```
/// use std::io::{Read, Write};
///
/// use exercises::grade::Loopback;
///
/// let Loopback { listener, dialler } = Loopback::take()?;
/// let mut client = dialler.dial()?;
/// let (mut served, _) = listener.accept()?;
/// served.write_all(b"hello")?;
/// drop(served);
/// let mut said = String::new();
/// client.read_to_string(&mut said)?;
/// assert_eq!(said, "hello");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Loopback {
    /// For the server.
    pub listener: TcpListener,
    /// For its clients.
    pub dialler: Dialler,
}

impl Loopback {
    /// The one that was prepared for this process, once; where none was, as in a test or
    /// a notebook, a new one.
    ///
    /// # Errors
    ///
    /// When the system has no port or no thread left.
    pub fn take() -> io::Result<Self> {
        let prepared = PREPARED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        prepared.map_or_else(Self::new, Ok)
    }

    fn new() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let dialler = Dialler::start(listener.local_addr()?)?;
        Ok(Self { listener, dialler })
    }
}

/// Prepares the loopback of this process; to be called before the walls close.
#[cfg(feature = "graded")]
pub(super) fn open() -> io::Result<()> {
    let prepared = Loopback::new()?;
    *PREPARED.lock().unwrap_or_else(PoisonError::into_inner) = Some(prepared);
    Ok(())
}

/// Connects to one listener, and to nothing else.
#[derive(Debug, Clone)]
pub struct Dialler {
    orders: Sender<Order>,
}

/// Where a new connection is to be sent. That is all: an order names no address.
type Order = SyncSender<io::Result<TcpStream>>;

impl Dialler {
    fn start(address: SocketAddr) -> io::Result<Self> {
        let (orders, received) = mpsc::channel();
        thread::Builder::new()
            .name("dialler".to_owned())
            .spawn(move || connect_for_each(&received, address))?;
        Ok(Self { orders })
    }

    /// A new connection to the listener.
    ///
    /// # Errors
    ///
    /// What the system says, most often that the server's queue of connections that it
    /// has not accepted is full.
    pub fn dial(&self) -> io::Result<TcpStream> {
        let gone = || io::Error::other("the thread that connects is gone");
        let (made, connection) = mpsc::sync_channel(1);
        self.orders.send(made).map_err(|_| gone())?;
        connection.recv().map_err(|_| gone())?
    }
}

/// Must not panic; see the top of this file.
fn connect_for_each(orders: &Receiver<Order>, address: SocketAddr) {
    for order in orders {
        // Whoever asked may have been ended by a panic of the solution.
        let _ = order.send(TcpStream::connect_timeout(&address, PATIENCE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loopback_is_reached_by_its_own_dialler_and_by_no_other() {
        let ours = Loopback::take().expect("a free port");
        let other = Loopback::take().expect("a free port");
        let client = ours.dialler.dial().expect("it listens");
        let (_, peer) = ours.listener.accept().expect("it was dialled");
        assert_eq!(peer, client.local_addr().expect("it is connected"));
        other.listener.set_nonblocking(true).expect("a socket");
        let nobody = other.listener.accept().expect_err("it was not dialled");
        assert_eq!(nobody.kind(), io::ErrorKind::WouldBlock);
    }

    #[test]
    fn a_listener_that_is_gone_is_an_error_and_not_a_panic() {
        let Loopback { listener, dialler } = Loopback::take().expect("a free port");
        drop(listener);
        let refused = dialler.dial().expect_err("nobody listens");
        assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
    }
}
