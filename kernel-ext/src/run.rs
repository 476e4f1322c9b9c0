//! The kernel itself: connection file in, sockets served until somebody ends it.

use crate::engine::{Pauses, RustEvaluator};
use crate::{environment, spare};
use anyhow::Context as _;
use jupyter_protocol::ConnectionInfo;
use kernel_protocol::{Evaluator as _, Kernel, KernelInfo, Remote, transport};
use std::path::Path;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};

/// Serves the kernel that the connection file describes; its own files go into `directory`.
///
/// # Errors
///
/// If the file cannot be read, a socket is taken, or the directory cannot be written to.
/// Afterwards, nothing that a cell does ends it.
pub(crate) fn run(connection_file: &Path, directory: &Path) -> anyhow::Result<()> {
    if spare::take_over(connection_file, directory)? {
        return Ok(());
    }
    let evaluator = RustEvaluator::start(directory, Pauses::of_user())?;
    evaluator.open(environment::notebook());
    serve(connection_file, directory, evaluator, ended)
}

/// The same with an evaluator that has started, until a message or `ended` says that it is over;
/// `ended` is called in the runtime for the sockets.
///
/// # Errors
///
/// As those of [`run`].
pub(crate) fn serve<F: Future<Output = ()>>(
    connection_file: &Path,
    directory: &Path,
    evaluator: RustEvaluator,
    ended: impl FnOnce() -> anyhow::Result<F>,
) -> anyhow::Result<()> {
    let shown = connection_file.display();
    let text = std::fs::read_to_string(connection_file).with_context(|| {
        format!(
            "cannot read the connection file {shown}; Jupyter makes it and names it to the kernel"
        )
    })?;
    let connection: ConnectionInfo = serde_json::from_str(&text)
        .with_context(|| format!("{shown} is not a connection file of Jupyter"))?;
    let remote = evaluator.remote();
    let mut kernel = Kernel::new(info(), evaluator);
    if let Some(file) = crate::history::file() {
        kernel = kernel.with_history(file);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime for the sockets")?;
    runtime.block_on(async {
        interrupt_on_sigint(remote)?;
        transport::serve(&connection, directory, kernel, ended()?).await?;
        anyhow::Ok(())
    })
}

/// When whoever has started this process wants it to end; to be called in a runtime.
///
/// # Errors
///
/// If signals cannot be listened to.
pub(crate) fn ended() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    // What closing a terminal sends.
    let mut hang_up = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hang_up.recv() => {}
            () = crate::parent::gone() => {}
        }
    })
}

/// Ctrl-C in a terminal, and front ends that interrupt by signal.
fn interrupt_on_sigint(remote: Arc<dyn Remote>) -> anyhow::Result<()> {
    let mut sigint = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        while sigint.recv().await.is_some() {
            remote.interrupt();
        }
    });
    Ok(())
}

fn info() -> KernelInfo {
    let version = env!("CARGO_PKG_VERSION");
    let rust = crate::environment::rustc_version();
    let links = [
        ("The Rust book", "https://doc.rust-lang.org/book/"),
        ("The standard library", "https://doc.rust-lang.org/std/"),
        ("evcxr", "https://github.com/evcxr/evcxr"),
    ];
    KernelInfo {
        implementation: env!("CARGO_PKG_NAME").to_owned(),
        implementation_version: version.to_owned(),
        banner: format!("Rust {rust} (kernel-ext {version}); `:help` lists the commands"),
        language_version: rust,
        help_links: links
            .map(|(text, url)| (text.to_owned(), url.to_owned()))
            .into(),
    }
}
