//! What a front end wants of a running cell, from whichever thread it comes.

use super::Event;
use kernel_protocol::Remote;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::Sender;

/// What reaches the running cell from other threads.
#[derive(Debug)]
pub(super) struct CellRemote {
    pub(super) events: Sender<Event>,
    /// The number of the running cell; 0 if there is none.
    pub(super) running: AtomicU64,
    /// Whether another kernel follows this one.
    pub(super) is_followed: AtomicBool,
}

impl CellRemote {
    /// For no cell yet.
    pub(super) fn new(events: Sender<Event>) -> Self {
        Self {
            events,
            running: AtomicU64::new(0),
            is_followed: AtomicBool::new(false),
        }
    }

    fn send_input(&self, line: Option<String>) {
        let cell = self.running.load(Ordering::SeqCst);
        // Without a receiver the kernel is ending anyway.
        let _ = self.events.send(Event::Input { cell, line });
    }
}

impl Remote for CellRemote {
    fn interrupt(&self) {
        let cell = self.running.load(Ordering::SeqCst);
        if cell > 0 {
            // Without a receiver the kernel is ending anyway.
            let _ = self.events.send(Event::Interrupt { cell });
        }
    }

    fn input(&self, line: String) {
        self.send_input(Some(line));
    }

    fn end_of_input(&self) {
        self.send_input(None);
    }

    fn restart(&self) {
        self.is_followed.store(true, Ordering::SeqCst);
    }
}
