//! The client: what all requests share.

use std::sync::Arc;

use http::{HeaderValue, Method};
use reqwest::Url;
use tokio::time::Instant;

use crate::builder::ClientBuilder;
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::observer::Observer;
use crate::options::{Options, Policy, from_now};
use crate::raw::RawRequest;
use crate::retry::Effect;
use crate::room::RoomRef;
use crate::rooms::Rooms;
use crate::throttle::Throttle;

/// A client for the rooms of one account.
///
/// It holds the credentials and a pool of connections. A clone shares both and costs next to nothing, so make one client
/// and clone it to wherever it is needed.
///
/// ```no_run
/// use twilio_rooms::{Client, Credentials};
///
/// # fn example() -> Result<(), twilio_rooms::Error> {
/// let client = Client::new(Credentials::api_key("SK0123456789abcdef0123456789abcdef", "secret"))?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What the clones of a client share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) http: reqwest::Client,
    /// The base URL without a slash at its end.
    pub(crate) base_url: Url,
    /// Marked as sensitive, so that `Debug` does not show it.
    pub(crate) authorization: HeaderValue,
    pub(crate) user_agent: HeaderValue,
    pub(crate) policy: Policy,
    pub(crate) max_body_size: u64,
    pub(crate) throttle: Throttle,
    pub(crate) observer: Observer,
}

impl Client {
    /// A client with these credentials and the defaults of [`ClientBuilder`].
    ///
    /// # Errors
    ///
    /// When the credentials do not have the form of such credentials, or when TLS cannot be set up.
    pub fn new(credentials: Credentials) -> Result<Self, Error> {
        Self::builder().credentials(credentials).build()
    }

    /// A client with the credentials, region and edge of the environment.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `TWILIO_API_KEY`, `TWILIO_API_SECRET` | an API key and its secret; they come first |
    /// | `TWILIO_ACCOUNT_SID`, `TWILIO_AUTH_TOKEN` | an account and its auth token |
    /// | `TWILIO_REGION`, `TWILIO_EDGE` | see [`ClientBuilder::region`] and [`ClientBuilder::edge`] |
    ///
    /// These are the names that the vendor's own libraries read. A variable that is empty counts as one that is not set.
    ///
    /// # Errors
    ///
    /// When a variable is missing or does not hold what it should; the error names it. Otherwise as [`Client::new`].
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }

    /// A builder of clients, for everything that [`Client::new`] decides by default.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// The rooms of the account.
    #[must_use]
    pub fn rooms(&self) -> Rooms {
        Rooms::new(self.clone())
    }

    /// One room, by its SID or, while it is in progress, by its unique name: to fetch it, complete it, or wait for it.
    #[must_use]
    pub fn room(&self, sid_or_unique_name: impl AsRef<str>) -> RoomRef {
        RoomRef::new(self.clone(), sid_or_unique_name.as_ref().to_owned())
    }

    /// A request of your own, for what this crate does not have: with the credentials, retries and errors of the client.
    ///
    /// The path begins with `/`, as in `/v1/Compositions`, and is encoded already.
    pub fn request(&self, method: Method, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.clone(), method, path.into())
    }

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// A call to be made; to this URL, if one is given, instead of that of the operation.
    pub(crate) fn call(&self, options: &Options, effect: Effect, url: Option<Url>) -> Call {
        let policy = self.policy(options);
        let deadline = from_now(policy.deadline);
        Call::new(Arc::clone(&self.shared), policy, effect, deadline, url)
    }

    /// A call to be made that is over by then.
    pub(crate) fn call_until(&self, options: &Options, effect: Effect, deadline: Instant) -> Arc<Call> {
        Arc::new(Call::new(Arc::clone(&self.shared), self.policy(options), effect, deadline, None))
    }

    /// What a call with these options goes by.
    pub(crate) fn policy(&self, options: &Options) -> Policy {
        self.shared.policy.with(options)
    }

    pub(crate) fn base_url(&self) -> &Url {
        &self.shared.base_url
    }
}
