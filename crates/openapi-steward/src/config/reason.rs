//! The reason that every exception in `steward.toml` has.

use serde::Deserialize;

/// The reason for an entry, which must not be empty.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Reason(pub(super) String);

impl TryFrom<String> for Reason {
    type Error = &'static str;

    fn try_from(reason: String) -> Result<Self, Self::Error> {
        if reason.trim().is_empty() {
            Err("the reason is empty: write why the entry is needed")
        } else {
            Ok(Self(reason))
        }
    }
}
