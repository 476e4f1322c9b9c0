//! Opening a crowd of connections.

use std::future::Future;
use std::sync::Arc;

use anyhow::Context;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Connections that are being opened at the same time.
const AT_ONCE: usize = 256;

/// So many clients, in the order in which they got in.
pub(crate) async fn all<T, E, F>(
    n_clients: usize,
    mut open: impl FnMut() -> F,
) -> anyhow::Result<Vec<T>>
where
    T: Send + 'static,
    Result<T, E>: Context<T, E> + Send,
    E: Send + 'static,
    F: Future<Output = Result<T, E>> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut opening = JoinSet::new();
    for _ in 0..n_clients {
        let (places, client) = (Arc::clone(&places), open());
        opening.spawn(async move {
            let _place = places.acquire().await;
            client.await
        });
    }
    let mut opened = Vec::with_capacity(n_clients);
    while let Some(client) = opening.join_next().await {
        opened.push(client?.with_context(|| {
            format!(
                "client {} of {n_clients} does not connect; what does `ulimit -n` say?",
                opened.len()
            )
        })?);
    }
    Ok(opened)
}
