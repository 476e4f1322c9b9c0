//! Takes evcxr's control words out of what a cell prints.
//!
//! Code that evcxr generates shares standard output with the cell: it prints
//! `EVCXR_PANIC_NOTIFICATION`, content blocks and the like there. A word may follow text
//! on the same line (`print!("abc"); panic!()`), and a read may end in the middle of
//! one, so this works on bytes and holds back only what might still become a word.

/// What a stretch of output is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The cell's own text.
    Text(Vec<u8>),
    /// A content block.
    Block { mime: String, data: String },
    /// The cell's thread panics; perhaps the cell catches it.
    Panics(String),
    /// A panic has ended the cell.
    Panicked,
    /// A `?` ended the cell.
    QuestionMark,
    /// The cell is about to read standard input, by the crate `evcxr_input`.
    Prompt { text: String, is_secret: bool },
    /// A line that evcxr itself wants to see.
    ForEvcxr(String),
}

impl Piece {
    fn prompt(text: &str, is_secret: bool) -> Self {
        let text = text.to_owned();
        Self::Prompt { text, is_secret }
    }
}

const MARK: &[u8] = b"EVCXR_";
const BLOCK: &str = "EVCXR_BEGIN_CONTENT ";
const BLOCK_END: &[u8] = b"EVCXR_END_CONTENT";
const PANICS: &str = "EVCXR_PANICKED ";
const PANIC: &str = "EVCXR_PANIC_NOTIFICATION";
const QUESTION_MARK: &str = "EVCXR_ERROR_OCCURRED";
const PROMPT: &str = "EVCXR_INPUT_REQUEST:";
const SECRET_PROMPT: &str = "EVCXR_INPUT_REQUEST_PASSWORD:";
const CHANGED_TYPE: &str = "EVCXR_VARIABLE_CHANGED_TYPE:";

/// Longer than any control line but for a panic with an endless message; what is longer
/// is taken for the cell's own text.
const MAX_CONTROL_LINE: usize = 1 << 20;

/// Cuts a byte stream into [`Piece`]s.
#[derive(Debug, Default)]
pub(crate) struct Scanner {
    held: Vec<u8>,
    block: Option<OpenBlock>,
}

#[derive(Debug)]
struct OpenBlock {
    mime: String,
    data: Vec<u8>,
}

impl Scanner {
    /// Takes what was read and returns what is certain by now.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Vec<Piece> {
        self.held.extend(bytes);
        let mut pieces = Vec::new();
        while self.step(&mut pieces) {}
        pieces
    }

    /// The cell has ended: nothing can become a control word any more.
    pub(crate) fn finish(&mut self) -> Vec<Piece> {
        let mut rest = Vec::new();
        if let Some(block) = self.block.take() {
            // Never closed, so it was no block.
            rest.extend(format!("{BLOCK}{}\n", block.mime).into_bytes());
            rest.extend(block.data);
        }
        rest.append(&mut self.held);
        if rest.is_empty() {
            return Vec::new();
        }
        vec![Piece::Text(rest)]
    }

    /// Takes one piece off the front; `false` when more bytes are needed.
    fn step(&mut self, pieces: &mut Vec<Piece>) -> bool {
        if self.block.is_some() {
            return self.step_in_block(pieces);
        }
        let Some(at) = find(&self.held, MARK) else {
            let keep = partial_suffix(&self.held, MARK);
            self.emit_text(self.held.len() - keep, pieces);
            return false;
        };
        self.emit_text(at, pieces);
        let Some(end) = self.held.iter().position(|&byte| byte == b'\n') else {
            let is_hopeless = self.held.len() > MAX_CONTROL_LINE || !could_be_control(&self.held);
            if is_hopeless {
                self.emit_text(MARK.len(), pieces);
            }
            return is_hopeless;
        };
        let line = String::from_utf8_lossy(&self.held[..end]).into_owned();
        if let Some(mime) = line.strip_prefix(BLOCK) {
            self.block = Some(OpenBlock {
                mime: mime.trim().to_owned(),
                data: Vec::new(),
            });
        } else if let Some(panic) = line.strip_prefix(PANICS) {
            pieces.push(Piece::Panics(panic.to_owned()));
        } else if line == PANIC {
            pieces.push(Piece::Panicked);
        } else if line == QUESTION_MARK {
            pieces.push(Piece::QuestionMark);
        } else if let Some(text) = line.strip_prefix(PROMPT) {
            pieces.push(Piece::prompt(text, false));
        } else if let Some(text) = line.strip_prefix(SECRET_PROMPT) {
            pieces.push(Piece::prompt(text, true));
        } else if line.starts_with(CHANGED_TYPE) {
            pieces.push(Piece::ForEvcxr(line));
        } else {
            self.emit_text(MARK.len(), pieces);
            return true;
        }
        self.held.drain(..=end);
        true
    }

    fn step_in_block(&mut self, pieces: &mut Vec<Piece>) -> bool {
        let Some(end) = self.held.iter().position(|&byte| byte == b'\n') else {
            return false;
        };
        let line: Vec<u8> = self.held.drain(..=end).collect();
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let panics = find(text, PANICS.as_bytes());
        // Without the hooks' line where the cell has set a hook of its own.
        let panicked = text == PANIC.as_bytes();
        if text != BLOCK_END && panics.is_none() && !panicked {
            if let Some(block) = &mut self.block {
                block.data.extend(&line);
            }
            return true;
        }
        if let Some(OpenBlock { mime, mut data }) = self.block.take() {
            data.extend(&text[..panics.unwrap_or(0)]);
            if data.last() == Some(&b'\n') {
                data.pop();
            }
            let data = String::from_utf8_lossy(&data).into_owned();
            pieces.push(Piece::Block { mime, data });
        }
        if let Some(at) = panics {
            let panic = String::from_utf8_lossy(&text[at + PANICS.len()..]);
            pieces.push(Piece::Panics(panic.into_owned()));
        }
        if panicked {
            pieces.push(Piece::Panicked);
        }
        true
    }

    fn emit_text(&mut self, length: usize, pieces: &mut Vec<Piece>) {
        if length == 0 {
            return;
        }
        let text = self.held.drain(..length);
        match pieces.last_mut() {
            Some(Piece::Text(before)) => before.extend(text),
            _ => pieces.push(Piece::Text(text.collect())),
        }
    }
}

/// Whether a line without its end may still turn out to be a control word.
fn could_be_control(start: &[u8]) -> bool {
    let words = [
        BLOCK,
        PANICS,
        PANIC,
        QUESTION_MARK,
        PROMPT,
        SECRET_PROMPT,
        CHANGED_TYPE,
    ];
    words.iter().any(|word| {
        let shared = start.len().min(word.len());
        start[..shared] == word.as_bytes()[..shared]
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .position(|window| window == wanted)
}

/// How many bytes at the end are a proper prefix of `word`.
fn partial_suffix(bytes: &[u8], word: &[u8]) -> usize {
    (1..word.len())
        .rev()
        .find(|&length| bytes.ends_with(&word[..length]))
        .unwrap_or(0)
}

#[cfg(test)]
#[path = "scanner_tests.rs"]
mod tests;
