//! The terminal while the screen is ours, and its way back to what it was.
//!
//! It comes back however the loop ends: when the guard is dropped, and before a panic of
//! any thread is reported. Signals end the loop, which drops the guard.

use std::io;
use std::sync::Once;

use anyhow::Context;
use crossterm::cursor::{Hide, Show};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

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
        let ours = Self(());
        execute!(io::stdout(), EnterAlternateScreen, Hide).context(HOW_ELSE)?;
        Ok(ours)
    }
}

const HOW_ELSE: &str =
    "this terminal cannot show a screen; `cargo course watch --plain` works without one";

impl Drop for Ours {
    fn drop(&mut self) {
        restore();
    }
}

/// Also called where nothing is to be restored, which does no harm; and there is nobody
/// to tell where it fails.
fn restore() {
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
