//! The terminal while the screen is ours, and its way back to what it was.
//!
//! It comes back however the loop ends: when the guard is dropped, and before a panic of
//! any thread is reported. Signals end the loop, which drops the guard.

use std::io;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use crossterm::cursor::{Hide, Show};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

/// Whether the terminal is ours. A panic on another thread takes it away, and what is
/// drawn after that would lie across its report.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Keys come one by one and unseen, and the screen is another than the shell's.
#[derive(Debug)]
pub(super) struct Ours(());

impl Ours {
    /// # Errors
    ///
    /// When the terminal cannot do that.
    pub(super) fn take() -> anyhow::Result<Self> {
        restore_before_a_panic_is_reported();
        enable_raw_mode().context(HOW_ELSE)?;
        // From here on, dropping it gives the terminal back.
        TAKEN.store(true, Ordering::SeqCst);
        let ours = Self(());
        execute!(io::stdout(), EnterAlternateScreen, Hide).context(HOW_ELSE)?;
        Ok(ours)
    }

    /// Whether it still is. To be asked while standard output is locked, which giving it
    /// back waits for.
    pub(super) fn still() -> bool {
        TAKEN.load(Ordering::SeqCst)
    }
}

const HOW_ELSE: &str =
    "this terminal cannot show a screen; `cargo course watch --plain` works without one";

impl Drop for Ours {
    fn drop(&mut self) {
        restore();
    }
}

/// Once only: a terminal that leaves the other screen twice puts its cursor back twice,
/// on top of what was printed in between. There is nobody to tell where it fails.
fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(io::stdout(), Show, LeaveAlternateScreen);
    let _ = disable_raw_mode();
}

/// The report of a panic would otherwise be on the screen that is left.
fn restore_before_a_panic_is_reported() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            report(panic);
        }));
    });
}
