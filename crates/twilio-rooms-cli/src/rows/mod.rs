//! The columns of each resource.

mod participants;
mod recordings;
mod results;
mod rooms;
mod rules;
mod tracks;
mod transcriptions;

pub(crate) use self::results::{ItemResult, Outcome};
