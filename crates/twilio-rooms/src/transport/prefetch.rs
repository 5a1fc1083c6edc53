//! Futures that make progress in the background before anything awaits them.

use std::pin::Pin;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::{Instrument, Span};

pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Starts work in the background. The returned future yields its result, and dropping that future cancels the work.
///
/// Without a runtime, or if the runtime shuts down before the work is done, the work runs when the future is awaited.
/// That is why `work` can be called twice.
pub(crate) fn run_in_background<T: Send + 'static>(work: impl Fn() -> BoxFuture<T> + Send + 'static) -> BoxFuture<T> {
    let Ok(runtime) = Handle::try_current() else { return work() };
    let mut task = AbortOnDrop(runtime.spawn(work().instrument(Span::current())));
    Box::pin(async move {
        match (&mut task.0).await {
            Ok(value) => value,
            Err(error) => match error.try_into_panic() {
                // A callback of the caller panicked: the caller should see the panic.
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => work().await,
            },
        }
    })
}

struct AbortOnDrop<T>(JoinHandle<T>);

impl<T> Drop for AbortOnDrop<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn work_progresses_before_it_is_awaited() {
        let (sender, receiver) = oneshot::channel();
        let sender = Arc::new(std::sync::Mutex::new(Some(sender)));
        let future = run_in_background(move || {
            let sender = sender.lock().ok().and_then(|mut sender| sender.take());
            Box::pin(async move { sender.map(|sender| sender.send(7)) })
        });
        assert_eq!(receiver.await, Ok(7));
        drop(future);
    }

    #[tokio::test]
    async fn dropping_the_future_cancels_the_work() {
        let alive = Arc::new(());
        let held = Arc::clone(&alive);
        let endless = run_in_background(move || {
            let held = Arc::clone(&held);
            Box::pin(async move {
                std::future::pending::<()>().await;
                drop(held);
            })
        });
        assert!(Arc::strong_count(&alive) > 1);
        drop(endless);
        while Arc::strong_count(&alive) > 1 {
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn work_runs_when_awaited_if_its_runtime_is_gone() -> std::io::Result<()> {
        let build = || tokio::runtime::Builder::new_current_thread().build();
        let (first, second) = (build()?, build()?);
        let entered = first.enter();
        let future = run_in_background(|| Box::pin(async { 7 }));
        drop(entered);
        drop(first);
        assert_eq!(second.block_on(future), 7);
        Ok(())
    }
}
