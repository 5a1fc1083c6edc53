//! Credentials that a client gets while it runs.

use std::fmt;
use std::sync::Arc;

use super::builder::ClientBuilder;
use super::endpoint::parse_base_url;
use crate::credentials::{Authorization, Credentials};
use crate::error::Error;
use crate::transport::{AuthorizationSource, Provide, token_provider};

/// The vendor's token endpoint.
const TOKEN_URL: &str = "https://oauth.twilio.com/v2/token";

impl ClientBuilder {
    /// Sets a provider of credentials, for those that change: from a vault, or tokens that expire. It replaces
    /// [`credentials`](Self::credentials).
    ///
    /// The client calls it before the first request, 30 seconds before [`Authorization::expires_in`] is over and, once for
    /// each call, after the service has rejected the current authorization (401). Concurrent requests wait for the same
    /// call of the provider, within their deadlines. An error of the provider fails the call
    /// ([`Error::is_credentials`]).
    ///
    /// ```
    /// use std::time::Duration;
    /// use twilio_rooms::{Authorization, Client, Credentials};
    ///
    /// # async fn read_secret() -> Result<String, std::io::Error> { Ok("secret".to_owned()) }
    /// # fn example() -> Result<(), twilio_rooms::Error> {
    /// let client = Client::builder()
    ///     .credentials_provider(|| async {
    ///         let api_key = Credentials::api_key("SK0123456789abcdef0123456789abcdef", read_secret().await?);
    ///         Ok(Authorization::basic(api_key).expires_in(Duration::from_secs(3600)))
    ///     })
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// # example().unwrap();
    /// ```
    pub fn credentials_provider<F>(mut self, provide: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Authorization, Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
    {
        self.provider = Provider(Some(Arc::new(move || {
            let provided = provide();
            Box::pin(async move {
                provided.await.map_err(|error| Error::config("the provider has failed").with_source(error))
            })
        })));
        self
    }

    /// Sets the URL at which [`Credentials::oauth`] are exchanged for a token; for a sandbox or a gateway. The default is
    /// the vendor's, `https://oauth.twilio.com/v2/token`. The scheme is `https`, or `http` on a loopback address.
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }
}

/// The provider of credentials, if there is one.
#[derive(Clone, Default)]
pub(super) struct Provider(pub(super) Option<Provide>);

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "set" } else { "not set" })
    }
}

/// Returns the source of the header for credentials, which are sent themselves or exchanged for a token.
pub(super) fn authorization_of(
    credentials: &Credentials,
    http: &reqwest::Client,
    token_url: Option<&str>,
) -> Result<AuthorizationSource, Error> {
    let Some((id, secret)) = credentials.oauth_client()? else {
        return Ok(AuthorizationSource::fixed(credentials.authorization()?, credentials.secrets()));
    };
    let url = parse_base_url(token_url.unwrap_or(TOKEN_URL))?;
    let provide = token_provider(http.clone(), url, id.to_owned(), secret.to_owned());
    Ok(AuthorizationSource::provided(provide, credentials.secrets()))
}
