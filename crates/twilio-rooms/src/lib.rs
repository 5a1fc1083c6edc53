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
//! - [`Client`] holds the credentials and the connections. Make one and clone it.
//! - [`Rooms::list`] reads rooms: those in progress, or those of another status or time, page by page or as a stream.
//! - [`Rooms::create`] makes a room; [`Client::room`] is one that is there, to [fetch](RoomRef::fetch),
//!   [complete](RoomRef::complete) or [wait for](RoomRef::wait_until).
//! - What belongs to a room is reached from there: [participants](docs::participants), their [tracks](docs::tracks) and the
//!   rules for them, [recordings](docs::recordings), and [transcriptions](docs::transcriptions).
//! - [`Room`] is what the service sends, with a type for each field. What it does not know of an enum, it keeps.
//! - [`Error`] says what went wrong, where and what to do, and answers questions such as [`Error::is_not_found`].
//! - [`Client::request`] is for what this crate does not have.
//!
//! Three chapters tell more: [what happens when something fails](docs::retries), [how to test your own code](docs::testing),
//! and [how fast it is](docs::performance).
//!
//! The client follows no redirect, never sends its credentials to another origin than the one it was made for, and never
//! shows them in `Debug`, errors or logs. It needs a runtime of tokio.
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls.
//! - `native-tls`: TLS by the platform's own library.
//! - `gzip`, `brotli`: answers that are compressed on their way; a large page is a tenth or less of its size then.
//! - `schemars`: `schemars::JsonSchema` for every type that the service sends.
//! - `callbacks`: the requests that the service sends to the status callback of a room, read and checked; the chapter
//!   `docs::callbacks` tells how.
//! - `access-tokens`: access tokens, with which people join rooms; the chapter `docs::access_tokens` tells how.
//!
//! [rooms]: https://www.twilio.com/docs/video/api/rooms-resource

#[cfg(feature = "access-tokens")]
mod access_token;
mod attempt;
mod beside;
mod builder;
mod call;
#[cfg(feature = "callbacks")]
mod callback;
mod client;
mod create;
mod created;
mod credentials;
mod date;
pub mod docs;
mod endpoint;
mod env;
mod error;
mod hint;
mod list;
mod names;
mod observer;
mod options;
mod page;
mod participants;
mod published_tracks;
mod raw;
mod reader;
mod recording_rules;
mod recordings;
mod request;
mod response;
mod retry;
mod room;
mod rooms;
mod rules;
mod sequence;
mod span;
mod stream;
mod subscribe_rules;
mod subscribed_tracks;
mod throttle;
mod trace;
mod transcriptions;
mod transcriptions_configuration;
mod wait;
mod window;
mod windows;

/// The crate whose `Method` and `HeaderMap` this one takes and gives.
pub use http;
pub use twilio_rooms_api::types::{
    CallbackMethod, ContainerFormat, PageMeta, Participant, ParticipantLinks, ParticipantStatus, PublishedTrack,
    Recording, RecordingCodec, RecordingGroupingSids, RecordingLinks, RecordingRule,
    RecordingRules as RecordingRulesResource, RecordingStatus, RecordingType, Room, RoomLinks, RoomStatus, RoomType,
    RuleType, SubscribeRule, SubscribeRules as SubscribeRulesResource, SubscribedTrack, TrackKind, Transcription,
    TranscriptionStatus, VideoCodec,
};
pub use twilio_rooms_api::{
    AccountSid, Bytes, CallSid, Milliseconds, Minutes, ParticipantSid, RecordingSid, RoomSid, Seconds, TrackSid,
    TranscriptionId,
};

#[cfg(feature = "access-tokens")]
pub use self::access_token::{AccessToken, AccessTokenBuilder};
pub use self::builder::ClientBuilder;
#[cfg(feature = "callbacks")]
pub use self::callback::{Callback, CallbackError, CallbackEvent, CallbackValidator};
pub use self::client::Client;
pub use self::create::CreateRoom;
pub use self::credentials::Credentials;
pub use self::date::DateOrInstant;
pub use self::error::Error;
pub use self::list::List;
pub use self::page::Page;
pub use self::participants::{ParticipantRef, Participants};
pub use self::published_tracks::PublishedTracks;
pub use self::raw::RawRequest;
pub use self::recording_rules::RecordingRulesRef;
pub use self::recordings::{RecordingRef, Recordings};
pub use self::request::Request;
pub use self::response::Response;
pub use self::retry::{Retry, RetryEvent, RetryReason};
pub use self::room::RoomRef;
pub use self::rooms::Rooms;
pub use self::rules::{RecordingRules, Tracks};
pub use self::stream::Items;
pub use self::subscribe_rules::{PrioritizedTracks, SubscribeRules, SubscribeRulesRef};
pub use self::subscribed_tracks::SubscribedTracks;
pub use self::transcriptions::{TranscriptionRef, Transcriptions};
pub use self::transcriptions_configuration::TranscriptionsConfiguration;
pub use self::wait::WaitUntil;
