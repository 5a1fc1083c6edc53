//! A request of a typed operation, ready to send.

use std::fmt;
use std::pin::Pin;

use serde::de::DeserializeOwned;
use tokio::time::Instant;
use twilio_rooms_api::ResponseValue;

use crate::error::Error;
use crate::transport::{
    BoxFuture, Call, CallOptions, Connection, Effect, Policy, Response, call_option_setters, deadline_after,
};

type Run<T> = Box<dyn FnOnce(RequestContext) -> BoxFuture<Result<Response<T>, Error>> + Send + Sync>;

/// A request that is ready to send: `.await` it, or set options and then [`send`](Self::send) it.
///
/// ```no_run
/// # async fn example(client: twilio_rooms::Client) -> Result<(), twilio_rooms::Error> {
/// use std::time::Duration;
///
/// let room = client.room("DailyStandup").fetch().await?;
/// let room = client.room("DailyStandup").fetch().deadline(Duration::from_secs(5)).send().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct Request<T> {
    connection: Connection,
    options: CallOptions,
    run: Run<T>,
}

/// The connection, options and deadline of a request, which may take several calls.
#[derive(Debug, Clone)]
pub(crate) struct RequestContext {
    pub(crate) connection: Connection,
    pub(crate) options: CallOptions,
    /// The deadline of all calls together.
    pub(crate) deadline: Instant,
}

impl RequestContext {
    /// Creates a context whose deadline starts now.
    pub(crate) fn new(connection: Connection, options: CallOptions) -> Self {
        let deadline = deadline_after(connection.policy.with(&options).deadline);
        Self { connection, options, deadline }
    }

    /// Returns the policy of the calls.
    pub(crate) fn policy(&self) -> Policy {
        self.connection.policy.with(&self.options)
    }

    /// Runs one operation of the generated client.
    pub(crate) async fn call<T, E, F>(
        &self,
        effect: Effect,
        operation: impl FnOnce(twilio_rooms_api::Client) -> F,
    ) -> Result<Response<T>, Error>
    where
        T: DeserializeOwned,
        F: Future<Output = Result<ResponseValue<T>, twilio_rooms_api::Error<E>>>,
    {
        Call::new(&self.connection, &self.options, effect).until(self.deadline).run(operation).await
    }
}

impl<T: 'static> Request<T> {
    pub(crate) fn new<F>(connection: &Connection, run: impl FnOnce(RequestContext) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Response<T>, Error>> + Send + 'static,
    {
        let run: Run<T> = Box::new(|context| Box::pin(run(context)));
        Self { connection: connection.clone(), options: CallOptions::default(), run }
    }

    pub(crate) fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    call_option_setters!();

    /// Sends the request and returns the value of the response.
    ///
    /// # Errors
    ///
    /// A value is out of range, which is detected before anything is sent; no response arrives; or the response is an
    /// error. See [`Error`].
    pub async fn send(self) -> Result<T, Error> {
        self.response().await.map(Response::into_value)
    }

    /// Sends the request and returns the response with its status and headers.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn response(self) -> Result<Response<T>, Error> {
        (self.run)(RequestContext::new(self.connection, self.options)).await
    }
}

impl<T: 'static> IntoFuture for Request<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let response = (self.run)(RequestContext::new(self.connection, self.options));
        Box::pin(async move { response.await.map(Response::into_value) })
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("options", &self.options).finish_non_exhaustive()
    }
}
