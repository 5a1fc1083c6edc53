//! Environment variables.

use std::env::VarError;

use crate::failure::Failure;

/// The URL of a service other than the vendor's, such as a sandbox.
pub(crate) const BASE_URL: &str = "TWILIO_ROOMS_BASE_URL";

/// The profile of commands that name none.
pub(crate) const PROFILE: &str = "TWILIO_ROOMS_PROFILE";

/// An environment variable, or `None` if it is unset or empty.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::usage(format!("{name} is not valid UTF-8"))),
    }
}
