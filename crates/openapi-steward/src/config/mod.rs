//! `steward.toml`: the settings of one document and its repository, and every deliberate exception with its reason.

mod change_entries;
mod difference_entries;
mod entries;
mod model;
mod read;
mod reason;

pub(crate) use self::entries::{AcceptedBreak, CrateConfig, KindSeverity, RustDifference};
pub(crate) use self::model::{Command, Config};
pub(crate) use self::read::FILE;
#[cfg(test)]
pub(crate) use self::read::known_keys;
use crate::document::{Diagnostic, Severity, Span};

/// Returns the finding that an entry of `steward.toml` matches nothing.
pub(crate) fn unused(entry: &str, entry_span: &Span, reason: &str) -> Diagnostic {
    let finding = Diagnostic::new(format!("{entry} is unused"), entry_span.clone());
    let finding = finding.label(reason).help("remove the entry, or correct it");
    Diagnostic { rule: "unused-entry", severity: Severity::Warning, ..finding.advice() }
}
