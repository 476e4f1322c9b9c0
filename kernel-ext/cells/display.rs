//! Shows the value of a cell: traits by which method calls decide how. The kernel puts this
//! text into a block around the cell's last expression, with the calls behind it; the names
//! are the block's own, so nothing of it can meet a name of the user's.
//!
//! evcxr asks for a method `evcxr_display` first, of the value or of what it points to, and
//! for `Debug` if there is none; it learns by compiling whether there is one. Here, a type's
//! own method comes before a trait's on a reference, and without an own one the call finds
//! `Absent`.

struct Absent;

trait Unknown {
    fn evcxr_display(&self) -> Absent;
}

impl<T: ?Sized> Unknown for &T {
    fn evcxr_display(&self) -> Absent {
        Absent
    }
}

// By type and not by value: what an own method returns is its own affair.
fn is_absent<R>(_returned: R) -> bool {
    std::any::type_name::<R>() == std::any::type_name::<Absent>()
}

// What a box or another pointer points to; `()`, which shows nothing, for all else.
trait Pointer {
    type To: ?Sized;
    fn kernel_ext_inner(&self) -> &Self::To;
}

impl<T: std::ops::Deref + ?Sized> Pointer for &T {
    type To = T::Target;
    fn kernel_ext_inner(&self) -> &T::Target {
        self
    }
}

trait NoPointer {
    fn kernel_ext_inner(&mut self) -> &();
}

impl<T: ?Sized> NoPointer for &T {
    fn kernel_ext_inner(&mut self) -> &() {
        &()
    }
}

fn send(mime: &str, text: &str) {
    use std::io::Write;
    let mut output = std::io::stdout().lock();
    let sent = writeln!(output, "EVCXR_BEGIN_CONTENT {mime}\n{text}\nEVCXR_END_CONTENT");
    if let Err(error) = sent {
        eprintln!("the value cannot be shown: {error}");
    }
}

// `dyn`: the text is made by code that is compiled once, in the standard library.
fn send_debug(value: &dyn std::fmt::Debug) {
    send("KERNEL_EXT_VALUE", &format!("{value:?}"));
}

trait Debugged {
    fn kernel_ext_show(&self);
}

impl<T: std::fmt::Debug + ?Sized> Debugged for &T {
    fn kernel_ext_show(&self) {
        send_debug(self);
    }
}

trait Named {
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
        send("KERNEL_EXT_VALUE", &format!("{name} (no Debug)"));
    }
}
