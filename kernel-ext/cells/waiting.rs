//! Runs a future to its end. The kernel adds these items to a cell that waits or names tokio,
//! begins it with `kernel_ext_enter();` and writes `.kernel_ext_wait()` there for `.await`.
//!
//! A runtime for each such cell, and not one for all: every cell is linked with a tokio of its
//! own, so that a task of a later cell would not find the runtime of an earlier one. It is
//! never dropped, because what a cell leaves behind, such as tasks, sockets and timers, goes
//! on there.

fn kernel_ext_runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: std::sync::OnceLock<tokio::runtime::Runtime> = std::sync::OnceLock::new();
    RUNTIME.get_or_init(|| {
        let n_threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        let built = builder.worker_threads(n_threads).enable_all().build();
        built.expect("the system has threads for `.await`")
    })
}
// For what is called outside of a future, such as `tokio::spawn`. Nothing but this cell has
// this tokio, so nobody has to leave.
fn kernel_ext_enter() {
    std::mem::forget(kernel_ext_runtime().enter());
}
trait KernelExtWait: std::future::IntoFuture + Sized {
    fn kernel_ext_wait(self) -> Self::Output {
        kernel_ext_runtime().block_on(self.into_future())
    }
}
impl<F: std::future::IntoFuture> KernelExtWait for F {}
