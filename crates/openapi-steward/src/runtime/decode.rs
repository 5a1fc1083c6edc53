//! Decoding of response bodies. It is made for speed: a page of a listing can be larger than a megabyte.

use reqwest::ResponseBuilderExt as _;
use serde::de::{DeserializeOwned, Error as _};

use crate::generated::{Error, ResponseValue};

/// Reads and decodes the body of a response.
///
/// # Errors
///
/// [`Error::ResponseBodyError`] if the body cannot be read, [`Error::InvalidResponsePayload`] with the body if it is not JSON of
/// a `T`.
pub(crate) async fn read_body<T: DeserializeOwned, E>(
    response: reqwest::Response,
) -> Result<ResponseValue<T>, Error<E>> {
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    match from_json(&body) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(error) => Err(Error::InvalidResponsePayload(body, error)),
    }
}

/// Reads and decodes the body of an error response. A body that is something else, such as the page of a proxy, is no reason to lose
/// the status.
///
/// # Errors
///
/// [`Error::ResponseBodyError`] if the body cannot be read, [`Error::UnexpectedResponse`] with the response if its body is not JSON of
/// a `T`.
pub(crate) async fn read_failure<T: DeserializeOwned, E>(
    response: reqwest::Response,
) -> Result<ResponseValue<T>, Error<E>> {
    let (status, headers, url) = (response.status(), response.headers().clone(), response.url().clone());
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    if let Ok(value) = from_json(&body) {
        return Ok(ResponseValue::new(value, status, headers));
    }
    let mut response = http::Response::builder().status(status).url(url).body(body).unwrap_or_default();
    *response.headers_mut() = headers;
    Err(Error::UnexpectedResponse(response.into()))
}

/// Decodes JSON, with or without a byte order mark (RFC 8259, section 8.1). It validates the UTF-8 once for the whole body, which is faster than once for each string.
fn from_json<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    match std::str::from_utf8(body) {
        Ok(body) => serde_json::from_str(body.strip_prefix('\u{feff}').unwrap_or(body)),
        // Decoding a `T` here would compile the code of each type twice.
        Err(_) => match serde_json::from_slice::<serde_json::Value>(body) {
            Err(error) => Err(error),
            Ok(_) => Err(serde_json::Error::custom("the body is not UTF-8")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_is_not_utf_8_is_an_error_with_its_position() {
        let error = from_json::<serde_json::Value>(b"{\"a\": \"\xff\"}").map_err(|error| error.to_string());
        assert_eq!(error, Err("invalid unicode code point at line 1 column 8".to_owned()));
        assert_eq!(from_json::<u8>(b" 7\n").ok(), Some(7));
        assert_eq!(from_json::<u8>("\u{feff}7".as_bytes()).ok(), Some(7));
    }
}
