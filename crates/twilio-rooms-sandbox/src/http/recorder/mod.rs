//! The traffic that the inspector shows: the last requests to the API and the last status callbacks, with bounded bodies and
//! without secrets.
//!
//! Nothing here is called unless the inspector is on.

mod body;
mod callback;
mod curl;
mod exchange;
mod headers;
mod layer;
mod log;
mod percent;
mod ring;
mod secrets;

pub(crate) use self::callback::{Answer, SentCallback};
pub(crate) use self::layer::{RecordedRequest, record};
pub(crate) use self::log::Recorder;
pub(crate) use self::secrets::hide;
