//! Which signatures have been seen: a message that comes again is not taken again.
//!
//! Use it behind the check of the signature, so that only who has the key can fill it.
//! Two messages of an honest front end never have the same signature, because their ids
//! differ. Whoever can listen but does not have the key could otherwise have a cell run
//! once more. `jupyter_client` does the same for kernels in Python.

use std::collections::{HashSet, VecDeque};

/// How many signatures are remembered, as in `jupyter_client`: 10 MB of memory at most.
const LIMIT: usize = 1 << 16;

/// An HMAC-SHA256 in hexadecimal digits.
type Signature = [u8; 64];

/// The signatures of the last messages, those of all channels together.
#[derive(Debug, Default)]
pub(super) struct Seen {
    known: HashSet<Signature>,
    /// The same, the oldest first.
    order: VecDeque<Signature>,
}

impl Seen {
    /// Takes note of a signature; `false` if it is an old one.
    ///
    /// Copied, because a frame keeps everything alive that was read along with it.
    pub(super) fn is_new(&mut self, signature: &[u8]) -> bool {
        // Without a key, messages have no signature to know them by.
        let Ok(signature) = Signature::try_from(signature) else {
            return true;
        };
        if !self.known.insert(signature) {
            return false;
        }
        self.order.push_back(signature);
        if self.order.len() > LIMIT
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(number: usize) -> Vec<u8> {
        format!("{number:064x}").into_bytes()
    }

    #[test]
    fn a_signature_is_new_once() {
        let mut seen = Seen::default();
        let answers = [1, 2, 1, 2, 3].map(|number| seen.is_new(&signature(number)));
        assert_eq!(answers, [true, true, false, false, true]);
    }

    #[test]
    fn without_a_signature_every_message_is_new() {
        let mut seen = Seen::default();
        assert!(seen.is_new(b"") && seen.is_new(b""));
    }

    #[test]
    fn it_remembers_no_more_than_its_limit() {
        let mut seen = Seen::default();
        for number in 0..3 * LIMIT {
            assert!(seen.is_new(&signature(number)));
        }
        assert_eq!((seen.known.len(), seen.order.len()), (LIMIT, LIMIT));
        assert!(!seen.is_new(&signature(2 * LIMIT)));
        assert!(seen.is_new(&signature(2 * LIMIT - 1)));
    }
}
