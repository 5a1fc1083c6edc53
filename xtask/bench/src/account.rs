//! The account that the workloads read, from the environment variables of the vendor's own libraries.

use crate::report::Failure;

/// A URL, and the credentials for it.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) url: String,
    pub(crate) sid: String,
    pub(crate) token: String,
}

impl Account {
    /// The account of the environment, at this URL.
    pub(crate) fn from_env(url: String) -> Result<Self, Failure> {
        let variable = |name: &str| std::env::var(name).map_err(|error| Failure::from(format!("{name}: {error}")));
        Ok(Self { url, sid: variable("TWILIO_ACCOUNT_SID")?, token: variable("TWILIO_AUTH_TOKEN")? })
    }
}
