//! Panics: message, place, and the calls that led there, told to the supervisor.
//!
//! It does not catch them: evcxr's generated code does. Calls are told as addresses within
//! libraries, which the kernel looks up. The standard library's own backtrace names a file
//! and a line, but not the library, and every cell's file has the same name.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::PanicHookInfo;

/// Enough for anything but a recursion, of which the innermost calls are the interesting ones.
const MAX_CALLS: usize = 128;

/// First byte of a packet: a panic follows.
const PANIC: u8 = b'!';

/// What fits into a packet of the supervisor's; a longer message is cut.
const MAX_MESSAGE: usize = 1 << 15;

/// Sets the panic hook. Called on the thread that will run the cells.
pub(crate) fn tell_from_now_on() {
    let cell_thread = std::thread::current().id();
    let default_hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let thread = std::thread::current();
        if thread.id() == cell_thread {
            tell_in_output(&describe(info, "main", usize::MAX));
        } else {
            let name = thread.name().unwrap_or("<unnamed>");
            let panic = describe(info, name, MAX_MESSAGE);
            // By the socket: the cell's thread may hold the lock of standard output while
            // it waits for this one.
            if !crate::input::send(PANIC, panic.as_bytes()) {
                default_hook(info);
            }
        }
    }));
}

/// Tells of a panic in the cell's own output, where it belongs among it.
///
/// Whether the cell catches the panic is not known here.
fn tell_in_output(panic: &str) {
    let mut stdout = std::io::stdout();
    // A closed standard output is the cell's own doing.
    let _ = writeln!(stdout, "EVCXR_PANICKED {panic}");
    let _ = stdout.flush();
}

/// One line of fields with NUL between them: thread, file, line, message, then for every
/// call, innermost first, its library (empty: the one before) and the address in it.
fn describe(info: &PanicHookInfo<'_>, thread: &str, max_message: usize) -> String {
    let payload = info.payload();
    let message = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a value that is not text");
    let message = &message[..message.floor_char_boundary(max_message)];
    let (file, line) = info.location().map_or(("", 0), |at| (at.file(), at.line()));
    let (thread, file, message) = (escape(thread), escape(file), escape(message));
    let mut text = format!("{thread}\0{file}\0{line}\0{message}");
    let mut before = String::new();
    for call in calls() {
        let Some((library, address)) = within_library(call) else {
            continue;
        };
        let shown = if library == before { "" } else { &library };
        // Writing to a string cannot fail.
        let _ = write!(text, "\0{}\0{address:x}", escape(shown));
        before = library;
    }
    text
}

/// No line break, and no NUL: those part lines and fields.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\n', "\\n")
        .replace('\0', "\u{fffd}")
}

/// The addresses of the calls that are under way on this thread, innermost first.
fn calls() -> Vec<usize> {
    let mut calls = Vec::new();
    // SAFETY: `note_call` is given this vector and nothing else uses it meanwhile.
    unsafe { _Unwind_Backtrace(note_call, (&raw mut calls).cast()) };
    calls
}

extern "C" fn note_call(context: *mut c_void, calls: *mut c_void) -> c_int {
    const GO_ON: c_int = 0;
    const STOP: c_int = 5;
    // SAFETY: `calls` is the vector that `calls()` has passed.
    let calls = unsafe { &mut *calls.cast::<Vec<usize>>() };
    // SAFETY: the context is the unwinder's, and valid during this call.
    let return_address = unsafe { _Unwind_GetIP(context) };
    // The call is the instruction before the one that it returns to.
    calls.push(return_address.saturating_sub(1));
    if calls.len() < MAX_CALLS { GO_ON } else { STOP }
}

/// The library that an address is in, and the address as the library counts.
fn within_library(address: usize) -> Option<(String, usize)> {
    let mut found = Library {
        path: std::ptr::null(),
        base: std::ptr::null(),
        _symbol: std::ptr::null(),
        _symbol_address: std::ptr::null(),
    };
    // SAFETY: any address may be asked for; `found` has the C library's layout.
    let is_found = unsafe { dladdr(address as *const c_void, &raw mut found) } != 0;
    if !is_found || found.path.is_null() {
        return None;
    }
    // SAFETY: a path that ends in NUL, which lives as long as the library is loaded.
    let path = unsafe { CStr::from_ptr(found.path) };
    let path = path.to_string_lossy().into_owned();
    Some((path, address.wrapping_sub(found.base as usize)))
}

/// The C library's `Dl_info`.
#[repr(C)]
struct Library {
    path: *const c_char,
    base: *const c_void,
    _symbol: *const c_char,
    _symbol_address: *const c_void,
}

type NoteCall = extern "C" fn(*mut c_void, *mut c_void) -> c_int;

unsafe extern "C" {
    fn dladdr(address: *const c_void, found: *mut Library) -> c_int;
}

// The unwinder that the standard library itself is linked to.
#[link(name = "gcc_s")]
unsafe extern "C" {
    fn _Unwind_Backtrace(note: NoteCall, argument: *mut c_void) -> c_int;
    fn _Unwind_GetIP(context: *mut c_void) -> usize;
}
