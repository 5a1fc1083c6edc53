//! The configuration of a client.

use std::time::Duration;

use http::HeaderValue;

use super::client::Client;
use super::endpoint::Endpoint;
use super::provider::{Provider, authorization_of};
use super::tls::with_tls;
use crate::credentials::Credentials;
use crate::error::{Error, Secrets};
use crate::transport::{
    AuthorizationSource, CallOptions, Connection, ConnectionParts, Layer, Limits, Middleware, Observer, Policy, Retry,
    RetryEvent, Throttle, is_loopback,
};

/// The default timeout for connecting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The default maximum size of a response body, in bytes. A page of 1,000 rooms has about 1.5 MB.
const MAX_BODY_SIZE: u64 = 32 << 20;
const NO_CREDENTIALS: &str = "no credentials were given: call `credentials` on the builder, or use `Client::from_env`";
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
    pub(super) provider: Provider,
    pub(super) token_url: Option<String>,
    endpoint: Endpoint,
    custom_http_client: Option<reqwest::Client>,
    connect_timeout: Option<Duration>,
    user_agent: Option<String>,
    options: CallOptions,
    max_body_size: Option<u64>,
    limits: Limits,
    observer: Observer,
    middleware: Vec<Layer>,
}

impl Client {
    /// Creates a client with these credentials and the defaults of [`ClientBuilder`].
    ///
    /// # Errors
    ///
    /// The credentials are malformed, or TLS cannot be set up.
    pub fn new(credentials: Credentials) -> Result<Self, Error> {
        Self::builder().credentials(credentials).build()
    }

    /// Creates a builder, to set more than the credentials.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }
}

