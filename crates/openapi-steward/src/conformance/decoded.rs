//! Values for calls, and the values that the client decodes.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::server::{Nulls, same};

/// The value that the client has decoded.
pub enum Decoded {
    Json(Value),
    Bytes(Vec<u8>),
    Empty,
}

impl Decoded {
    /// Compares the value with the body of the answer.
    pub fn check(&self, status: u16, body: &str) {
        match self {
            Self::Json(received) => {
                let expected = serde_json::from_str(body).expect("the body is JSON");
                if let Err(difference) = same(&expected, received, "", Nulls::ForAbsent) {
                    panic!("the value of {status}: {difference}\nsent {expected:#}\ndecoded {received:#}");
                }
            }
            Self::Bytes(received) => assert_eq!(String::from_utf8_lossy(received), body, "the bytes of {status}"),
            Self::Empty => assert_eq!(body, "", "the body of {status}"),
        }
    }
}

/// Returns a decoded value in JSON.
pub fn json<T: Serialize>(value: &T) -> Decoded {
    Decoded::Json(serde_json::to_value(value).expect("a value is written as JSON"))
}

/// Reads a stream to its end.
pub async fn bytes(stream: progenitor_client::ByteStream) -> Decoded {
    let response = http::Response::new(reqwest::Body::wrap_stream(stream.into_inner()));
    let bytes = reqwest::Response::from(response).bytes().await.expect("the body arrives");
    Decoded::Bytes(bytes.to_vec())
}

/// Reads a value for a call.
pub fn value<T: DeserializeOwned>(json: &str) -> T {
    match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => panic!("{} cannot hold {json}: {error}", std::any::type_name::<T>()),
    }
}
