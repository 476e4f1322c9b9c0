//! Who has been asked for input, and what becomes of the question.
//!
//! Part of the transport, between the stdin socket and the evaluator. Only the front end
//! that was asked can answer. Once it is gone, nobody can, and the cell finds the end of
//! its input: it would otherwise wait for ever, and all other front ends with it.

use crate::evaluator::Remote;
use bytes::Bytes;
use jupyter_protocol::messaging::JupyterMessage;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The question that waits for an answer, if there is one.
#[derive(Clone)]
pub(super) struct Questions {
    /// The ZeroMQ identity of the front end that was asked.
    asked: Arc<Mutex<Option<Bytes>>>,
    remote: Arc<dyn Remote>,
}

impl Questions {
    pub(super) fn new(remote: Arc<dyn Remote>) -> Self {
        let asked = Arc::default();
        Self { asked, remote }
    }

    /// Takes note of a question that is about to be sent.
    pub(super) fn ask(&self, question: &JupyterMessage) {
        // Copied, because a frame keeps everything alive that was read along with it.
        let identity = question.zmq_identities.first();
        *self.lock() = identity.map(|identity| Bytes::copy_from_slice(identity));
    }

    /// The question could not be sent.
    pub(super) fn unsent(&self) {
        if self.lock().take().is_some() {
            self.remote.end_of_input();
        }
    }

    /// A front end has closed its connection.
    pub(super) fn gone(&self, identity: &[u8]) {
        if self.take(identity) {
            tracing::warn!(
                "the front end that was asked for input has gone; the cell finds the end of its input"
            );
            self.remote.end_of_input();
        }
    }

    /// Passes an answer on; `false` if its sender was not asked.
    pub(super) fn answer(&self, from: &JupyterMessage, line: String) -> bool {
        let identity = from.zmq_identities.first();
        let is_asked = identity.is_some_and(|identity| self.take(identity));
        if is_asked {
            self.remote.input(line);
        }
        is_asked
    }

    /// Takes the question back if it was put to this front end.
    fn take(&self, identity: &[u8]) -> bool {
        self.lock().take_if(|asked| *asked == identity).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Bytes>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
