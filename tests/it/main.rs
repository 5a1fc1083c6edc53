//! What goes over the wire, what comes back, and what users read.

mod support;

mod bodies;
mod client;
mod errors;
mod listing;
mod requests;
mod responses;
mod sandbox;
mod schemas;
