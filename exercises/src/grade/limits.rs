//! How much time, memory, disk and output one check may use.
//!
//! Wall-clock time, output and the size of the folder are watched by the process
//! that grades; memory, processor time and the size of a single file are limited by
//! the graded process on itself, before any line of the solution runs. What it may
//! touch at all is the matter of [`super::walls`].

#[cfg(feature = "graded")]
use std::io;
use std::time::Duration;

#[cfg(feature = "graded")]
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Wall-clock time, start of the process included. As much processor time is
    /// allowed on each of two cores.
    pub time: Duration,
    /// Address space of the process, in bytes.
    pub memory_bytes: u64,
    /// What it prints, in bytes.
    pub output_bytes: u64,
    /// What it writes into its folder, in bytes.
    pub disk_bytes: u64,
}

impl Default for Limits {
    /// 10 s, 1 GiB, 16 MiB and 64 MiB.
    ///
    /// Every reference needs less than a second on a slow machine, so 10 s leaves
    /// a slow but right solution room and still ends an endless loop before a
    /// learner wonders. 1 GiB is a hundred times what a reference needs, and two
    /// runaway checks at once still fit a laptop with 4 GiB. Nobody reads 16 MiB of
    /// output, and no exercise asks for 64 MiB of files.
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10),
            memory_bytes: 1 << 30,
            output_bytes: 16 << 20,
            disk_bytes: 64 << 20,
        }
    }
}

/// Whether this platform enforces the memory limit.
///
/// macOS accepts `RLIMIT_AS` and ignores it. There a
/// runaway allocation is stopped by the time limit or by the system.
pub const MEMORY_IS_LIMITED: bool = cfg!(any(
    target_os = "linux",
    target_os = "android",
    target_os = "freebsd"
));

/// Limits the calling process: its address space, its processor time, the size of a
/// file, and no core dumps (a crash is an expected outcome here and must not fill a
/// learner's disk).
///
/// # Errors
///
/// When the system refuses, which it does only if a lower hard limit is set already.
#[cfg(feature = "graded")]
pub fn limit_this_process(limits: &Limits) -> io::Result<()> {
    let exactly = |n| Rlimit {
        current: Some(n),
        maximum: Some(n),
    };
    setrlimit(Resource::Core, exactly(0))?;
    // The wall clock is the stricter limit, unless threads use both cores; this one
    // holds even if the grader is stopped.
    let seconds = limits.time.as_secs_f64().ceil() as u64;
    setrlimit(Resource::Cpu, exactly(2 * seconds + 1))?;
    setrlimit(Resource::Fsize, exactly(limits.disk_bytes))?;
    if MEMORY_IS_LIMITED {
        setrlimit(Resource::As, exactly(limits.memory_bytes))?;
    }
    Ok(())
}
