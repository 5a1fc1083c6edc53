#![doc = include_str!("../README.md")]

mod http;
mod model;
mod sandbox;

pub use self::http::{Delivery, Fault};
pub use self::model::TrackKind;
pub use self::sandbox::{Sandbox, SandboxBuilder};
