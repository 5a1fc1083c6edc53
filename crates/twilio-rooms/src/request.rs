//! An operation that is ready to be sent.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use tokio::time::Instant;
use twilio_rooms_api::ResponseValue;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::options::{self, Options, Policy, from_now};
use crate::response::Response;
use crate::retry::Effect;

/// What the methods that send something return when they are not `async` themselves.
pub(crate) type Sending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

type Run<T> = Box<dyn FnOnce(Context) -> Sending<Response<T>> + Send + Sync>;

/// An operation that is ready to be sent: `.await` it, or choose how it is sent and then [`send`](Self::send) it.
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
    client: Client,
    options: Options,
    run: Run<T>,
}

/// What a request is sent with.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    client: Client,
    options: Options,
    /// When all its calls together are to be over.
    pub(crate) deadline: Instant,
}

impl Context {
    pub(crate) fn new(client: Client, options: Options) -> Self {
        let deadline = from_now(client.policy(&options).deadline);
        Self { client, options, deadline }
    }

    /// What its calls go by.
    pub(crate) fn policy(&self) -> Policy {
        self.client.policy(&self.options)
    }

    /// Makes one call of the generated client.
    pub(crate) async fn call<T, E, F>(
        &self,
        effect: Effect,
        operation: impl FnOnce(twilio_rooms_api::Client) -> F,
    ) -> Result<Response<T>, Error>
    where
        T: DeserializeOwned,
        F: Future<Output = Result<ResponseValue<T>, twilio_rooms_api::Error<E>>>,
    {
        let call: Arc<Call> = self.client.call_until(&self.options, effect, self.deadline);
        let result = operation(call.api()).await;
        call.finish(result)
    }
}

impl<T: 'static> Request<T> {
    pub(crate) fn new<F>(client: &Client, run: impl FnOnce(Context) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Response<T>, Error>> + Send + 'static,
    {
        let run: Run<T> = Box::new(|context| Box::pin(run(context)));
        Self { client: client.clone(), options: Options::default(), run }
    }

    pub(crate) fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    options::setters!();

    /// Sends it.
    ///
    /// # Errors
    ///
    /// When a value is out of its range, which is found before anything is sent, and when there is no answer or one that
    /// says so. See [`Error`].
    pub async fn send(self) -> Result<T, Error> {
        self.response().await.map(Response::into_value)
    }

    /// Sends it, and gives the status and headers of the answer beside its value.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn response(self) -> Result<Response<T>, Error> {
        (self.run)(Context::new(self.client, self.options)).await
    }
}

impl<T: 'static> IntoFuture for Request<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let sending = (self.run)(Context::new(self.client, self.options));
        Box::pin(async move { sending.await.map(Response::into_value) })
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("options", &self.options).finish_non_exhaustive()
    }
}
