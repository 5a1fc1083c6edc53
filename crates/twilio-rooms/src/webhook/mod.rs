//! Status callbacks: the webhook requests of the service, verified and parsed.

mod callback;
mod error;
mod event;
mod signature;

pub use self::callback::Callback;
pub use self::error::CallbackError;
pub use self::event::CallbackEvent;
pub use self::signature::CallbackValidator;
