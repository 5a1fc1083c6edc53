//! Clients configured by the environment.

use super::builder::ClientBuilder;
use super::client::Client;
use super::endpoint::Endpoint;
use crate::credentials::environment;
use crate::error::Error;

impl Client {
    /// Creates a client with the credentials, region and edge in the environment.
    ///
    /// | variable | meaning |
    /// | --- | --- |
    /// | `TWILIO_API_KEY`, `TWILIO_API_SECRET` | an API key and its secret, which take precedence |
    /// | `TWILIO_ACCOUNT_SID`, `TWILIO_AUTH_TOKEN` | an account and its auth token |
    /// | `TWILIO_REGION`, `TWILIO_EDGE` | see [`ClientBuilder::region`] and [`ClientBuilder::edge`] |
    ///
    /// The vendor's own libraries read the same variables. An empty variable counts as unset.
    ///
    /// # Errors
    ///
    /// A variable is missing or invalid; the error names it. Otherwise as [`Client::new`].
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build()
    }
}

impl ClientBuilder {
    /// Creates a builder with the credentials, region and edge in the environment, which [`Client::from_env`]
    /// describes.
    ///
    /// # Errors
    ///
    /// A variable is missing or is not UTF-8; the error names it.
    pub fn from_env() -> Result<Self, Error> {
        let credentials = environment::credentials(&environment::variable)?;
        let (region, edge) = (environment::variable("TWILIO_REGION")?, environment::variable("TWILIO_EDGE")?);
        Ok(Self::with_endpoint(credentials, Endpoint { region, edge, base_url: None }))
    }
}
