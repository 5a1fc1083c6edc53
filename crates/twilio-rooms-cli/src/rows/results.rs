//! The result of each item of a command that changes several.

use serde::Serialize;

use crate::output::{Column, Fit, Row, Value};

/// An item, and the end of its request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ItemResult {
    pub(crate) sid: String,
    /// The unique name, the identity or the track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    pub(crate) result: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
}

/// The end of a request for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    Completed,
    Deleted,
    Disconnected,
    Downloaded,
    Failed,
    /// Nothing was sent, because of `--dry-run`.
    Planned,
    /// The file is there already.
    Present,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Deleted => "deleted",
            Self::Disconnected => "disconnected",
            Self::Downloaded => "downloaded",
            Self::Failed => "failed",
            Self::Planned => "planned",
            Self::Present => "present",
        }
    }
}

impl Row for ItemResult {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("sid", "SID", |item| Value::text(Some(&item.sid))),
        Column::<Self>::new("name", "NAME", |item| Value::text(item.name.as_ref())).fit(Fit::Cut),
        Column::<Self>::new("result", "RESULT", |item| Value::status(Some(item.result.as_str()))),
        Column::<Self>::new("error", "ERROR", |item| Value::text(item.error.as_ref())).fit(Fit::Cut),
    ];
}
