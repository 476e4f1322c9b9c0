//! Shows the value of a cell: traits by which method calls decide how. The kernel puts this
//! text as a module behind each cell that has a value, where it takes the place of the one
//! before, and a block with the calls around the cell's last expression. Not into that block
//! as well: it is in a function with another name in every cell, and the compiler would have
//! to do all of it anew each time, for a quarter of a small cell's time.
//!
//! evcxr asks for a method `evcxr_display` first, of the value or of what it points to, and
//! for `Debug` if there is none; it learns by compiling whether there is one. Here, a type's
//! own method comes before a trait's on a reference, and without an own one the call finds
//! `Absent`. The trait for that is in the block: known to later cells, its method would be
//! suggested by the compiler, and evcxr would not find out that there is none.

pub struct Absent;

// By type and not by value: what an own method returns is its own affair.
pub fn is_absent<R>(_returned: R) -> bool {
    std::any::type_name::<R>() == std::any::type_name::<Absent>()
}

// What a box or another pointer points to; `()`, which shows nothing, for all else.
pub trait Pointer {
    type To: ?Sized;
    fn kernel_ext_inner(&self) -> &Self::To;
}

impl<T: std::ops::Deref + ?Sized> Pointer for &T {
    type To = T::Target;
    fn kernel_ext_inner(&self) -> &T::Target {
        self
    }
}

pub trait NoPointer {
    fn kernel_ext_inner(&mut self) -> &();
}

impl<T: ?Sized> NoPointer for &T {
    fn kernel_ext_inner(&mut self) -> &() {
        &()
    }
}

// `Stdout` itself and one text: both are compiled in the standard library already.
fn send(text: &str) {
    use std::io::Write;
    let block = format!("EVCXR_BEGIN_CONTENT KERNEL_EXT_VALUE\n{text}\nEVCXR_END_CONTENT\n");
    if let Err(error) = std::io::stdout().write_all(block.as_bytes()) {
        eprintln!("the value cannot be shown: {error}");
    }
}

// `dyn`: the text is made by code that is compiled once, in the standard library.
fn send_debug(value: &dyn std::fmt::Debug) {
    send(&format!("{value:?}"));
}

// Compiled in cells without a value as well: then the module is the same for the compiler from
// cell to cell, and not done anew whenever one kind of cell follows the other.
#[used]
static SEND_DEBUG: fn(&dyn std::fmt::Debug) = send_debug;

pub trait Debugged {
    fn kernel_ext_show(&self);
}

impl<T: std::fmt::Debug + ?Sized> Debugged for &T {
    fn kernel_ext_show(&self) {
        send_debug(self);
    }
}

pub trait Named {
    fn kernel_ext_show(&mut self);
}

impl<T: ?Sized> Named for &T {
    fn kernel_ext_show(&mut self) {
        let mut name = String::new();
        // Without the modules: all letters since the last other sign go when `::` follows.
        let mut start = 0;
        for letter in std::any::type_name::<T>().chars() {
            name.push(letter);
            if name.ends_with("::") {
                name.truncate(start);
            } else if !letter.is_alphanumeric() && letter != '_' && letter != ':' {
                start = name.len();
            }
        }
        send(&format!("{name} (no Debug)"));
    }
}
