//! SARIF 2.1.0, the exchange format of static analysis tools.

use serde_json::{Value, json};

use crate::document::{Diagnostic, Source};
use crate::rules::RULES;

pub(super) fn log(findings: &[Diagnostic], source: &Source) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.summary },
                "fullDescription": { "text": rule.rationale },
                "defaultConfiguration": { "level": rule.severity.name() },
                "properties": { "tags": [rule.group.name()] },
            })
        })
        .collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, source)).collect();
    let driver = json!({ "name": "openapi-steward", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}")
}

fn result(finding: &Diagnostic, source: &Source) -> Value {
    let span = source.on_first_line(&finding.span);
    let (start, end) = (source.position(span.start), source.position(span.end));
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    json!({
        "ruleId": finding.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule).map_or(-1, |index| i64::try_from(index).unwrap_or(-1)),
        "level": finding.severity.name(),
        "message": { "text": format!("{}{help}", finding.message_with_label()) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&source.path) },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        } }],
    })
}

/// Converts a path to a relative URI.
fn uri(path: &str) -> String {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.replace('\\', "/")
        .bytes()
        .map(|byte| if is_unreserved(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
