//! One file for each group of commands.

pub(crate) mod api;
pub(crate) mod auth;
pub(crate) mod callbacks;
pub(crate) mod create_room;
mod download_recordings;
pub(crate) mod export;
mod find_recordings;
pub(crate) mod generated;
pub(crate) mod participants;
pub(crate) mod recordings;
pub(crate) mod rooms;
pub(crate) mod rules;
pub(crate) mod sandbox;
pub(crate) mod token;
pub(crate) mod tracks;
pub(crate) mod transcriptions;
pub(crate) mod usage;
mod watch;
