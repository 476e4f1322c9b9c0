//! What must run inside the process of the cells, linked to *their* standard library.
//!
//! The kernel's binary carries a standard library of its own, so it can neither set a
//! cell's panic hook nor flush a cell's standard output. The kernel therefore compiles
//! this file with the user's compiler when it starts, and the worker loads it before
//! the first cell. It is no part of the kernel's own build and uses no crate.
//!
//! Here: forking, and showing what is printed without a newline. [`panics`] tells of panics,
//! [`input`] asks for input.

mod input;
mod panics;

use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often text without a newline is shown while a cell runs.
const FLUSH_EVERY: Duration = Duration::from_millis(30);

/// Whether a cell is running, for the thread that flushes.
static RUNNING: Mutex<bool> = Mutex::new(false);
static CHANGED: Condvar = Condvar::new();

/// Prepares the process. Called once, on the thread that will run the cells.
#[unsafe(no_mangle)]
pub extern "C" fn kernel_ext_init() {
    panics::tell_from_now_on();
    std::thread::spawn(flush_regularly);
}

unsafe extern "C" {
    fn fork() -> i32;
}

/// Forks while no other thread is in the middle of printing: the new process has none
/// that would ever let go of standard output again.
///
/// What is printed but not flushed is flushed first, or both processes would show it.
#[unsafe(no_mangle)]
pub extern "C" fn kernel_ext_fork() -> i32 {
    let mut stdout = std::io::stdout().lock();
    let _stderr = std::io::stderr().lock();
    let _running = running();
    // A closed standard output is the cell's own doing.
    let _ = stdout.flush();
    // SAFETY: the C library's own `fork`, which makes the allocator usable in the new
    // process. Locks of the cells' own making may stay locked there; that is what a
    // snapshot of a running program is.
    unsafe { fork() }
}

/// A snapshot has become the worker: it needs the thread that it was forked without.
#[unsafe(no_mangle)]
pub extern "C" fn kernel_ext_restored() {
    std::thread::spawn(flush_regularly);
}

/// A cell starts.
#[unsafe(no_mangle)]
pub extern "C" fn kernel_ext_begin() {
    *running() = true;
    CHANGED.notify_all();
}

/// A cell has ended: shows what it has printed without a newline.
#[unsafe(no_mangle)]
pub extern "C" fn kernel_ext_end() {
    *running() = false;
    // A closed standard output is the cell's own doing.
    let _ = std::io::stdout().flush();
}

fn running() -> MutexGuard<'static, bool> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn flush_regularly() {
    loop {
        let mut is_running = running();
        while !*is_running {
            is_running = CHANGED
                .wait(is_running)
                .unwrap_or_else(PoisonError::into_inner);
        }
        drop(is_running);
        std::thread::sleep(FLUSH_EVERY);
        let _ = std::io::stdout().flush();
    }
}
