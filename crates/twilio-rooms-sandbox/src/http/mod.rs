//! The API of the service over HTTP: requests are parsed, applied to the model, and answered with JSON.

mod auth;
mod callbacks;
mod connection;
mod control;
mod create_room;
mod error;
mod faults;
mod form;
mod middleware;
mod page;
mod page_tokens;
mod participants;
mod published_tracks;
mod query;
mod recording_rules;
mod recordings;
mod request;
mod room_body;
mod rooms;
mod router;
mod rules;
mod server;
mod server_task;
mod settings;
mod subscribe_rules;
mod subscribed_tracks;
mod token_endpoint;
mod tokens;
mod transcriptions;

pub(crate) use self::auth::{ACCOUNT_SID, API_KEY, API_SECRET, AUTH_TOKEN, OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET};
pub(crate) use self::callbacks::Callbacks;
pub use self::callbacks::Delivery;
pub use self::faults::Fault;
pub(crate) use self::server::Server;
pub(crate) use self::server_task::ServerTask;
pub(crate) use self::token_endpoint::TOKEN_PATH;
