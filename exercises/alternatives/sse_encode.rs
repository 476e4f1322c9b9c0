//! Another solution of *Server-sent events, written*: character by character.
//!
//! The reference finds the lines of a text first. Here one pass over the characters
//! writes the field's name again at each line break; fields stand behind the data, and
//! lines end with `\r\n`. All of that is allowed.

use exercises::realtime::{SseEncode, SseError, SseEvent, checks};

struct Mine;

/// The text in a field of this name, which is repeated on every line.
fn field(name: &str, text: &str) -> String {
    let start = format!("{name}: ");
    let mut written = start.clone();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // The `\n` behind it will break the line.
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' => {
                written += "\r\n";
                written += &start;
            }
            other => written.push(other),
        }
    }
    written + "\r\n"
}

fn is_broken(text: &str) -> bool {
    text.bytes().any(|byte| byte == b'\r' || byte == b'\n')
}

impl SseEncode for Mine {
    fn encode(event: &SseEvent) -> Result<String, SseError> {
        let mut text = field("data", &event.data);
        for (name, value) in [("id", &event.id), ("event", &event.event)] {
            let Some(value) = value else { continue };
            if is_broken(value) {
                return Err(SseError::LineBreak { field: name });
            }
            if name == "id" && value.bytes().any(|byte| byte == 0) {
                return Err(SseError::NulInId);
            }
            text += &field(name, value);
        }
        if let Some(pause) = event.retry {
            text += &format!("retry:{}\r\n", pause.as_millis());
        }
        Ok(text + "\r\n")
    }

    fn comment(text: &str) -> String {
        field("", text)
    }
}

fn main() -> std::process::ExitCode {
    exercises::grade::main("sse_encode", checks::sse_encode::all::<Mine>)
}
