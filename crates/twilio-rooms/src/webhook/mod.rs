//! Status callbacks: the webhook requests of the service, verified and parsed.

#[cfg(feature = "axum")]
mod axum;
mod callback;
mod error;
mod event;
mod signature;

#[cfg(feature = "axum")]
pub use self::axum::CallbackEndpoint;
pub use self::callback::Callback;
pub use self::error::CallbackError;
pub use self::event::CallbackEvent;
pub use self::signature::CallbackValidator;
