//! Calls: requests with credentials, retries and a deadline, up to their responses.

mod attempt;
mod authorization;
mod call;
mod connection;
mod deadline;
mod effect;
#[cfg(feature = "gzip")]
mod gzip;
mod middleware;
mod oauth;
mod observer;
mod options;
mod origin;
mod prefetch;
mod provided_authorization;
mod response;
mod retry;
mod retry_loop;
mod retry_reason;
mod throttle;
mod trace;

pub(crate) use self::authorization::{AuthorizationSource, Provide};
pub(crate) use self::call::{Call, InspectBody};
pub(crate) use self::connection::{Connection, ConnectionParts};
pub(crate) use self::deadline::deadline_after;
pub use self::effect::Effect;
pub(crate) use self::middleware::Layer;
pub use self::middleware::{AttemptRequest, AttemptResponse, Middleware, MiddlewareFuture, Next};
pub(crate) use self::oauth::token_provider;
pub(crate) use self::observer::Observer;
pub(crate) use self::options::{CallOptions, Policy, call_option_setters};
pub(crate) use self::origin::{is_loopback, origin, unsendable};
pub(crate) use self::prefetch::{BoxFuture, run_in_background};
pub use self::provided_authorization::Authorization;
pub use self::response::Response;
pub use self::retry::{Retry, RetryCandidate};
pub use self::retry_reason::{RetryEvent, RetryReason};
pub(crate) use self::throttle::{Limits, Throttle};
