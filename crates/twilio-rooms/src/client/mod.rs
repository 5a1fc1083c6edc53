//! The client and its configuration.

mod builder;
mod builder_credentials;
#[expect(clippy::module_inception, reason = "the file is named after the type in it")]
mod client;
mod endpoint;
mod from_env;
mod provider;
mod tls;

pub use self::builder::ClientBuilder;
pub use self::client::Client;
