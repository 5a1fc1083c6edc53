//! Credentials that a client gets while it runs.

use std::sync::Arc;

use super::builder::ClientBuilder;
use super::provider::Provider;
use crate::error::Error;
use crate::transport::Authorization;

impl ClientBuilder {
    /// Sets a provider of credentials, for those that change: from a vault, or tokens that expire. It replaces
    /// [`credentials`](Self::credentials).
    ///
    /// The client calls it before the first request, again if less than 30 seconds of [`Authorization::expires_in`] are left
    /// and, once for each call, after the service has rejected the current authorization (401). Concurrent requests wait for
    /// the same call of the provider, within their deadlines. An error of the provider fails the call
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

    /// Sets the URL of the token endpoint for [`Credentials::oauth`](crate::Credentials::oauth), for a sandbox or a gateway. The default is
    /// the vendor's, `https://oauth.twilio.com/v2/token`. The scheme is `https`, or `http` on a loopback address.
    pub fn token_url(mut self, token_url: impl Into<String>) -> Self {
        self.token_url = Some(token_url.into());
        self
    }
}
