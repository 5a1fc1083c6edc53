//! The source of the `Authorization` header of a client.

use std::fmt;

use super::endpoint::parse_base_url;
use crate::credentials::Credentials;
use crate::error::Error;
use crate::transport::{AuthorizationSource, Provide, token_provider};

/// The vendor's token endpoint.
const TOKEN_URL: &str = "https://oauth.twilio.com/v2/token";

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
