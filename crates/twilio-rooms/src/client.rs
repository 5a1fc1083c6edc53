//! The client: what all requests share.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use reqwest::Url;

use crate::builder::ClientBuilder;
use crate::call::Call;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::rooms::Rooms;

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
    pub(crate) timeout: Duration,
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

    pub(crate) fn from_shared(shared: Shared) -> Self {
        Self { shared: Arc::new(shared) }
    }

    /// A call to be made; to this URL, if one is given, instead of that of the operation.
    pub(crate) fn call(&self, url: Option<Url>) -> Arc<Call> {
        Arc::new(Call::new(Arc::clone(&self.shared), url))
    }

    pub(crate) fn base_url(&self) -> &Url {
        &self.shared.base_url
    }
}
