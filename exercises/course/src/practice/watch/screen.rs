//! The loop on a screen: the state is drawn anew after each change, and keys are read one
//! by one.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};

use anyhow::Context;
use crossterm::cursor::MoveTo;
use crossterm::event::{self, Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{self, Clear, ClearType};

use super::engine::{Front, Incoming, Scroll};
use super::layout::{View, page};
use super::state::{Action, Core};
use super::terminal::Ours;

/// The screen of a terminal.
#[derive(Debug)]
pub(super) struct Screen {
    ours: Option<Ours>,
    read_on: Sender<()>,
    remark: Option<String>,
    above: usize,
    max_above: usize,
    n_middle: usize,
    colours: bool,
}

impl Screen {
    /// Takes the terminal, and reads keys in the background.
    ///
    /// # Errors
    ///
    /// When the terminal cannot show a screen.
    pub(super) fn new(outbox: Sender<Incoming>) -> anyhow::Result<Self> {
        let ours = Some(Ours::take()?);
        let (read_on, may_read) = channel();
        std::thread::spawn(move || read(&outbox, &may_read));
        Ok(Self {
            ours,
            read_on,
            remark: None,
            above: 0,
            max_above: 0,
            n_middle: 0,
            // See <https://no-color.org>.
            colours: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        })
    }

    fn write(lines: &[String], rows: usize) -> io::Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        if !Ours::still() {
            return Ok(());
        }
        for (row, line) in (0..).zip(lines) {
            // Cleared behind the text, not before it: nothing flickers. Colours end with
            // their line, wherever it was folded.
            queue!(
                out,
                MoveTo(0, row),
                Print(line),
                SetAttribute(Attribute::Reset),
                Clear(ClearType::UntilNewLine)
            )?;
        }
        // Not below the last row: there the cursor would stay on it, and clear it.
        if lines.len() < rows {
            let below = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            queue!(out, MoveTo(0, below), Clear(ClearType::FromCursorDown))?;
        }
        out.flush()
    }
}

impl Front for Screen {
    fn follow(&mut self, _core: &Core, action: &Action) -> anyhow::Result<()> {
        if matches!(action, Action::Show | Action::Say(_)) {
            self.above = 0;
        }
        Ok(())
    }

    fn draw(&mut self, core: &Core) -> anyhow::Result<()> {
        let (columns, rows) = terminal::size().context("the terminal has no size")?;
        let view = View {
            // Behind a character in the last column the cursor stays on it, and what
            // clears the rest of the line would clear it, too.
            columns: usize::from(columns).saturating_sub(1),
            rows: rows.into(),
            above: self.above,
            colours: self.colours,
        };
        let page = page(core, self.remark.as_deref(), view);
        self.max_above = page.max_above;
        self.n_middle = page.n_middle;
        self.above = self.above.min(page.max_above);
        Self::write(&page.lines, view.rows).context("the terminal cannot be written to")
    }

    fn remark(&mut self, text: &str) -> anyhow::Result<()> {
        self.remark = Some(text.to_owned());
        Ok(())
    }

    fn scroll(&mut self, to: Scroll) {
        let page = self.n_middle.saturating_sub(1).max(1);
        let moved = |by: isize, step: usize| {
            self.above
                .saturating_add_signed(by.saturating_mul(step.cast_signed()))
        };
        let above = match to {
            Scroll::Line(by) => moved(by, 1),
            Scroll::Page(by) => moved(by, page),
            Scroll::Top => 0,
            Scroll::Bottom => self.max_above,
        };
        self.above = above.min(self.max_above);
    }

    fn read_on(&mut self) {
        // The reader is gone where there is nothing to read any more.
        let _ = self.read_on.send(());
    }

    fn is_in_order(&self) -> bool {
        false
    }

    fn starts_programs(&self) -> bool {
        true
    }

    fn lend(&mut self, work: &mut dyn FnMut() -> anyhow::Result<()>) -> anyhow::Result<()> {
        drop(self.ours.take());
        let done = work();
        self.ours = Some(Ours::take()?);
        done
    }
}

/// Reads one key at a time: while it is being handled, another program may have the
/// terminal, and its keys are not ours.
fn read(outbox: &Sender<Incoming>, may_read: &Receiver<()>) {
    loop {
        let incoming = match event::read() {
            Ok(input) => meaning(&input),
            Err(_) => Some(Incoming::Stopped),
        };
        let Some(incoming) = incoming else { continue };
        if outbox.send(incoming).is_err() || may_read.recv().is_err() {
            return;
        }
    }
}

/// What a key means; `None` if nothing.
fn meaning(input: &Input) -> Option<Incoming> {
    match input {
        Input::Resize(..) => Some(Incoming::Resized),
        Input::Key(KeyEvent {
            code,
            modifiers,
            kind: KeyEventKind::Press | KeyEventKind::Repeat,
            ..
        }) => key(*code, *modifiers),
        _ => None,
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<Incoming> {
    let is_control = modifiers.contains(KeyModifiers::CONTROL);
    Some(match code {
        // The second is the end of input, as in a shell.
        KeyCode::Char('c' | 'd') if is_control => Incoming::Stopped,
        KeyCode::Char('l') if is_control => Incoming::Resized,
        KeyCode::Char(_) if is_control || modifiers.contains(KeyModifiers::ALT) => return None,
        KeyCode::Char(c) => Incoming::Typed(c.to_string()),
        KeyCode::Esc => Incoming::Typed("\u{1b}".to_owned()),
        KeyCode::Enter => Incoming::Typed(String::new()),
        KeyCode::Up => Incoming::Scrolled(Scroll::Line(-1)),
        KeyCode::Down => Incoming::Scrolled(Scroll::Line(1)),
        KeyCode::PageUp => Incoming::Scrolled(Scroll::Page(-1)),
        KeyCode::PageDown => Incoming::Scrolled(Scroll::Page(1)),
        KeyCode::Home => Incoming::Scrolled(Scroll::Top),
        KeyCode::End => Incoming::Scrolled(Scroll::Bottom),
        _ => return None,
    })
}
