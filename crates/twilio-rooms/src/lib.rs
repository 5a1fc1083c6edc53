//! A client for the [rooms](https://www.twilio.com/docs/video/api/rooms-resource) of Twilio Video.
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
//! - [`Client`] holds the credentials and connections. Clone it. [`Client::request`] sends any other request of the API.
//! - [`Rooms::list`] lists rooms by status or time, as a stream of items or pages; [`Rooms::create`] creates one.
//! - [`Client::room`] refers to a room, to [fetch](RoomRef::fetch) or [complete](RoomRef::complete) it, and gives access to
//!   its [participants](docs::participants), [recordings](docs::recordings) and [transcriptions](docs::transcriptions).
//! - [`Room`] and the other types of the service have a typed field for each value. Unknown enum values are kept.
//! - [`Error`] has the response, the vendor's code, and predicates such as [`Error::is_not_found`].
//!
//! The guides in [`docs`] cover each resource, [retries](docs::retries), [testing](docs::testing) and
//! [performance](docs::performance). The client never sends its credentials to another origin, and never shows them in
//! `Debug` output, errors or logs. It needs a tokio runtime, or the feature `blocking`.
//!
//! # Features
//!
//! - `rustls` (default), `rustls-ring`, `rustls-aws-lc-rs`, `rustls-no-provider`, `native-tls`: see [TLS](#tls).
//! - `gzip`, `brotli`: compressed responses. `schemars`: `JsonSchema` for every type that the service sends.
//! - `callbacks`: status callbacks (webhooks), and `axum`: the same for its handlers; see the guide `docs::webhooks`.
//!   `access-tokens`: access tokens for participants; see the guide `docs::access_tokens`.
//! - `blocking`: the same client for programs without a runtime. `custom-http-client`: your own `reqwest::Client`.
//!
//! # TLS
//!
//! The client trusts the certificates that the platform trusts. If several features are on, the first of these wins:
//!
//! 1. `native-tls`: the platform's library.
//! 2. rustls, with the cryptography that the application has installed with `rustls::crypto::CryptoProvider::install_default`;
//!    with `rustls-no-provider` alone, [`ClientBuilder::build`] fails if there is none.
//! 3. `rustls-aws-lc-rs`: rustls with aws-lc-rs, which also has key exchange that resists quantum computers, and a variant
//!    that is validated for FIPS. It takes about a minute to compile.
//! 4. `rustls-ring`, the same as `rustls`: rustls with ring.
//!
//! The client installs no provider for the process.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "access-tokens")]
mod access_token;
#[cfg(feature = "blocking")]
pub mod blocking;
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
pub use {chrono, http};

#[cfg(feature = "access-tokens")]
pub use self::access_token::{AccessToken, AccessTokenBuilder};
pub use self::client::{Client, ClientBuilder};
pub use self::credentials::Credentials;
pub use self::error::Error;
pub use self::listing::{DateFiltered, DateOrInstant, Items, List, Page, Pages, Resource};
pub use self::request::{RawRequest, Request};
pub use self::resources::{
    CreateRoom, CreateTranscription, ParticipantRef, Participants, PrioritizedTracks, PublishedTracks, RecordingRef,
    RecordingRuleList, RecordingRulesRef, Recordings, RoomRef, Rooms, SubscribeRuleList, SubscribeRulesRef,
    SubscribedTracks, Tracks, TranscriptionRef, Transcriptions, TranscriptionsConfiguration, WaitUntil,
};
pub use self::transport::{
    AttemptRequest, AttemptResponse, Authorization, Effect, Middleware, MiddlewareFuture, Next, Response, Retry,
    RetryCandidate, RetryEvent, RetryReason,
};
#[cfg(feature = "axum")]
pub use self::webhook::CallbackEndpoint;
#[cfg(feature = "callbacks")]
pub use self::webhook::{Callback, CallbackError, CallbackEvent, CallbackValidator};
