//! Signals that end the loop in order: the terminal comes back and files are removed.

use std::sync::mpsc::Sender;

use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};

use super::engine::Incoming;

/// Tells of Ctrl-C, a polite kill and a closed terminal from now on.
///
/// # Errors
///
/// When the system does not let this program listen.
pub(super) fn listen(outbox: Sender<Incoming>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let _context = runtime.enter();
    let on = |kind| signal(kind).context("could not listen for signals");
    let mut interrupt = on(SignalKind::interrupt())?;
    let mut terminate = on(SignalKind::terminate())?;
    let mut hangup = on(SignalKind::hangup())?;
    drop(_context);
    std::thread::spawn(move || {
        runtime.block_on(async {
            loop {
                let incoming = tokio::select! {
                    _ = interrupt.recv() => Incoming::Interrupted,
                    _ = terminate.recv() => Incoming::Stopped,
                    _ = hangup.recv() => Incoming::Stopped,
                };
                if outbox.send(incoming).is_err() {
                    return;
                }
            }
        });
    });
    Ok(())
}
