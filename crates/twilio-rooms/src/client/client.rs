//! The client.

use http::Method;

use crate::request::RawRequest;
use crate::resources::{RoomRef, Rooms};
use crate::transport::Connection;

/// A client for the rooms of one account.
///
/// It holds the credentials and a pool of connections. Clones share both and cost next to nothing, so create one client
/// and clone it wherever it is needed.
///
/// ```no_run
/// use twilio_rooms::{Client, Credentials};
///
/// # fn example() -> Result<(), twilio_rooms::Error> {
/// let client = Client::new(Credentials::api_key("SK0123456789abcdef0123456789abcdef", "secret"))?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    connection: Connection,
}

impl Client {
    pub(super) fn from_connection(connection: Connection) -> Self {
        Self { connection }
    }

    /// Returns the rooms of the account.
    #[must_use]
    pub fn rooms(&self) -> Rooms {
        Rooms::new(&self.connection)
    }

    /// Returns a reference to a room, by its SID or, while it is in progress, by its unique name.
    ///
    /// According to reports, the service never finds a room by a unique name with `/`. Refer to such a room by its SID.
    #[must_use]
    pub fn room(&self, sid_or_unique_name: impl AsRef<str>) -> RoomRef {
        RoomRef::new(&self.connection, sid_or_unique_name.as_ref())
    }

    /// Creates a request to any path of the API, with the credentials, retries and errors of this client.
    ///
    /// The path starts with `/`, as in `/v1/Compositions`, and is percent-encoded already.
    pub fn request(&self, method: Method, path: impl Into<String>) -> RawRequest {
        RawRequest::new(self.connection.clone(), method, path.into())
    }
}
