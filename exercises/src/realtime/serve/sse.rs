//! The dialect of server-sent events: the server speaks, the client listens.

use bytes::Bytes;

use super::form::Form;
use super::stream::{Dialect, Heard};

/// Server-sent events. What a client says on such a connection is no part of it.
#[derive(Debug)]
pub(super) struct Sse;

impl Dialect for Sse {
    const FORM: Form = Form::Sse;

    /// A comment: clients pass over it, and what is on the way sees a connection in use.
    fn still_here(&self) -> Bytes {
        Bytes::from_static(b":\n")
    }

    /// Nothing: the client comes back by itself, to whatever server is there then.
    fn goodbye(&self) -> Bytes {
        Bytes::new()
    }

    fn hear(&mut self, bytes: &mut Vec<u8>) -> Heard {
        // And its memory, too.
        *bytes = Vec::new();
        Heard::Nothing
    }
}
