//! Response bodies that break off, stall or never end.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use tokio::sync::Semaphore;

/// A body that is produced step by step.
struct FaultyBody(VecDeque<Step>);

pub(crate) enum Step {
    Send(Bytes),
    /// Writes everything that was sent so far to the connection.
    Flush,
    /// Closes the connection.
    Fail,
    /// Adds a permit to the semaphore, and sends nothing more.
    Stall(Arc<Semaphore>),
    /// The state after `Stall`.
    Stalled,
    /// Sends the same bytes again and again.
    Repeat(Bytes),
}

/// Returns a body that is produced in these steps.
pub(crate) fn faulty_body(steps: impl IntoIterator<Item = Step>) -> Body {
    Body::from_stream(FaultyBody(steps.into_iter().collect()))
}

impl Stream for FaultyBody {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.front() {
            Some(Step::Repeat(bytes)) => return Poll::Ready(Some(Ok(bytes.clone()))),
            Some(Step::Stalled) => return Poll::Pending,
            _ => {}
        }
        match self.0.pop_front() {
            Some(Step::Send(bytes)) => Poll::Ready(Some(Ok(bytes))),
            Some(Step::Flush) => {
                // The server flushes its buffer when the body is not ready.
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Some(Step::Stall(stalled)) => {
                stalled.add_permits(1);
                self.0.push_front(Step::Stalled);
                Poll::Pending
            }
            Some(Step::Fail) => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
            _ => Poll::Ready(None),
        }
    }
}
