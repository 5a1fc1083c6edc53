//! What goes over the wire, what comes back, and what users read.

mod support;

mod agreement;
mod ahead;
mod bodies;
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
