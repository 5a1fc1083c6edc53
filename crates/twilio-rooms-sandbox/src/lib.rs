#![doc = include_str!("../README.md")]

mod asked;
mod auth;
mod create;
mod error;
mod fault;
mod instant;
mod line;
mod list;
mod participant;
mod participants;
mod published_tracks;
mod query;
mod recording;
mod recording_rules;
mod recordings;
mod room;
mod rules;
mod sandbox;
mod script;
mod seed;
mod server;
mod session;
mod state;
mod subscribe_rules;
mod subscribed_tracks;
mod token;
mod track;
mod transcription;
mod transcriptions;

pub use self::fault::Fault;
pub use self::sandbox::{Sandbox, SandboxBuilder};
pub use self::track::TrackKind;