impl ClientBuilder {
    /// Creates a builder without credentials, for the default region.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn with_endpoint(credentials: Credentials, endpoint: Endpoint) -> Self {
        Self { credentials: Some(credentials), endpoint, ..Self::default() }
    }

    /// Sets the credentials. There is no default.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets the region that processes the requests and stores the data, such as `us1`, `ie1` or `au1`.
    ///
    /// The default is `us1`. See the vendor's [list of regions](https://www.twilio.com/docs/global-infrastructure).
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.endpoint.region = Some(region.into());
        self
    }

    /// Sets the edge at which requests enter the vendor's network, such as `ashburn`, `dublin` or `sydney`.
    ///
    /// The default is the nearest one. An edge without a region implies the region `us1`.
    pub fn edge(mut self, edge: impl Into<String>) -> Self {
        self.endpoint.edge = Some(edge.into());
        self
    }

    /// Sets the base URL of `/v1/Rooms`, for a sandbox or a gateway. It overrides region and edge.
    ///
    /// A gateway must write its own URL into the pages that it forwards, since a listing only follows next pages on the
    /// origin of the base URL. No other origin ever sees the credentials. The scheme is `https`, or `http` on a
    /// loopback address.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.endpoint.base_url = Some(base_url.into());
        self
    }

    /// Sets a custom HTTP client, for settings that this builder does not have: a proxy, a client certificate, other
    /// limits.
    ///
    /// It should not follow redirects (`reqwest::redirect::Policy::none()`). If it follows one, the call fails.
    ///
    /// Its TLS is reqwest's, not that of this builder. reqwest has cryptography of its own with its feature `rustls` (or
    /// `rustls-aws-lc-rs` of this crate) and with `native-tls`. Otherwise it uses what the application has installed with
    /// `rustls::crypto::CryptoProvider::install_default`, and panics if there is nothing.
    #[cfg(feature = "custom-http-client")]
    pub fn http_client(mut self, http_client: reqwest::Client) -> Self {
        self.custom_http_client = Some(http_client);
        self
    }

    /// Sets the timeout of an attempt, from connecting to the last byte of the response. The default is 31 seconds,
    /// since the service gives up after 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets the time limit for a call with all its attempts and the delays between them. The default is 120 seconds.
    ///
    /// A retry that would start later is not made. In a listing, the limit applies to each page.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.options.deadline = Some(deadline);
        self
    }

    /// Sets the retries. The default is [`Retry::new`]; [`Retry::none`] disables them.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = Some(retry);
        self
    }

    /// Sets a callback that is called before each retry, to count or log it. It should return quickly.
    ///
    /// ```
    /// # let builder = twilio_rooms::Client::builder();
    /// let builder = builder.on_retry(|event| {
    ///     eprintln!("{}: {}, retrying in {:?}", event.operation, event.reason, event.delay);
    /// });
    /// ```
    pub fn on_retry(mut self, callback: impl Fn(&RetryEvent) + Send + Sync + 'static) -> Self {
        self.observer = Observer::new(callback);
        self
    }

    /// Adds middleware, which runs around each attempt. The one that was added first is outermost.
    ///
    /// See [`Middleware`] for two examples.
    pub fn middleware(mut self, middleware: impl Middleware + 'static) -> Self {
        self.middleware.push(Layer::new(middleware));
        self
    }

    /// Sets the maximum number of concurrent requests of all clones of the client together, at least 1. By default
    /// there is no limit.
    ///
    /// The vendor allows an account 80 reads and 20 writes a second. After a 429 all clones pause.
    pub fn max_concurrent_requests(mut self, max: usize) -> Self {
        self.limits.concurrent_requests = Some(max);
        self
    }

    /// Sets the maximum number of reads a second of all clones of the client together, at least 1. By default there is no
    /// limit.
    ///
    /// The client spaces the requests evenly, and retries count. The vendor allows an account 80 reads a second. A request
    /// whose turn is after its deadline is not sent ([`Error::is_timeout`]).
    pub fn max_reads_per_second(mut self, max: u32) -> Self {
        self.limits.reads_per_second = Some(max);
        self
    }

    /// Sets the maximum number of writes a second, which are requests that create, change or delete something. It works as
    /// [`max_reads_per_second`](Self::max_reads_per_second) does. The vendor allows an account 20 writes a second.
    pub fn max_writes_per_second(mut self, max: u32) -> Self {
        self.limits.writes_per_second = Some(max);
        self
    }

    /// Sets the maximum size of a response body, in bytes. The default is 32 MiB, far more than any page of this API
    /// has.
    ///
    /// The client stops reading a larger body ([`Error::is_too_large`]).
    pub fn max_body_size(mut self, bytes: u64) -> Self {
        self.max_body_size = Some(bytes);
        self
    }

    /// Sets the timeout for connecting. The default is 10 seconds.
    ///
    /// A custom HTTP client has its own, so [`build`](Self::build) rejects the combination.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the name of your application, such as `my-app/1.2`. It precedes this crate's name in the `User-Agent`
    /// header.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// There are no credentials, or a setting is malformed; the error names it and the expected format.
    pub fn build(self) -> Result<Client, Error> {
        if self.provider.0.is_none() {
            // Before anything else, so that the first error is about what everybody needs.
            self.credentials.as_ref().ok_or_else(|| Error::config(NO_CREDENTIALS))?.check()?;
        }
        let base_url = self.endpoint.url()?;
        let user_agent = match self.user_agent {
            Some(name) => HeaderValue::try_from(format!("{name} {USER_AGENT}")).map_err(|_| {
                Error::config(format!("the user agent {name:?} has a character that an HTTP header cannot contain"))
            })?,
            None => HeaderValue::from_static(USER_AGENT),
        };
        let policy = Policy::default().with(&self.options);
        let http = match (self.custom_http_client, self.connect_timeout) {
            (Some(http), None) => http,
            (Some(_), Some(_)) => {
                let message = "a connect timeout does not affect a custom HTTP client: set it on that client";
                return Err(Error::config(message));
            }
            (None, timeout) => {
                // Connecting must time out before the attempt does, so that the error says which of the two failed.
                let connect_timeout = timeout.unwrap_or(CONNECT_TIMEOUT).min(policy.timeout.mul_f64(0.9));
                build_http_client(&base_url, connect_timeout)?
            }
        };
        let authorization = match (self.provider.0, self.credentials) {
            (Some(_), Some(_)) => {
                return Err(Error::config("both credentials and a provider of them were given: call one of both"));
            }
            (Some(provide), None) => AuthorizationSource::provided(provide, Secrets::default()),
            (None, Some(credentials)) => authorization_of(&credentials, &http, self.token_url.as_deref())?,
            (None, None) => return Err(Error::config(NO_CREDENTIALS)),
        };
        let connection = Connection::new(ConnectionParts {
            http,
            base_url,
            authorization,
            user_agent,
            policy,
            max_body_size: self.max_body_size.unwrap_or(MAX_BODY_SIZE),
            throttle: Throttle::new(self.limits),
            observer: self.observer,
            middleware: self.middleware,
        });
        Ok(Client::from_connection(connection))
    }
}

fn build_http_client(base_url: &reqwest::Url, connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    let mut builder =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(connect_timeout);
    if is_loopback(base_url) {
        // A proxy from the environment would resolve the loopback address to itself.
        builder = builder.no_proxy();
    }
    let built = with_tls(builder)?.build();
    built.map_err(|error| Error::config("the HTTP client cannot be set up").with_source(error))
}
