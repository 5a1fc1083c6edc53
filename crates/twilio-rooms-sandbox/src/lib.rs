#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

mod http;
mod model;
mod sandbox;
mod sandbox_builder;

pub use self::http::{Delivery, Fault};
pub use self::model::TrackKind;
pub use self::sandbox::Sandbox;
pub use self::sandbox_builder::SandboxBuilder;
