#![doc = include_str!("../README.md")]

mod auth;
mod error;
mod query;
mod sandbox;
mod seed;
mod server;
mod state;
mod token;

pub use self::sandbox::{Sandbox, SandboxBuilder};
