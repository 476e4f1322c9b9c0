//! How much time and memory one check may use.
//!
//! The time limit is kept by the process that grades; the memory limit is set by
//! the graded process on itself, before any line of the solution runs. Neither
//! limits files, processes or the network.

use std::io;
use std::time::Duration;

/// What one check may use before it counts as failed.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use exercises::grade::Limits;
///
/// let patient = Limits { time: Duration::from_secs(60), ..Limits::default() };
/// assert_eq!(patient.memory_bytes, Limits::default().memory_bytes);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall-clock time, start of the process included.
    pub time: Duration,
    /// Address space of the process, in bytes.
    pub memory_bytes: u64,
}

impl Default for Limits {
    /// 10 s and 1 GiB.
    ///
    /// Every reference needs less than a second on a slow machine, so 10 s leaves
    /// a slow but right solution room and still ends an endless loop before a
    /// learner wonders. 1 GiB is a hundred times what a reference needs, and two
    /// runaway checks at once still fit a laptop with 4 GiB.
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10),
            memory_bytes: 1 << 30,
        }
    }
}

/// Whether this platform enforces the memory limit.
///
/// macOS accepts `RLIMIT_AS` and ignores it; Windows has nothing like it. There a
/// runaway allocation is stopped by the time limit or by the system.
pub const MEMORY_IS_LIMITED: bool = cfg!(any(
    target_os = "linux",
    target_os = "android",
    target_os = "freebsd"
));

/// Limits the calling process: its address space, and no core dumps (a crash is
/// an expected outcome here and must not fill a learner's disk).
///
/// # Errors
///
/// When the system refuses, which it does only if a lower hard limit is set already.
#[cfg(unix)]
pub(super) fn limit_this_process(memory_bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let exactly = |n| Rlimit {
        current: Some(n),
        maximum: Some(n),
    };
    setrlimit(Resource::Core, exactly(0))?;
    if MEMORY_IS_LIMITED {
        setrlimit(Resource::As, exactly(memory_bytes))?;
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn limit_this_process(_memory_bytes: u64) -> io::Result<()> {
    Ok(())
}
