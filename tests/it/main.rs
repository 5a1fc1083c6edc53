//! What goes over the wire, what comes back, and what users read.

mod support;

mod access_tokens;
mod agreement;
mod ahead;
mod answers;
mod between_pages;
mod bodies;
mod callbacks;
mod client;
mod errors;
mod faults;
mod listing;
mod participants;
mod properties;
mod recordings;
mod requests;
mod resources;
mod responses;
mod retries;
mod rooms;
mod rules;
mod sandbox;
mod sandbox_control;
mod secrets;
mod tracks;
mod transcriptions;
mod waiting;
