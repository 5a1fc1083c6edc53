//! A JSON list for programs. `schemas/findings.json` of this package describes it.

use serde_json::{Value, json};

use super::located::Located;
use super::locator::Location;

/// Renders a list with an object for each finding.
pub(super) fn list(findings: &[Located<'_>]) -> String {
    let list: Value = findings.iter().map(object).collect();
    format!("{list:#}")
}

fn object(located: &Located<'_>) -> Value {
    let finding = located.finding;
    let mut object = position(&located.at);
    object["rule"] = finding.rule.into();
    object["class"] = finding.class.name().into();
    object["severity"] = finding.severity.name().into();
    object["message"] = finding.message.as_str().into();
    object["detail"] = (*finding.label).into();
    object["help"] = finding.help.as_deref().into();
    object["places"] = located.places.iter().map(position).collect();
    object
}

fn position(location: &Location<'_>) -> Value {
    json!({
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    })
}
