//! A Jupyter kernel without its language: typed messages in, messages out.
//!
//! Use it to put any [`Evaluator`] behind Jupyter's messaging protocol 5.4. The
//! crate has two layers, each testable without the next:
//!
//! - [`Kernel`] and [`Control`]: what a kernel answers. No sockets, no threads, no
//!   clock; a request goes in, and every message it causes comes out in order,
//!   *busy* first and *idle* last.
//! - [`transport`]: the five ZeroMQ sockets around it, message signatures, and the
//!   thread that runs cells.
//!
//! It does not evaluate code: that is the third layer, outside this crate.
//! [`Scripted`] stands in for it in tests.
//!
//! Source: <https://jupyter-client.readthedocs.io/en/stable/messaging.html>.

mod bundle;
mod control;
mod evaluator;
mod execute;
mod history;
mod info;
mod kernel;
mod message;
mod offsets;
mod scripted;
pub mod transport;

pub use bundle::Bundle;
pub use control::Control;
pub use evaluator::{
    Cell, Completeness, Completion, Completions, Evaluator, Failure, Output, Remote, Sink, Waker,
};
pub use info::KernelInfo;
pub use kernel::{Kernel, Next, Request};
pub use message::{Outgoing, Socket};
pub use offsets::{bytes_to_chars, chars_to_bytes};
pub use scripted::Scripted;
