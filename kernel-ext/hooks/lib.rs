//! What must run inside the process of the cells, linked to *their* standard library.
//!
//! The kernel's binary carries a standard library of its own, so it can neither set a
//! cell's panic hook nor flush a cell's standard output. The kernel therefore compiles
//! this file with the user's compiler when it starts, and the worker loads it before
//! the first cell. It is no part of the kernel's own build and uses no crate.
//!
//! It does not catch panics: evcxr's generated code does. It stands in for the C library's
//! `read`, because the standard library asks that one for input, and nobody else would
//! know that a cell waits.

use std::collections::VecDeque;
use std::io::{ErrorKind, Write};
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};
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
    let cell_thread = std::thread::current().id();
    let default_hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == cell_thread {
            report(info);
        } else {
            default_hook(info);
        }
    }));
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

/// Tells the supervisor of a panic, in the cell's own output, where it belongs among it.
///
/// One line, `EVCXR_PANICKED file NUL line NUL message`, with `\` and line breaks of the
/// message escaped. Whether the cell catches the panic is not known here.
fn report(info: &PanicHookInfo<'_>) {
    let payload = info.payload();
    let message = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a value that is not text".to_owned());
    let (file, line) = info.location().map_or(("", 0), |at| (at.file(), at.line()));
    let message = message.replace('\\', "\\\\").replace('\n', "\\n");
    let mut stdout = std::io::stdout();
    // A closed standard output is the cell's own doing.
    let _ = writeln!(stdout, "EVCXR_PANICKED {file}\0{line}\0{message}");
    let _ = stdout.flush();
}

/// The socket by which input is asked for; -1 as long as there is none.
static INPUT: AtomicI32 = AtomicI32::new(-1);

/// Input that has been given but not been read yet.
static GIVEN: Mutex<VecDeque<u8>> = Mutex::new(VecDeque::new());

/// Tells the questions of one process apart.
static QUESTIONS: AtomicU64 = AtomicU64::new(0);

/// Longer than any packet of the supervisor.
const MAX_PACKET: usize = 1 << 16;

/// A number for the question, and whether the answer goes on in another packet.
const ANSWER_HEAD: usize = 9;

#[repr(C)]
struct IoVec {
    base: *mut u8,
    length: usize,
}

unsafe extern "C" {
    fn readv(descriptor: i32, vectors: *const IoVec, count: i32) -> isize;
    fn write(descriptor: i32, bytes: *const u8, length: usize) -> isize;
}

/// From now on, reading standard input asks by this socket.
#[unsafe(no_mangle)]
pub extern "C" fn kernel_ext_input(socket: i32) {
    INPUT.store(socket, Ordering::SeqCst);
}

/// The C library's `read`, for the whole process: this library is loaded before that one.
///
/// Everything but standard input is passed on. Programs that a cell starts have a standard
/// input of their own, which is empty.
///
/// # Safety
///
/// As for the C library's: `buffer` has room for `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read(descriptor: i32, buffer: *mut u8, length: usize) -> isize {
    let socket = INPUT.load(Ordering::SeqCst);
    if descriptor != 0 || socket < 0 || length == 0 {
        // SAFETY: the caller's own promise.
        return unsafe { read_through(descriptor, buffer, length) };
    }
    if given().is_empty() {
        let answer = ask(socket);
        given().extend(answer);
    }
    let mut given = given();
    let length = length.min(given.len());
    for (index, byte) in given.drain(..length).enumerate() {
        // SAFETY: `index` is below `length`, for which the caller has room.
        unsafe { buffer.add(index).write(byte) };
    }
    length.cast_signed()
}

/// `read` under another name: with one buffer, `readv` does the same.
///
/// # Safety
///
/// `buffer` has room for `length` bytes.
unsafe fn read_through(descriptor: i32, buffer: *mut u8, length: usize) -> isize {
    let vector = IoVec {
        base: buffer,
        length,
    };
    // SAFETY: the caller's promise; the vector outlives the call.
    unsafe { readv(descriptor, &raw const vector, 1) }
}

fn given() -> MutexGuard<'static, VecDeque<u8>> {
    GIVEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Asks for a line and waits for it; nothing is the end of the input.
fn ask(socket: i32) -> Vec<u8> {
    // What the cell has printed may be the question.
    let _ = std::io::stdout().flush();
    // A snapshot counts from where its worker was, so the process is part of the number.
    let count = QUESTIONS.fetch_add(1, Ordering::SeqCst);
    let question = ((u64::from(std::process::id()) << 32) | count).to_ne_bytes();
    // SAFETY: the bytes are there for the whole call.
    let sent = unsafe { write(socket, question.as_ptr(), question.len()) };
    let mut line = Vec::new();
    let mut packet = vec![0; MAX_PACKET];
    while sent > 0 {
        // SAFETY: the packet has room for that many bytes.
        let length = unsafe { read_through(socket, packet.as_mut_ptr(), packet.len()) };
        // A handler for signals of the cell's own may get in between.
        if length < 0 && std::io::Error::last_os_error().kind() == ErrorKind::Interrupted {
            continue;
        }
        let Some((head, part)) = usize::try_from(length)
            .ok()
            .and_then(|length| packet[..length].split_at_checked(ANSWER_HEAD))
        else {
            break;
        };
        // An answer to a worker that is dead is nobody's.
        if head[..question.len()] != question {
            continue;
        }
        line.extend(part);
        let goes_on = head[question.len()] != 0;
        if !goes_on {
            break;
        }
    }
    line
}
