//! Standard input: a cell that reads it asks the supervisor.
//!
//! This library is loaded before the C library and stands in for its `read`, because the
//! standard library asks that one for input, and nobody else would know that a cell waits.

use std::collections::VecDeque;
use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The socket to the supervisor; -1 as long as there is none.
static SOCKET: AtomicI32 = AtomicI32::new(-1);

/// First byte of a packet: a question for input follows.
const QUESTION: u8 = b'?';

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

/// Sends a packet to the supervisor, in one piece; `false` if that is impossible.
pub(crate) fn send(kind: u8, content: &[u8]) -> bool {
    let packet = [&[kind], content].concat();
    let socket = SOCKET.load(Ordering::SeqCst);
    // SAFETY: the bytes are there for the whole call; -1 is refused.
    unsafe { write(socket, packet.as_ptr(), packet.len()) > 0 }
}

/// From now on, reading standard input asks by this socket.
#[unsafe(no_mangle)]
pub extern "C" fn kernel_ext_input(socket: i32) {
    SOCKET.store(socket, Ordering::SeqCst);
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
    let socket = SOCKET.load(Ordering::SeqCst);
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
    let is_sent = send(QUESTION, &question);
    let mut line = Vec::new();
    let mut packet = vec![0; MAX_PACKET];
    while is_sent {
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
