//! A client for the [rooms] of Twilio Video.
//!
//! ```no_run
//! # async fn example() -> Result<(), twilio_rooms::Error> {
//! let client = twilio_rooms::Client::from_env()?;
//! let mut rooms = client.rooms().list().stream();
//! while let Some(room) = rooms.next().await {
//!     println!("{}", room?.sid);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - [`Client`] holds the credentials and the connections. Create one and clone it.
//! - [`Rooms::list`] lists rooms by status or time, as a stream of items or pages; [`Rooms::create`] creates one.
//! - [`Client::room`] refers to a room, to [fetch](RoomRef::fetch) or [complete](RoomRef::complete) it, and to its
//!   [participants](docs::participants), [recordings](docs::recordings) and [transcriptions](docs::transcriptions).
//! - [`Room`] and the other types of the service have a typed field for each value. Unknown enum values are kept.
//! - [`Error`] has the response, the vendor's error code, and predicates such as [`Error::is_not_found`].
//! - [`Client::request`] sends any other request of the API.
//!
//! The guides in [`docs`] cover each resource, [retries](docs::retries), [testing](docs::testing) and
//! [performance](docs::performance). The client does not follow redirects, never sends its credentials to another
//! origin, and never shows them in `Debug` output, errors or logs. It needs a tokio runtime.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls.
//! - `native-tls`: TLS by the platform's library.
//! - `gzip`, `brotli`: compressed responses. A large page shrinks to a tenth or less of its size.
//! - `schemars`: `schemars::JsonSchema` for every type that the service sends.
//! - `callbacks`: verifies and parses status callbacks (webhooks); see the chapter `docs::webhooks`.
//! - `access-tokens`: access tokens for participants; see the chapter `docs::access_tokens`.
//! - `custom-http-client`: `ClientBuilder::http_client`, and the re-exported `reqwest` crate.
//!
//! [rooms]: https://www.twilio.com/docs/video/api/rooms-resource

#[cfg(feature = "access-tokens")]
mod access_token;
mod client;
mod credentials;
pub mod docs;
mod error;
mod listing;
mod request;
mod resources;
mod transport;
#[cfg(feature = "callbacks")]
mod webhook;

pub use {chrono, http};

#[cfg(feature = "custom-http-client")]
pub use reqwest;
pub use twilio_rooms_api::types::{
    CallbackMethod, ContainerFormat, PageMeta, Participant, ParticipantLinks, ParticipantStatus, PublishedTrack,
    Recording, RecordingCodec, RecordingGroupingSids, RecordingLinks, RecordingRule, RecordingRules, RecordingStatus,
    RecordingType, Room, RoomLinks, RoomStatus, RoomType, RuleType, SubscribeRule, SubscribeRules, SubscribedTrack,
    TrackKind, Transcription, TranscriptionStatus, VideoCodec,
};
pub use twilio_rooms_api::{
    AccountSid, ByteSize, CallSid, Milliseconds, Minutes, ParticipantSid, RecordingSid, RoomSid, Seconds, TrackSid,
    TranscriptionId, TryFromDurationError,
};

#[cfg(feature = "access-tokens")]
pub use self::access_token::{AccessToken, AccessTokenBuilder};
pub use self::client::{Client, ClientBuilder};
pub use self::credentials::{Authorization, Credentials};
pub use self::error::Error;
pub use self::listing::{DateFiltered, DateOrInstant, Items, List, Page, Pages, Resource};
pub use self::request::{RawRequest, Request};
pub use self::resources::{
    CreateRoom, CreateTranscription, ParticipantRef, Participants, PrioritizedTracks, PublishedTracks, RecordingRef,
    RecordingRuleList, RecordingRulesRef, Recordings, RoomRef, Rooms, SubscribeRuleList, SubscribeRulesRef,
    SubscribedTracks, Tracks, TranscriptionRef, Transcriptions, TranscriptionsConfiguration, WaitUntil,
};
pub use self::transport::{Effect, Response, Retry, RetryCandidate, RetryEvent, RetryReason};
#[cfg(feature = "callbacks")]
pub use self::webhook::{Callback, CallbackError, CallbackEvent, CallbackValidator};
