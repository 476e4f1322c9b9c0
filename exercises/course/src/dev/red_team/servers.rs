//! Attacks by servers, which have a socket that listens: on the rest of the network, on
//! the grader's own socket, and on the check's patience.
//!
//! They share a contract of their own, whose check is a client on a real connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic;
use std::process::Command;
use std::thread;
use std::time::Duration;

use exercises::catalog::{Exercise, Wrong};
use exercises::grade::walls::{self, Wall};
use exercises::grade::{Check, Counterexample, Loopback, Network, Seed, Verdict};

use super::PASSED;

/// Id of the exercise that these attack; see [`super::ID`].
pub(super) const ID: &str = "red-team-servers";

const FORBIDDEN: &str = "tried to start a process, to signal one, or to open a connection";
const SILENT: &str = "it sent nothing within 1 s";

/// The contract: say each line that a client sends once more.
trait Echo {
    fn serve(listener: TcpListener);
}

/// Two clients, one after the other, each with a line.
fn echoes<T: Echo>(_: Seed) -> Verdict {
    let opened = |error: io::Error| {
        Counterexample::new("a new connection", "it is opened", error.to_string())
    };
    let Loopback { listener, dialler } = Loopback::take().map_err(opened)?;
    thread::spawn(|| T::serve(listener));
    for line in ["first", "second"] {
        let said = said_to(dialler.dial().map_err(opened)?, line);
        if said != line {
            return Err(Counterexample::new(
                format!("a client sends `{line}`"),
                line,
                said,
            ));
        }
    }
    Ok(())
}

/// What a client is told, or what happened instead.
fn said_to(mut client: TcpStream, line: &str) -> String {
    let talk = || -> io::Result<String> {
        client.set_read_timeout(Some(Duration::from_secs(1)))?;
        client.write_all(format!("{line}\n").as_bytes())?;
        let mut said = String::new();
        BufReader::new(client.take(64)).read_line(&mut said)?;
        Ok(said)
    };
    match talk() {
        Ok(said) if said.ends_with('\n') => said.trim_end().to_owned(),
        Ok(said) => format!("{} bytes without an end", said.len()),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => SILENT.to_owned(),
        Err(error) => error.to_string(),
    }
}

fn checks<T: Echo>() -> Vec<Check> {
    vec![Check::new("echoes", "A line comes back.", echoes::<T>).network(Network::Loopback)]
}

fn solution<T: Echo>(name: &'static str, says: &'static str) -> Wrong {
    Wrong {
        name,
        diagnosis: says,
        rejected_by: "echoes",
        checks: checks::<T>,
    }
}

/// The contract with all solutions, as an exercise.
pub(super) fn exercise() -> Exercise {
    let missing = walls::missing();
    let mut solutions = vec![
        solution::<Honest>("HonestServer", PASSED),
        solution::<LeavesThreads>("LeavesThreads", PASSED),
        solution::<NeverAnswers>("NeverAnswers", SILENT),
        solution::<AnswersWithoutEnd>("AnswersWithoutEnd", "64 bytes without an end"),
        solution::<HoldsEveryConnection>("HoldsEveryConnection", SILENT),
        solution::<HangsUp>("HangsUp", "0 bytes without an end"),
        solution::<UsesUpDescriptors>("UsesUpDescriptors", SILENT),
        solution::<AsksForTheNonce>("AsksForTheNonce", SILENT),
    ];
    if !missing.contains(&Wall::Network) {
        solutions.extend([
            solution::<ConnectsElsewhere>("ConnectsElsewhere", FORBIDDEN),
            solution::<ConnectsToItself>("ConnectsToItself", FORBIDDEN),
            solution::<ConnectsFromAHook>("ConnectsFromAHook", FORBIDDEN),
            solution::<BindsAnother>("BindsAnother", FORBIDDEN),
            solution::<TakesAnotherLoopback>("TakesAnotherLoopback", FORBIDDEN),
            solution::<TurnsAConnection>("TurnsAConnection", FORBIDDEN),
            solution::<SendsPackets>("SendsPackets", FORBIDDEN),
        ]);
    }
    if !missing.contains(&Wall::Processes) {
        solutions.push(solution::<StartsAProcess>("StartsAProcess", FORBIDDEN));
    }
    Exercise {
        id: ID,
        formerly: &[],
        title: "Echo",
        summary: "Say each line once more.",
        topic: "",
        chapter: "",
        section: "",
        reference: "",
        minutes: 1,
        requires: &[],
        checks: checks::<Honest>,
        wrong: solutions,
    }
}

