//! What goes over the wire, what comes back, and what users read.

mod support;

mod access_tokens;
mod agreement;
mod bodies;
mod callbacks;
mod client;
mod errors;
mod faults;
mod listing;
mod participants;
mod properties;
mod requests;
mod resources;
mod responses;
mod retries;
mod rooms;
mod sandbox;

mod secrets;
mod tracks;
mod waiting;
