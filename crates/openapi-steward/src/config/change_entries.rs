//! The entries of `steward.toml` about the changes that `diff` finds.

use serde::Deserialize;
use toml::Spanned;

use super::entries::{AcceptedBreak, KindSeverity};
use super::reason::Reason;
use crate::diff::{self, ChangeSeverity};
use crate::document::{Source, Span};
use crate::outcome::CouldNotRun;
use crate::text::suggest;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BreakEntry {
    item: String,
    change: String,
    fingerprint: Option<String>,
    reason: Reason,
}

impl BreakEntry {
    pub(super) fn into_accepted(self, span: Span) -> AcceptedBreak {
        let Self { item, change, fingerprint, reason } = self;
        AcceptedBreak { item, change, fingerprint, reason: reason.0, span }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeverityEntry {
    kind: String,
    direction: Option<DirectionName>,
    severity: SeverityName,
    #[expect(dead_code, reason = "only readers of the file need it")]
    reason: Reason,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum DirectionName {
    Request,
    Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityName {
    Breaking,
    Notice,
    Additive,
    Documentation,
}

/// The severities of kinds. The error names the line with an unknown kind.
pub(super) fn severities(
    entries: Vec<Spanned<SeverityEntry>>,
    source: &Source,
) -> Result<Vec<KindSeverity>, CouldNotRun> {
    let entry = |entry: Spanned<SeverityEntry>| {
        let line = source.position(entry.span().start).line;
        let SeverityEntry { kind, direction, severity, reason: _ } = entry.into_inner();
        if !diff::is_kind(&kind) {
            let help =
                suggest(&kind, diff::KINDS.iter().map(|(kind, _)| *kind), "`diff --format json` tells the kinds");
            return Err(CouldNotRun(format!("{}:{line}: there is no kind of changes `{kind}`; {help}", source.path)));
        }
        let direction = direction.map(|direction| match direction {
            DirectionName::Request => "request".to_owned(),
            DirectionName::Response => "response".to_owned(),
        });
        let severity = match severity {
            SeverityName::Breaking => ChangeSeverity::Breaking,
            SeverityName::Notice => ChangeSeverity::Notice,
            SeverityName::Additive => ChangeSeverity::Additive,
            SeverityName::Documentation => ChangeSeverity::Documentation,
        };
        Ok(KindSeverity { kind, direction, severity })
    };
    entries.into_iter().map(entry).collect()
}
