//! Work that goes on while nobody waits for it.

use std::pin::Pin;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tracing::{Instrument, Span};

/// A future of anything, in a box.
pub(crate) type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Begins a piece of work that goes on by itself on the runtime of tokio. It is cancelled when what is returned is dropped.
///
/// Outside of a runtime, and when the runtime ends before the work, it is done when it is waited for.
pub(crate) fn beside<T: Send + 'static>(work: impl Fn() -> Boxed<T> + Send + 'static) -> Boxed<T> {
    let Ok(runtime) = Handle::try_current() else { return work() };
    let mut task = Task(runtime.spawn(work().instrument(Span::current())));
    Box::pin(async move {
        match (&mut task.0).await {
            Ok(value) => value,
            Err(error) => match error.try_into_panic() {
                // Of a function that the caller gave, which is to know of it.
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => work().await,
            },
        }
    })
}

/// A task that is cancelled when this is dropped.
struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
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
    async fn work_goes_on_while_nobody_waits_and_ends_when_nobody_will() {
        let (sender, receiver) = oneshot::channel();
        let sender = Arc::new(std::sync::Mutex::new(Some(sender)));
        let waiting = beside(move || {
            let sender = sender.lock().ok().and_then(|mut sender| sender.take());
            Box::pin(async move { sender.map(|sender| sender.send(7)) })
        });
        assert_eq!(receiver.await, Ok(7));
        drop(waiting);

        let alive = Arc::new(());
        let held = Arc::clone(&alive);
        let endless = beside(move || {
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
    fn work_is_done_where_it_is_waited_for_when_its_own_runtime_is_gone() -> std::io::Result<()> {
        let build = || tokio::runtime::Builder::new_current_thread().build();
        let (first, second) = (build()?, build()?);
        let entered = first.enter();
        let waiting = beside(|| Box::pin(async { 7 }));
        drop(entered);
        drop(first);
        assert_eq!(second.block_on(waiting), 7);
        Ok(())
    }
}
