//! The origin of a URL, for messages.

use reqwest::Url;

/// Returns the scheme, host and port of a URL: enough for a message, and free of secrets.
pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
