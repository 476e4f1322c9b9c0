//! The thread that handles shell requests, one after the other.
//!
//! Part of the transport: it joins the asynchronous sockets with the synchronous
//! [`Kernel`]. Requests wait here while a cell runs.

use crate::evaluator::{Evaluator, Waker};
use crate::kernel::{Kernel, Next, Request};
use crate::message::Outgoing;
use jupyter_protocol::messaging::JupyterMessage;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// The running thread.
pub(super) struct Cells {
    inbox: Inbox,
    is_stopping: Arc<AtomicBool>,
    finished: oneshot::Receiver<()>,
}

/// Where the shell socket puts its requests.
#[derive(Clone)]
pub(super) struct Inbox {
    work: mpsc::UnboundedSender<Work>,
    arrived: Arc<AtomicU64>,
}

impl Inbox {
    /// Queues a message behind those that arrived before it.
    pub(super) fn push(&self, message: JupyterMessage) {
        // One task pushes, so the numbers rise in the order of the queue.
        let arrival = self.arrived.fetch_add(1, Ordering::SeqCst) + 1;
        // A closed queue means that the kernel is stopping; the message is lost with it.
        let request = Box::new(Request { arrival, message });
        let _ = self.work.send(Work::Request(request));
    }
}

/// What the thread does, one after the other.
enum Work {
    Request(Box<Request>),
    /// The evaluator has output between cells.
    BetweenCells,
}

impl Cells {
    /// Starts the thread; the second value resolves when a front end stops the kernel.
    pub(super) fn start<E: Evaluator + Send + 'static>(
        mut kernel: Kernel<E>,
        outbox: mpsc::UnboundedSender<Outgoing>,
    ) -> std::io::Result<(Self, oneshot::Receiver<()>)> {
        let (work, queue) = mpsc::unbounded_channel();
        let is_woken = Arc::new(AtomicBool::new(false));
        kernel
            .evaluator()
            .set_waker(waker(work.downgrade(), Arc::clone(&is_woken)));
        let (stop, stopped) = oneshot::channel();
        let (finish, finished) = oneshot::channel();
        let inbox = Inbox {
            work,
            arrived: Arc::default(),
        };
        let is_stopping = Arc::new(AtomicBool::new(false));
        let thread = Thread {
            kernel,
            queue,
            outbox,
            arrived: Arc::clone(&inbox.arrived),
            is_stopping: Arc::clone(&is_stopping),
            is_woken,
        };
        std::thread::Builder::new()
            .name("cells".to_owned())
            .spawn(move || {
                thread.run(stop);
                let _ = finish.send(());
            })?;
        let cells = Self {
            inbox,
            is_stopping,
            finished,
        };
        Ok((cells, stopped))
    }

    pub(super) fn inbox(&self) -> Inbox {
        self.inbox.clone()
    }

    /// Lets the running request end, drops the queued ones, and ends the evaluator.
    pub(super) async fn stop(self, patience: Duration) {
        self.is_stopping.store(true, Ordering::SeqCst);
        drop(self.inbox);
        if tokio::time::timeout(patience, self.finished).await.is_err() {
            tracing::warn!(?patience, "the evaluator did not end in time");
        }
    }
}

/// Queues one piece of work, however often it is called before that is done.
///
/// Its sender is weak: the evaluator, which has it, lives on the thread that ends when
/// the last sender is gone.
fn waker(queue: mpsc::WeakUnboundedSender<Work>, is_woken: Arc<AtomicBool>) -> Waker {
    Arc::new(move || {
        if !is_woken.swap(true, Ordering::SeqCst)
            && let Some(queue) = queue.upgrade()
        {
            // A closed queue means that the kernel is stopping.
            let _ = queue.send(Work::BetweenCells);
        }
    })
}

struct Thread<E> {
    kernel: Kernel<E>,
    queue: mpsc::UnboundedReceiver<Work>,
    outbox: mpsc::UnboundedSender<Outgoing>,
    arrived: Arc<AtomicU64>,
    is_stopping: Arc<AtomicBool>,
    is_woken: Arc<AtomicBool>,
}

impl<E: Evaluator> Thread<E> {
    fn run(mut self, stop: oneshot::Sender<()>) {
        let mut stop = Some(stop);
        while let Some(work) = self.queue.blocking_recv() {
            if self.is_stopping.load(Ordering::SeqCst) {
                break;
            }
            let arrived = || self.arrived.load(Ordering::SeqCst);
            let mut out = |outgoing| {
                // The receiver lives until this thread has ended.
                let _ = self.outbox.send(outgoing);
            };
            let next = match work {
                Work::Request(request) => self.kernel.handle(&request, &arrived, &mut out),
                Work::BetweenCells => {
                    self.is_woken.store(false, Ordering::SeqCst);
                    self.kernel.between_cells(&mut out);
                    Next::Continue
                }
            };
            if next == Next::Stop {
                if let Some(stop) = stop.take() {
                    let _ = stop.send(());
                }
                break;
            }
        }
        self.kernel.evaluator().shutdown();
    }
}
