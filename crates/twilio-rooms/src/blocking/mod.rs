//! The client for programs without a runtime: the same types and methods, which block the thread until they are done.
//!
//! ```no_run
//! use twilio_rooms::blocking::Client;
//!
//! # fn main() -> Result<(), twilio_rooms::Error> {
//! let client = Client::from_env()?;
//! let room = client.rooms().create().unique_name("DailyStandup").send()?;
//! for participant in client.room(&room.sid).participants().list() {
//!     println!("{:?}", participant?.identity);
//! }
//! client.room(&room.sid).complete().send()?;
//! # Ok(())
//! # }
//! ```
//!
//! Each type here is the async type of the same name in a [`Blocking`], which runs its requests on a runtime of the client, in the
//! calling thread. All else is the same, such as retries, limits and errors, with two differences: a request has to be
//! [sent](Blocking::send), since there is no `.await`; and a listing is an [`Iterator`].
//!
//! - Clones and everything that they create share the runtime and the connections, and can be used by several threads.
//! - Nothing happens in the background: the next page of a listing arrives while another call blocks, or when it is read.
//! - Within a tokio runtime, a call is an error ([`Error::is_invalid_request`]) and sends nothing, since it would block a thread
//!   that other tasks need. Use the async [`Client`](crate::Client) there.

mod delegate;
mod listing;
mod requests;
mod resources;
mod runtime;

use std::fmt;
use std::sync::Arc;

pub use self::listing::{Items, Pages};
use self::runtime::Runtime;
use crate::{ClientBuilder, Credentials, Error};

/// A type of the async client whose requests block the thread. The other names of [this module](self) are aliases of it.
///
/// Its methods are those of the async type, which documents them.
#[derive(Clone)]
#[must_use = "nothing is sent until this is sent or read"]
pub struct Blocking<T> {
    inner: T,
    runtime: Arc<Runtime>,
}

/// A client for the rooms of one account; see [`Client`](crate::Client).
pub type Client = Blocking<crate::Client>;
/// A room to create; see [`CreateRoom`](crate::CreateRoom).
pub type CreateRoom = Blocking<crate::CreateRoom>;
/// A transcription to create; see [`CreateTranscription`](crate::CreateTranscription).
pub type CreateTranscription = Blocking<crate::CreateTranscription>;
/// The listing of a kind of resource; see [`List`](crate::List).
pub type List<T> = Blocking<crate::List<T>>;
/// A reference to a participant; see [`ParticipantRef`](crate::ParticipantRef).
pub type ParticipantRef = Blocking<crate::ParticipantRef>;
/// The participants of a room; see [`Participants`](crate::Participants).
pub type Participants = Blocking<crate::Participants>;
/// The tracks that a participant publishes; see [`PublishedTracks`](crate::PublishedTracks).
pub type PublishedTracks = Blocking<crate::PublishedTracks>;
/// A request to any path of the API; see [`RawRequest`](crate::RawRequest).
pub type RawRequest = Blocking<crate::RawRequest>;
/// A reference to a recording; see [`RecordingRef`](crate::RecordingRef).
pub type RecordingRef = Blocking<crate::RecordingRef>;
/// The recording rules of a room; see [`RecordingRulesRef`](crate::RecordingRulesRef).
pub type RecordingRulesRef = Blocking<crate::RecordingRulesRef>;
/// The recordings of a room; see [`Recordings`](crate::Recordings).
pub type Recordings = Blocking<crate::Recordings>;
/// A request that is ready to send; see [`Request`](crate::Request).
pub type Request<T> = Blocking<crate::Request<T>>;
/// A reference to a room; see [`RoomRef`](crate::RoomRef).
pub type RoomRef = Blocking<crate::RoomRef>;
/// The rooms of an account; see [`Rooms`](crate::Rooms).
pub type Rooms = Blocking<crate::Rooms>;
/// The subscribe rules of a participant; see [`SubscribeRulesRef`](crate::SubscribeRulesRef).
pub type SubscribeRulesRef = Blocking<crate::SubscribeRulesRef>;
/// The tracks that a participant is subscribed to; see [`SubscribedTracks`](crate::SubscribedTracks).
pub type SubscribedTracks = Blocking<crate::SubscribedTracks>;
/// A reference to a transcription; see [`TranscriptionRef`](crate::TranscriptionRef).
pub type TranscriptionRef = Blocking<crate::TranscriptionRef>;
/// The transcriptions of a room; see [`Transcriptions`](crate::Transcriptions).
pub type Transcriptions = Blocking<crate::Transcriptions>;
/// A wait for the status of a room; see [`WaitUntil`](crate::WaitUntil).
pub type WaitUntil = Blocking<crate::WaitUntil>;

/// Blocking clients.
impl Blocking<crate::Client> {
    /// Creates a client with default settings.
    ///
    /// # Errors
    ///
    /// As [`Client::new`](crate::Client::new), or the system refuses the resources of a runtime ([`Error::is_config`]).
    pub fn new(credentials: Credentials) -> Result<Self, Error> {
        ClientBuilder::new().credentials(credentials).build_blocking()
    }

    /// Creates a client from environment variables.
    ///
    /// # Errors
    ///
    /// As [`Client::from_env`](crate::Client::from_env), or the system refuses the resources of a runtime
    /// ([`Error::is_config`]).
    pub fn from_env() -> Result<Self, Error> {
        ClientBuilder::from_env()?.build_blocking()
    }
}

/// Blocking clients.
impl ClientBuilder {
    /// Builds a [blocking client](crate::blocking).
    ///
    /// ```
    /// use twilio_rooms::{Client, Credentials};
    ///
    /// # fn main() -> Result<(), twilio_rooms::Error> {
    /// let credentials = Credentials::api_key("SK0123456789abcdef0123456789abcdef", "secret");
    /// let client = Client::builder().credentials(credentials).region("ie1").build_blocking()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), or the system refuses the resources of a runtime ([`Error::is_config`]).
    pub fn build_blocking(self) -> Result<Client, Error> {
        Ok(Blocking { inner: self.build()?, runtime: Arc::new(Runtime::new()?) })
    }
}

/// Everything that can be awaited in the async client.
impl<T, V> Blocking<T>
where
    T: IntoFuture<Output = Result<V, Error>>,
{
    /// Sends the request and returns the value of the response. Blocks the thread.
    ///
    /// # Errors
    ///
    /// As `send` of the async type, or this is called within a tokio runtime ([`Error::is_invalid_request`]).
    pub fn send(self) -> Result<V, Error> {
        self.runtime.run(self.inner.into_future())
    }
}

impl<T> Blocking<T> {
    fn map<U>(self, map: impl FnOnce(T) -> U) -> Blocking<U> {
        Blocking { inner: map(self.inner), runtime: self.runtime }
    }

    fn with<U>(&self, inner: U) -> Blocking<U> {
        Blocking { inner, runtime: Arc::clone(&self.runtime) }
    }
}

impl<T: fmt::Debug> fmt::Debug for Blocking<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Blocking").field(&self.inner).finish()
    }
}
