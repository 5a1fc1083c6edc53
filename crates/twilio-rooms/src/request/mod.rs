//! Requests that are ready to send.

mod raw_request;
#[expect(clippy::module_inception, reason = "the file is named after the type in it")]
mod request;

pub use self::raw_request::RawRequest;
pub use self::request::Request;
pub(crate) use self::request::RequestContext;
