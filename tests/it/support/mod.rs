//! Helpers that the tests share.

mod clock;
mod events;
mod sandbox;
mod server;
mod spec;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use twilio_rooms::{Client, ClientBuilder, Credentials, Retry};

pub(crate) use self::clock::Clock;
pub(crate) use self::events::Events;
pub(crate) use self::sandbox::{SANDBOX_SECRETS, at, client_of, runtime, standup, start};
pub(crate) use self::server::{Reply, Server};
pub(crate) use self::spec::{schema, schema_violations, spec, spec_document};

/// The result of a test. Any error fails it.
pub(crate) type Test = Result<(), Box<dyn std::error::Error>>;

pub(crate) const ACCOUNT_SID: &str = "AC0123456789abcdef0123456789abcdef";
pub(crate) const AUTH_TOKEN: &str = "the-auth-token-of-the-tests";
/// The header with `ACCOUNT_SID:AUTH_TOKEN`.
pub(crate) const AUTHORIZATION: &str =
    "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0aGUtYXV0aC10b2tlbi1vZi10aGUtdGVzdHM=";

/// Asserts a snapshot of the requests so far, with the credentials and the host checked and redacted.
macro_rules! assert_requests {
    ($name:literal, $server:expr) => {
        let host = $server.url().trim_start_matches("http://").to_owned();
        insta::assert_json_snapshot!($name, $server.seen(), {
            "[].headers.authorization" => insta::dynamic_redaction(|value: insta::internals::Content, _: insta::internals::ContentPath<'_>| {
                assert_eq!(value.as_str(), Some($crate::support::AUTHORIZATION));
                "[the credentials of the tests]"
            }),
            "[].headers.host" => insta::dynamic_redaction(move |value: insta::internals::Content, _: insta::internals::ContentPath<'_>| {
                assert_eq!(value.as_str(), Some(host.as_str()));
                "[the server of the test]"
            }),
        });
    };
}
pub(crate) use assert_requests;

/// Returns a builder of HTTP clients. As an application would, it installs cryptography if reqwest has none of its own.
pub(crate) fn http_client_builder() -> reqwest::ClientBuilder {
    #[cfg(not(feature = "aws-lc-rs"))]
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
}

/// Returns a client of the server with the credentials of the tests and without retries, which have their own tests.
pub(crate) fn client(server: &Server) -> Result<Client, twilio_rooms::Error> {
    builder(server).build()
}

/// Returns a builder of such a client.
pub(crate) fn builder(server: &Server) -> ClientBuilder {
    Client::builder().credentials(credentials()).base_url(server.url()).retry(Retry::none())
}

pub(crate) fn credentials() -> Credentials {
    Credentials::account(ACCOUNT_SID, AUTH_TOKEN)
}

/// Returns the root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Reads an example of the spec.
pub(crate) fn example(name: &str) -> Result<Value, Box<dyn std::error::Error>> {
    let path = root().join("spec/examples").join(name).with_extension("json");
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

/// Returns a room that has only a SID, which ends in this number.
pub(crate) fn room(number: usize) -> Value {
    json!({ "sid": format!("RM{number:032}") })
}

/// Returns a page of the rooms with these numbers.
pub(crate) fn page(rooms: impl IntoIterator<Item = usize>, next_page_url: Option<&str>) -> Value {
    let rooms: Vec<Value> = rooms.into_iter().map(room).collect();
    json!({ "meta": { "key": "rooms", "next_page_url": next_page_url }, "rooms": rooms })
}

/// Returns the path of the first difference between a JSON value and its re-encoded form.
///
/// Only fields in both are compared, since unknown fields are dropped and missing ones may be encoded as null.
pub(crate) fn changed(original: &Value, encoded: &Value, path: &str) -> Option<String> {
    match (original, encoded) {
        (Value::Object(original), Value::Object(encoded)) => original
            .iter()
            .filter_map(|(name, value)| Some((name, value, encoded.get(name)?)))
            .find_map(|(name, value, other)| changed(value, other, &format!("{path}/{name}"))),
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .enumerate()
            .find_map(|(index, (one, other))| changed(one, other, &format!("{path}/{index}"))),
        (Value::String(one), Value::String(other)) if one != other => {
            (!same_instant(one, other)).then(|| path.to_owned())
        }
        (one, other) => (one != other).then(|| path.to_owned()),
    }
}

/// Returns `true` if both are the same instant, possibly in different notations such as `+00:00` and `Z`.
fn same_instant(one: &str, other: &str) -> bool {
    let instant = |text: &str| chrono::DateTime::parse_from_rfc3339(text).ok();
    instant(one).is_some() && instant(one) == instant(other)
}
