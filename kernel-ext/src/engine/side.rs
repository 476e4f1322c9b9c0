//! The kernel's end of the supervisors' sockets.
//!
//! Supervisors come and go: evcxr starts a new one after a crash and on `:restart`.
//! Everything that they report ends up in one queue of [`Event`]s, in the order of each
//! supervisor's own telling. Orders go to the latest.

use super::Event;
use crate::channel::{Order, Report, write_line};
use crate::crates::Building;
use kernel_protocol::Waker;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};

/// The socket's name in the kernel's temporary directory.
pub(super) const SOCKET_FILE: &str = "supervisor";

/// Where supervisors connect.
#[derive(Clone)]
pub(super) struct Side(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    waker: Arc<OnceLock<Waker>>,
}

#[derive(Debug, Default)]
struct State {
    /// By number; the numbers rise.
    connections: BTreeMap<u64, Connection>,
    next: u64,
    /// Number of the latest [`Order::Sync`].
    ordered: u64,
    /// Whether what is reported is of evcxr's own making.
    is_starting: bool,
    /// In bytes, for this supervisor and those after it.
    memory_limit: Option<u64>,
    /// What is compiled for the cell that comes next.
    building: Option<Building>,
}

#[derive(Debug)]
struct Connection {
    stream: UnixStream,
    /// The latest [`Order::Sync`] that it has answered.
    synced: u64,
}

/// What ends the reports about a cell: one answer of each supervisor, or its end.
#[derive(Debug)]
pub(super) struct Sync {
    pub(super) number: u64,
    pub(super) waiting: BTreeSet<u64>,
}

impl Side {
    /// Listens in `directory`, on a thread of its own, for the process's whole life.
    ///
    /// `waker` is called after each report, if there is one by then.
    pub(super) fn listen(
        directory: &Path,
        events: Sender<Event>,
        waker: Arc<OnceLock<Waker>>,
    ) -> std::io::Result<Self> {
        let listener = UnixListener::bind(directory.join(SOCKET_FILE))?;
        let shared = Shared {
            waker,
            ..Shared::default()
        };
        let side = Self(Arc::new(shared));
        let accepting = side.clone();
        std::thread::Builder::new()
            .name("supervisors".to_owned())
            .spawn(move || {
                for stream in listener.incoming().flatten() {
                    accepting.accept(stream, events.clone());
                }
            })?;
        Ok(side)
    }

    /// Stops the running cell, or the one that is about to start.
    pub(super) fn interrupt(&self) {
        if let Some((_, latest)) = self.lock().connections.last_key_value() {
            // An error means that it is gone, and its worker with it.
            let _ = write_line(&latest.stream, &Order::Interrupt);
        }
    }

    /// Gives the running cell its input; `None` is the end of it.
    pub(super) fn input(&self, line: Option<String>) {
        if let Some((_, latest)) = self.lock().connections.last_key_value() {
            // An error means that it is gone, and the cell with it.
            let _ = write_line(&latest.stream, &Order::Input { line });
        }
    }

    /// Limits the memory of the cells from the next one on.
    pub(super) fn limit_memory(&self, bytes: Option<u64>) {
        let mut state = self.lock();
        state.memory_limit = bytes;
        if let Some((_, latest)) = state.connections.last_key_value() {
            // An error means that it is gone; the one after it is told.
            let _ = write_line(&latest.stream, &Order::MemoryLimit { bytes });
        }
    }

    /// The limit, in bytes.
    pub(super) fn memory_limit(&self) -> Option<u64> {
        self.lock().memory_limit
    }

    /// What is to be kept when the next cell starts.
    pub(super) fn compiling(&self, building: Building) {
        self.lock().building = Some(building);
    }

    /// Asks for the rest of the reports.
    ///
    /// All supervisors are asked: one that has just died may have more to tell than the
    /// one after it.
    pub(super) fn sync(&self) -> Sync {
        let mut state = self.lock();
        state.ordered += 1;
        let number = state.ordered;
        for connection in state.connections.values() {
            // An error means that its end is near, which will do as an answer.
            let _ = write_line(&connection.stream, &Order::Sync { number });
        }
        let waiting = state.connections.keys().copied().collect();
        Sync { number, waiting }
    }

    /// Ends all supervisors.
    pub(super) fn close(&self) {
        for connection in self.lock().connections.values() {
            // An error means that it is gone.
            let _ = connection.stream.shutdown(Shutdown::Both);
        }
    }

    /// Until [`Side::started`], no report is passed on: evcxr evaluates `42` when it
    /// starts, and the user's configuration may run cells of its own.
    pub(super) fn starting(&self) {
        self.lock().is_starting = true;
    }

    /// Waits for the last report about the start.
    pub(super) fn started(&self) {
        let Sync { number, .. } = self.sync();
        let is_behind = |state: &mut State| {
            let mut connections = state.connections.values();
            connections.any(|connection| connection.synced < number)
        };
        let state = self.0.changed.wait_while(self.lock(), is_behind);
        state.unwrap_or_else(PoisonError::into_inner).is_starting = false;
    }

    fn accept(&self, stream: UnixStream, events: Sender<Event>) {
        let Ok(reading) = stream.try_clone() else {
            tracing::error!("a supervisor was refused: too many open files");
            return;
        };
        let mut state = self.lock();
        let bytes = state.memory_limit;
        // An error means that it is gone again, which its reader notices.
        let _ = write_line(&stream, &Order::MemoryLimit { bytes });
        let number = state.next;
        state.next += 1;
        state
            .connections
            .insert(number, Connection { stream, synced: 0 });
        drop(state);
        let side = self.clone();
        let reader = std::thread::Builder::new()
            .name("reports".to_owned())
            .spawn(move || {
                side.read_reports(number, reading, &events);
                // In this order: who still saw the connection will see the event.
                side.lock().connections.remove(&number);
                side.0.changed.notify_all();
                // Nobody waits for events when the kernel is ending.
                let _ = events.send(Event::SupervisorGone { connection: number });
            });
        if let Err(error) = reader {
            tracing::error!(%error, "a supervisor cannot be listened to");
            self.lock().connections.remove(&number);
        }
    }

    fn read_reports(&self, number: u64, stream: UnixStream, events: &Sender<Event>) {
        for line in BufReader::new(stream).split(b'\n') {
            let Ok(line) = line else { return };
            let report = match serde_json::from_slice::<Report>(&line) {
                Ok(report) => report,
                Err(error) => {
                    tracing::error!(%error, "a report cannot be understood");
                    continue;
                }
            };
            let Some(event) = self.event(number, report) else {
                continue;
            };
            if events.send(event).is_err() {
                return;
            }
            if let Some(waker) = self.0.waker.get() {
                waker();
            }
        }
    }

    /// What a report is to the user's cell, if anything.
    fn event(&self, connection: u64, report: Report) -> Option<Event> {
        let mut state = self.lock();
        if let Report::Synced { number } = report {
            if let Some(connection) = state.connections.get_mut(&connection) {
                connection.synced = number;
            }
            self.0.changed.notify_all();
            return Some(Event::Synced { connection, number });
        }
        if matches!(report, Report::Started { .. })
            && let Some(building) = state.building.take()
        {
            // Not here, where the cell's output comes in. Without a thread it is done when
            // the cell is over.
            let keeper = std::thread::Builder::new().name("keeper".to_owned());
            let _ = keeper.spawn(move || building.compiled());
        }
        let is_passed_on = !state.is_starting || matches!(report, Report::Hello { .. });
        is_passed_on.then_some(Event::Report(report))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        let state = self.0.state.lock();
        state.unwrap_or_else(PoisonError::into_inner)
    }
}