fn echo(mut connection: &TcpStream) -> io::Result<()> {
    let mut line = String::new();
    BufReader::new(connection).read_line(&mut line)?;
    connection.write_all(line.as_bytes())
}

fn serve_honestly(listener: &TcpListener) {
    for connection in listener.incoming().flatten() {
        let _ = echo(&connection);
    }
}

struct Honest;

impl Echo for Honest {
    fn serve(listener: TcpListener) {
        serve_honestly(&listener);
    }
}

/// Does `$trick` with the listener, and then serves honestly: it would pass.
macro_rules! trick {
    ($(#[$about:meta])* $name:ident, $listener:ident, $trick:expr) => {
        $(#[$about])*
        struct $name;

        impl Echo for $name {
            fn serve($listener: TcpListener) {
                let _ = $trick;
                serve_honestly(&$listener);
            }
        }
    };
}

fn own(listener: &TcpListener) -> SocketAddr {
    listener.local_addr().expect("it listens")
}

trick!(
    ConnectsElsewhere,
    listener,
    TcpStream::connect(("127.0.0.1", own(&listener).port() ^ 1))
);
trick!(
    /// Harmless, but one rule is simpler to state, and to enforce, than one with an exception.
    ConnectsToItself,
    listener,
    TcpStream::connect(own(&listener))
);
trick!(
    /// Hopes that a thread outside the walls panics, and provokes one of its own.
    ConnectsFromAHook,
    listener,
    {
        let address = own(&listener);
        panic::set_hook(Box::new(move |_| drop(TcpStream::connect(address))));
        thread::spawn(|| panic!("on to the hook")).join()
    }
);
trick!(BindsAnother, listener, TcpListener::bind("127.0.0.1:0"));
trick!(TakesAnotherLoopback, listener, Loopback::take());
trick!(
    /// A connection that was accepted becomes one to somewhere else.
    TurnsAConnection,
    listener,
    listener.accept().map(|(connection, _)| {
        UdpSocket::from(std::os::fd::OwnedFd::from(connection)).connect("127.0.0.1:9")
    })
);
trick!(SendsPackets, listener, UdpSocket::bind("127.0.0.1:0"));
trick!(StartsAProcess, listener, Command::new("true").spawn());
trick!(
    /// Threads that still run when the check has ended.
    LeavesThreads,
    listener,
    for _ in 0..8 {
        thread::spawn(|| {
            loop {
                thread::yield_now();
            }
        });
    }
);
trick!(
    /// Reads the grader's socket for the rest of the request, and would answer in its place.
    AsksForTheNonce,
    listener,
    {
        let mut request = String::new();
        let socket = io::stdin().as_fd().try_clone_to_owned();
        socket.and_then(|socket| UnixStream::from(socket).read_to_string(&mut request))
    }
);
trick!(
    /// Leaves the process no descriptor but that of the first client.
    UsesUpDescriptors,
    listener,
    listener.accept().map(|(connection, _)| {
        while let Ok(copy) = listener.try_clone() {
            std::mem::forget(copy);
        }
        let _ = echo(&connection);
        // Not on to the next client: `accept` would take the descriptor that the first
        // one frees, or leave it to the second, as it happens.
        thread::park();
    })
);

struct NeverAnswers;

impl Echo for NeverAnswers {
    fn serve(listener: TcpListener) {
        loop {
            let _ = listener;
            thread::park();
        }
    }
}

struct AnswersWithoutEnd;

impl Echo for AnswersWithoutEnd {
    fn serve(listener: TcpListener) {
        for mut connection in listener.incoming().flatten() {
            thread::spawn(move || while connection.write_all(&[b'a'; 4096]).is_ok() {});
        }
    }
}

struct HoldsEveryConnection;

impl Echo for HoldsEveryConnection {
    fn serve(listener: TcpListener) {
        let held: Vec<TcpStream> = listener.incoming().flatten().collect();
        drop(held);
    }
}

struct HangsUp;

impl Echo for HangsUp {
    fn serve(listener: TcpListener) {
        for connection in listener.incoming().flatten() {
            // All that came is read, or the client would get a reset instead of an end.
            let _ = BufReader::new(&connection).read_line(&mut String::new());
        }
    }
}
