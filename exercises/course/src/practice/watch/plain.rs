//! The loop as lines of text: for screen readers, pipes and logs.
//!
//! No colour, no movement of the cursor, nothing is erased: what happens is added at the
//! end. Commands are words or letters, one a line.

use std::io::{self, BufRead, Write};
use std::sync::mpsc::Sender;

use anyhow::Context;

use super::engine::{Front, Incoming, Scroll};
use super::state::{Action, Core};
use super::words::KEYS;

/// Text on standard output.
#[derive(Debug, Default)]
pub(super) struct Plain;

impl Plain {
    /// Reads lines in the background.
    pub(super) fn new(outbox: Sender<Incoming>) -> Self {
        std::thread::spawn(move || {
            for line in io::stdin().lock().lines() {
                let Ok(line) = line else { break };
                if outbox.send(Incoming::Typed(line)).is_err() {
                    return;
                }
            }
            // Nobody listens after the end.
            let _ = outbox.send(Incoming::Ended);
        });
        Self
    }

    fn print(&mut self, text: &str) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(readable(text).as_bytes())
            .and_then(|()| out.flush())
            .context("standard output cannot be written to")
    }
}

/// Without colours, and with a line break at its end.
fn readable(text: &str) -> String {
    format!("{}\n", console::strip_ansi_codes(text).trim_end())
}

/// What a verdict means for what to do next, and the words that can be typed.
fn after_a_verdict(core: &Core) -> String {
    let mut text = String::new();
    if core.verdict().is_some_and(|verdict| verdict.is_solved()) {
        text += &solved(core);
        text.push('\n');
    }
    let words: Vec<&str> = KEYS.iter().map(|(_, word)| *word).collect();
    text + &format!("Save the file, or type: {}.", words.join(", "))
}

/// What stands before the exercise, if it is not done.
pub(super) fn builds_on(core: &Core) -> Option<String> {
    let missing = core.missing();
    let several = missing.join(", ");
    (!missing.is_empty()).then(|| format!("It builds on {several}, not done yet."))
}

/// That every rule holds, and where `next` leads.
pub(super) fn solved(core: &Core) -> String {
    let (n_done, n_all) = core.done();
    let then = match core.next() {
        Some(next) => format!("`next` leads to {} ({}).", next.title, next.id),
        None if n_done == n_all => "With it, every exercise of the course is done.".to_owned(),
        None => "No other exercise is open yet.".to_owned(),
    };
    format!("Every rule holds: {} is solved. {then}", core.card().title)
}

impl Front for Plain {
    fn follow(&mut self, core: &Core, action: &Action) -> anyhow::Result<()> {
        match action {
            Action::Grade { .. } => {
                let (n_done, n_all) = core.done();
                let file = &core.card().file;
                self.print(&format!(
                    "\nChecking {file} ({n_done} of {n_all} exercises done)."
                ))?;
                match builds_on(core) {
                    // Once for each exercise is enough.
                    Some(text) if core.verdict().is_none() => self.print(&text),
                    _ => Ok(()),
                }
            }
            Action::Show => {
                let verdict = core.verdict().map(|verdict| verdict.text(false));
                self.print(&verdict.unwrap_or_default())?;
                self.print(&format!("\n{}", after_a_verdict(core)))
            }
            Action::Say(text) => self.print(text),
            _ => Ok(()),
        }
    }

    fn draw(&mut self, _core: &Core) -> anyhow::Result<()> {
        Ok(())
    }

    fn remark(&mut self, text: &str) -> anyhow::Result<()> {
        self.print(text)
    }

    fn scroll(&mut self, _to: Scroll) {}

    fn read_on(&mut self) {}

    fn is_in_order(&self) -> bool {
        true
    }

    fn starts_programs(&self) -> bool {
        false
    }

    fn lend(&mut self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        work()
    }
}
