//! The clock of the benchmarks: CPU time of this process where the system has it.
//!
//! Unlike wall time it stands still while another process has the core. It still
//! runs faster or slower with the core's frequency and the neighbours' use of the
//! shared cache, so it is not enough to compare two runs.

use std::time::Duration;

/// A moment on the process's CPU clock; on systems without one, on the wall clock.
///
/// ```
/// use bench::CpuTime;
///
/// let start = CpuTime::now();
/// let sum: u64 = (0..1000).map(std::hint::black_box).sum();
/// assert_eq!(sum, 499_500);
/// assert!(start.elapsed() < std::time::Duration::from_secs(60));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct CpuTime(Moment);

#[cfg(unix)]
type Moment = Duration;
#[cfg(not(unix))]
type Moment = std::time::Instant;

impl CpuTime {
    /// This moment.
    #[cfg(unix)]
    pub fn now() -> Self {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        let part = |number: i64| u64::try_from(number).unwrap_or_default();
        Self(Duration::from_secs(part(time.tv_sec)) + Duration::from_nanos(part(time.tv_nsec)))
    }

    /// This moment.
    #[cfg(not(unix))]
    pub fn now() -> Self {
        Self(std::time::Instant::now())
    }

    /// Time used since then.
    #[cfg(unix)]
    pub fn elapsed(self) -> Duration {
        Self::now().0.saturating_sub(self.0)
    }

    /// Time used since then.
    #[cfg(not(unix))]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
