//! A blocking Jupyter front end: starts any kernel as Jupyter does and speaks to it.
//!
//! Use it where a program asks a kernel one thing after the other: this project's tests,
//! and its comparison with another kernel. Whatever is awaited has a limit of time, and a
//! kernel that ends meanwhile is told from one that is silent, because both are results
//! there.
//!
//! It knows nothing about kernelspecs (the caller gives the command) and nothing about what
//! a kernel should answer. It has no asynchronous interface: `jupyter-zmq-client`, which it
//! is built on, has. That a kernel gets on with Jupyter's own client is for nbclient to say.
//!
//! # Examples
//!
//! ```no_run
//! use kernel_client::{Interrupt, Kernel};
//! use std::process::Command;
//! use std::time::Duration;
//!
//! let command = |connection_file: &std::path::Path| {
//!     let mut command = Command::new("evcxr_jupyter");
//!     command.arg("--control_file").arg(connection_file);
//!     command
//! };
//! let mut kernel = Kernel::start(command, Interrupt::Message, Duration::from_secs(60))?;
//! let ran = kernel.run("1 + 1")?;
//! println!("{:?}", ran.end?.status);
//! # Ok::<(), kernel_client::Error>(())
//! ```

mod cell;
mod error;
mod kernel;
mod processes;
mod sockets;

pub use cell::{Ran, is_idle, parent_of};
pub use error::Error;
pub use kernel::{Interrupt, Kernel};
pub use processes::{children, descendants};
pub use sockets::Sockets;
