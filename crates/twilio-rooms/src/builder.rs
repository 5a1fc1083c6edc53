//! Everything about a client that can be chosen.

use std::time::Duration;

use http::HeaderValue;

use crate::client::{Client, Shared};
use crate::credentials::Credentials;
use crate::endpoint::{self, Endpoint};
use crate::env;
use crate::error::Error;
use crate::observer::Observer;
use crate::options::{Options, Policy};
use crate::retry::{Retry, RetryEvent};
use crate::throttle::Throttle;

/// How long it may take to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How large a body may be. A page of 1,000 rooms is about 1.5 MB.
const MAX_BODY_SIZE: u64 = 32 << 20;
/// What the client calls itself.
const USER_AGENT: &str = concat!("twilio-rooms/", env!("CARGO_PKG_VERSION"));

/// A builder of [`Client`]s.
///
/// ```
/// use std::time::Duration;
/// use twilio_rooms::{Client, Credentials};
///
/// # fn example() -> Result<(), twilio_rooms::Error> {
/// let client = Client::builder()
///     .credentials(Credentials::account("AC0123456789abcdef0123456789abcdef", "token"))
///     .region("ie1")
///     .edge("dublin")
///     .timeout(Duration::from_secs(10))
///     .user_agent("my-app/1.2")
///     .build()?;
/// # Ok(())
/// # }
/// # example().unwrap();
/// ```
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    credentials: Option<Credentials>,
    endpoint: Endpoint,
    http: Option<reqwest::Client>,
    connect_timeout: Option<Duration>,
    user_agent: Option<String>,
    options: Options,
    max_body_size: Option<u64>,
    max_concurrent_requests: Option<usize>,
    observer: Observer,
}

impl ClientBuilder {
    /// A builder without credentials, for the default region.
    pub fn new() -> Self {
        Self::default()
    }

    /// A builder with the credentials, region and edge of the environment, as [`Client::from_env`] reads them.
    ///
    /// # Errors
    ///
    /// When a variable is missing or is not UTF-8; the error names it.
    pub fn from_env() -> Result<Self, Error> {
        let credentials = env::credentials(&env::variable)?;
        let endpoint =
            Endpoint { region: env::variable("TWILIO_REGION")?, edge: env::variable("TWILIO_EDGE")?, base_url: None };
        Ok(Self { credentials: Some(credentials), endpoint, ..Self::default() })
    }

    /// The credentials. There is no default.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The region that processes the requests and keeps the data, such as `us1`, `ie1` or `au1`.
    ///
    /// The default is `us1`. See the vendor's [list of regions](https://www.twilio.com/docs/global-infrastructure).
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.endpoint.region = Some(region.into());
        self
    }

    /// The edge at which requests enter the vendor's network, such as `ashburn`, `dublin` or `sydney`.
    ///
    /// By default the nearest. An edge without a region means the region `us1`.
    pub fn edge(mut self, edge: impl Into<String>) -> Self {
        self.endpoint.edge = Some(edge.into());
        self
    }

    /// The URL that `/v1/Rooms` is below, in place of what region and edge say; for a sandbox, or a gateway that writes its own
    /// URL into the pages that it passes on: the next page of a listing is read where the page says, at this origin only.
    ///
    /// Only `https` is allowed, and `http` on a loopback address. No other origin than that of this URL ever sees the
    /// credentials.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.endpoint.base_url = Some(base_url.into());
        self
    }

    /// An HTTP client of your own, for what this builder does not offer: a proxy, a client certificate, other limits.
    ///
    /// It should follow no redirects (`reqwest::redirect::Policy::none()`). When it follows one, the call fails all the same.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// How long one attempt may take, from the connection to the last byte of the answer. The default is 31 seconds: the
    /// service itself gives up after 30.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// How long a call may take with all its attempts and the delays between them. The default is 120 seconds.
    ///
    /// A retry that would begin later is not made. Of a listing, this is how long each page may take.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }

    /// When calls are tried again. The default is [`Retry::new`]; [`Retry::none`] switches it off.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// Calls this before each retry, to count or log it. It should return soon.
    ///
    /// ```
    /// # let builder = twilio_rooms::Client::builder();
    /// let builder = builder.on_retry(|event| {
    ///     eprintln!("{}: {}, again in {:?}", event.operation, event.reason, event.delay);
    /// });
    /// ```
    pub fn on_retry(mut self, observe: impl Fn(&RetryEvent) + Send + Sync + 'static) -> Self {
        self.observer = Observer::new(observe);
        self
    }

    /// How many requests all clones of the client together may have under way. By default there is no limit, and at least
    /// one is allowed.
    ///
    /// The vendor allows an account 80 reads and 20 writes a second. When it says that there were too many, all clones wait.
    pub fn max_concurrent_requests(mut self, max: usize) -> Self {
        self.max_concurrent_requests = Some(max);
        self
    }

    /// How large the body of an answer may be, in bytes. The default is 32 MiB, which no page of this API comes near.
    ///
    /// One that is larger is not read to its end ([`Error::is_too_large`]).
    pub fn max_body_size(mut self, bytes: u64) -> Self {
        self.max_body_size = Some(bytes);
        self
    }

    /// How long it may take to connect. The default is 10 seconds.
    ///
    /// It cannot be combined with [`http_client`](Self::http_client), which has a timeout of its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// What your application calls itself, such as `my-app/1.2`. It goes in front of what this client calls itself.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When there are no credentials, or when something does not have the form that it must have; the error says what it is
    /// and how it should be.
    pub fn build(self) -> Result<Client, Error> {
        let credentials = self.credentials.ok_or_else(|| {
            Error::config("no credentials were given: call `credentials` on the builder, or use `Client::from_env`")
        })?;
        let authorization = credentials.authorization()?;
        let base_url = self.endpoint.url()?;
        let user_agent = match self.user_agent {
            Some(own) => HeaderValue::try_from(format!("{own} {USER_AGENT}")).map_err(|_| {
                Error::config(format!("the user agent {own:?} has a character that no HTTP header can hold"))
            })?,
            None => HeaderValue::from_static(USER_AGENT),
        };
        let policy = Policy::default().with(&self.options);
        let http = match (self.http, self.connect_timeout) {
            (Some(http), None) => http,
            (Some(_), Some(_)) => {
                let message = "a connect timeout does nothing to an HTTP client of your own: set it there";
                return Err(Error::config(message));
            }
            (None, timeout) => {
                // A connection that cannot be made is to be told from an answer that does not come.
                let connect_timeout = timeout.unwrap_or(CONNECT_TIMEOUT).min(policy.timeout.mul_f64(0.9));
                http_client(&base_url, connect_timeout)?
            }
        };
        Ok(Client::from_shared(Shared {
            http,
            base_url,
            authorization,
            user_agent,
            policy,
            max_body_size: self.max_body_size.unwrap_or(MAX_BODY_SIZE),
            throttle: Throttle::new(self.max_concurrent_requests),
            observer: self.observer,
        }))
    }
}

fn http_client(base_url: &reqwest::Url, connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    let mut builder =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(connect_timeout);
    if endpoint::is_loopback(base_url) {
        // A proxy of the environment would ask another machine for its own loopback.
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| Error::config("the HTTP client cannot be set up").with_source(error))
}
