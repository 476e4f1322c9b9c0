//! What a graded process sends: its answer, and what the solution prints.
//!
//! Both are read as they come, so that the process never waits for the grader, and
//! both are kept in part, so that it cannot fill the grader's memory.

use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

/// A pipe or a socket that is being read.
pub(super) struct Stream {
    kept: Arc<Mutex<Kept>>,
    closed: mpsc::Receiver<()>,
}

/// What is kept of a stream: its beginning, and as much of its end.
struct Kept {
    limit_bytes: usize,
    head: Vec<u8>,
    tail: Vec<u8>,
    dropped: u64,
}

impl Stream {
    /// Reads `pipe` to its end on a thread; keeps `limit_bytes` of its beginning, and
    /// as many of its end.
    pub(super) fn read(mut pipe: impl Read + Send + 'static, limit_bytes: usize) -> Self {
        let kept = Arc::new(Mutex::new(Kept::new(limit_bytes)));
        let (close, closed) = mpsc::channel();
        let shared = Arc::clone(&kept);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n @ 1..) = pipe.read(&mut buffer) {
                shared
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(&buffer[..n]);
            }
            let _ = close.send(());
        });
        Self { kept, closed }
    }

    /// How much has come so far.
    pub(super) fn n_bytes(&self) -> u64 {
        self.lock().n_bytes()
    }

    /// What was kept once the pipe is closed. A process that left its group can
    /// hold it open for ever; a second is ample for what is in the pipe already.
    pub(super) fn text(self) -> String {
        let _ = self.closed.recv_timeout(Duration::from_secs(1));
        self.lock().text()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn new(limit_bytes: usize) -> Self {
        Self {
            limit_bytes,
            head: Vec::new(),
            tail: Vec::new(),
            dropped: 0,
        }
    }

    fn n_bytes(&self) -> u64 {
        (self.head.len() + self.tail.len()) as u64 + self.dropped
    }

    fn push(&mut self, bytes: &[u8]) {
        let room = self.limit_bytes - self.head.len();
        let (head, rest) = bytes.split_at(bytes.len().min(room));
        self.head.extend_from_slice(head);
        self.tail.extend_from_slice(rest);
        let excess = self.tail.len().saturating_sub(self.limit_bytes);
        self.tail.drain(..excess);
        self.dropped += excess as u64;
    }

    fn text(&self) -> String {
        let [head, tail] = [&self.head, &self.tail].map(|part| String::from_utf8_lossy(part));
        match self.dropped {
            0 => format!("{head}{tail}"),
            n => format!("{head}\n[... {n} bytes left out ...]\n{tail}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT_BYTES: usize = 4096;

    #[test]
    fn a_long_stream_keeps_its_beginning_and_its_end() {
        let mut kept = Kept::new(LIMIT_BYTES);
        let mut n_bytes = 0;
        for n in 0..100_000 {
            let line = format!("{n}\n");
            n_bytes += line.len() as u64;
            kept.push(line.as_bytes());
        }
        let text = kept.text();
        assert!(
            text.starts_with("0\n1\n") && text.ends_with("99998\n99999\n"),
            "{text}"
        );
        assert!(text.contains("bytes left out"), "{text}");
        assert!(text.len() < 3 * LIMIT_BYTES);
        assert_eq!(kept.n_bytes(), n_bytes);
    }

    #[test]
    fn a_stream_that_fits_is_kept_whole() {
        let mut kept = Kept::new(LIMIT_BYTES);
        let text = "x".repeat(2 * LIMIT_BYTES);
        kept.push(text.as_bytes());
        assert_eq!(kept.text(), text);
    }
}
