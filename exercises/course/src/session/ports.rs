//! Finding a free port on this machine.
//!
//! A port is free if binding it works; there is no other way to know. The book
//! keeps the listener that the test made, so nothing can take its port any more.
//! JupyterLab binds by itself and gets a number only, which another program may
//! take in between: it then tries the next ones (`port_retries`) and its real
//! port is read from the file in which it announces itself.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, bail};

/// How many ports above the wished one are tried. A learner has a few servers
/// running, not a hundred; past that something else is wrong.
pub(crate) const TRIES: u16 = 100;

/// Listens on `wished`, or on the first free port above it. Port 0 asks the
/// system for any.
///
/// # Errors
///
/// If no port of the range is free, or binding fails for another reason than
/// the port being taken (say, a port below 1024 without the right to it).
///
/// # Time complexity
///
/// One system call for each taken port, [`TRIES`] at most.
pub(crate) fn listen_from(wished: u16) -> Result<TcpListener> {
    let last = wished.saturating_add(TRIES - 1);
    for port in wished..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("could not listen on 127.0.0.1:{port}; choose another port")
                });
            }
        }
    }
    bail!("every port from {wished} to {last} on 127.0.0.1 is taken; choose another one")
}

/// A port that was free a moment ago, at or above `wished`.
///
/// # Errors
///
/// As [`listen_from`].
pub(crate) fn free_from(wished: u16) -> Result<u16> {
    Ok(listen_from(wished)?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a port of the system's choice, above which there is room.
    fn taken() -> (TcpListener, u16) {
        let listener = listen_from(0).expect("some port is free");
        let port = listener.local_addr().expect("it is bound").port();
        (listener, port)
    }

    #[test]
    fn a_taken_port_is_answered_by_a_later_one() {
        let (_guard, port) = taken();
        let next = free_from(port).expect("a hundred ports are not all taken");
        assert!(next > port && next - port < TRIES, "{port} -> {next}");
    }

    #[test]
    fn a_free_port_is_taken_as_wished() {
        let (guard, port) = taken();
        drop(guard);
        let listener = listen_from(port).expect("it was just given back");
        assert_eq!(listener.local_addr().expect("bound").port(), port);
    }

    #[test]
    fn the_last_port_of_all_does_not_overflow() {
        let last = TcpListener::bind((Ipv4Addr::LOCALHOST, u16::MAX));
        let answer = listen_from(u16::MAX);
        assert!(last.is_err() || answer.is_err());
    }
}
