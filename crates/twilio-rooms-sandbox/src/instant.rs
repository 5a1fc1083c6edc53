//! Instants, as the service writes them.

use chrono::{DateTime, SecondsFormat, Utc};

/// In UTC, to the second.
pub(crate) fn instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// How many seconds lie between the two.
pub(crate) fn seconds(from: DateTime<Utc>, to: DateTime<Utc>) -> u64 {
    u64::try_from((to - from).num_seconds()).unwrap_or_default()
}
