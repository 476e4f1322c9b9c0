// Runs a future to its end. The kernel adds these two items to a cell that waits, and writes
// `.kernel_ext_wait()` there for `.await`.
//
// A runtime for each cell that waits, and not one for all: every cell is linked with a tokio
// of its own, so that a task of a later cell would not find the runtime of an earlier one.
// It is never dropped, because what a cell leaves behind, such as tasks, sockets and timers,
// goes on there.

trait KernelExtWait: std::future::IntoFuture + Sized {
    fn kernel_ext_wait(self) -> Self::Output {
        static RUNTIME: std::sync::OnceLock<tokio::runtime::Runtime> = std::sync::OnceLock::new();
        let runtime = RUNTIME.get_or_init(|| {
            let n_threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
            let mut builder = tokio::runtime::Builder::new_multi_thread();
            let built = builder.worker_threads(n_threads).enable_all().build();
            built.expect("the system has threads for `.await`")
        });
        runtime.block_on(self.into_future())
    }
}
impl<F: std::future::IntoFuture> KernelExtWait for F {}
