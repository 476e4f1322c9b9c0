//! Ends the kernel when the program that started it is gone.
//!
//! A notebook server that is killed cannot shut its kernels down. Jupyter therefore names
//! itself in an environment variable, and a kernel looks now and then whether its parent
//! is still that process. Without the variable nothing is looked at: a kernel started by
//! hand may outlive its terminal.

use rustix::process::{Pid, getppid};
use std::time::Duration;

/// Where Jupyter says which process it is.
const PARENT_VAR: &str = "JPY_PARENT_PID";

/// As often as ipykernel.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The process that says it has started this one, or the kernel that has.
pub(crate) fn named() -> Option<Pid> {
    let pid = std::env::var(PARENT_VAR).ok()?;
    pid.parse().ok().and_then(Pid::from_raw)
}

/// Returns when the parent is gone; never, where nobody named it.
pub(crate) async fn gone() {
    let Some(parent) = named() else {
        return std::future::pending().await;
    };
    // Started through a wrapper, the kernel has another parent from the beginning.
    if getppid() != Some(parent) {
        return std::future::pending().await;
    }
    let mut looks = tokio::time::interval(LOOK_EVERY);
    while getppid() == Some(parent) {
        looks.tick().await;
    }
    tracing::warn!("the program that started this kernel is gone, so it ends too");
}
