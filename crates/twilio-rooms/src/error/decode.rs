//! What is wrong with a body that does not decode, and where in it.

use serde::de::DeserializeOwned;

use super::{Error, Kind};

impl Error {
    /// The body of a success did not decode as `T`. It is read once more, slowly, to learn where.
    pub(crate) fn decode<T: DeserializeOwned>(operation: &'static str, body: &[u8], error: serde_json::Error) -> Self {
        if body.iter().all(u8::is_ascii_whitespace) {
            let reason = "the body is empty".to_owned();
            return Self::new(Kind::Decode { operation, path: None, reason }).with_source(error);
        }
        if error.is_syntax() || error.is_eof() {
            let reason = format!("the body is not JSON: {error}");
            return Self::new(Kind::Decode { operation, path: None, reason }).with_source(error);
        }
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        let (path, reason) = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Err(located) => (located.path().to_string(), located.inner().to_string()),
            // It decodes but for what comes after it.
            Ok(_) => (".".to_owned(), error.to_string()),
        };
        let path = Some(path).filter(|path| path != ".");
        Self::new(Kind::Decode { operation, path, reason }).with_source(error)
    }
}
