#![doc = include_str!("../README.md")]

mod auth;
mod create;
mod error;
mod fault;
mod line;
mod list;
mod participant;
mod participants;
mod published_tracks;
mod query;
mod room;
mod sandbox;
mod seed;
mod server;
mod state;
mod subscribed_tracks;
mod token;
mod track;

pub use self::fault::Fault;
pub use self::sandbox::{Sandbox, SandboxBuilder};
pub use self::track::TrackKind;
