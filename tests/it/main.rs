//! The wire format, the behaviour of the client against a sandbox, and the messages that users read.

mod support;

mod access_tokens;
mod agreement;
mod bodies;
mod client;
mod errors;
mod faults;
mod listing;
mod pages;
mod parallel;
mod participants;
mod properties;
mod read_ahead;
mod recordings;
mod requests;
mod resources;
mod responses;
mod retries;
mod rooms;
mod rules;
mod sandbox;
mod sandbox_matches_spec;
mod sandbox_paging;
mod script;
mod secrets;
mod tracks;
mod transcriptions;
mod waiting;
mod webhooks;
