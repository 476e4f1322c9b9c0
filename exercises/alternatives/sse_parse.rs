//! Another solution of *Server-sent events, read*: keep all bytes that have no end yet,
//! and look for whole events in them.
//!
//! The reference is a machine that takes a byte at a time. Here a buffer grows until it
//! holds a whole line, which is cut off its front, and the fields of an event are kept as
//! a list until it ends.

use std::time::Duration;

use exercises::realtime::{Message, SseParse, checks};

#[derive(Default)]
struct Mine {
    buffer: Vec<u8>,
    /// A `\n` at the front of the buffer belongs to a `\r` that is gone.
    half_a_break: bool,
    has_begun: bool,
    fields: Vec<(String, String)>,
    id_to_come: String,
    id: String,
    retry: Option<Duration>,
}

impl Mine {
    /// Takes the first line off the buffer, if it has an end.
    fn next_line(&mut self) -> Option<String> {
        if self.half_a_break && !self.buffer.is_empty() {
            self.half_a_break = false;
            if self.buffer[0] == b'\n' {
                self.buffer.remove(0);
            }
        }
        let end = self.buffer.iter().position(|byte| b"\r\n".contains(byte))?;
        let rest = self.buffer.split_off(end + 1);
        let mut line = std::mem::replace(&mut self.buffer, rest);
        self.half_a_break = line.pop() == Some(b'\r');
        let text = String::from_utf8_lossy(&line).into_owned();
        match std::mem::replace(&mut self.has_begun, true) {
            true => Some(text),
            false => Some(text.trim_start_matches_once('\u{feff}').to_owned()),
        }
    }

    fn read(&mut self, line: &str) -> Option<Message> {
        if !line.is_empty() {
            let colon = line.find(':');
            let name = &line[..colon.unwrap_or(line.len())];
            let value = colon.map_or("", |colon| &line[colon + 1..]);
            let value = value.trim_start_matches_once(' ').to_owned();
            match name {
                "id" if !value.chars().any(|c| c == '\0') => self.id_to_come = value,
                "retry" if !value.chars().any(|c| !c.is_ascii_digit()) => {
                    if let Ok(millis) = value.parse() {
                        self.retry = Some(Duration::from_millis(millis));
                    }
                }
                name => self.fields.push((name.to_owned(), value)),
            }
            return None;
        }
        self.id = self.id_to_come.clone();
        let mut event = String::new();
        let mut lines = Vec::new();
        for (name, value) in self.fields.drain(..) {
            match name.as_str() {
                "data" => lines.push(value),
                "event" => event = value,
                _ => {}
            }
        }
        if event.is_empty() {
            event = "message".to_owned();
        }
        (!lines.is_empty()).then(|| Message {
            event,
            data: lines.join("\n"),
            last_event_id: self.id.clone(),
        })
    }
}

trait TrimOnce {
    fn trim_start_matches_once(&self, character: char) -> &str;
}

impl TrimOnce for str {
    fn trim_start_matches_once(&self, character: char) -> &str {
        let mut rest = self.chars();
        match rest.next() {
            Some(first) if first == character => rest.as_str(),
            _ => self,
        }
    }
}

impl SseParse for Mine {
    fn new() -> Self {
        Self::default()
    }

    fn push(&mut self, bytes: &[u8]) -> Vec<Message> {
        self.buffer.extend_from_slice(bytes);
        let mut messages = Vec::new();
        while let Some(line) = self.next_line() {
            messages.extend(self.read(&line));
        }
        messages
    }

    fn last_event_id(&self) -> &str {
        &self.id
    }

    fn retry(&self) -> Option<Duration> {
        self.retry
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("sse_parse", checks::sse_parse::all::<Mine>)
}
