//! SARIF 2.1.0, the form in which tools of static analysis pass on what they found.

use serde_json::{Value, json};

use super::sentence;
use crate::document::{Diagnostic, Source};
use crate::rules::RULES;

pub(super) fn log(findings: &[Diagnostic], source: &Source) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.asks },
                "fullDescription": { "text": rule.why },
                "defaultConfiguration": { "level": rule.severity.name() },
                "properties": { "tags": [rule.group.name()] },
            })
        })
        .collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, source)).collect();
    let driver = json!({ "name": "xtask-validate", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}")
}

fn result(finding: &Diagnostic, source: &Source) -> Value {
    let visible = source.visible(&finding.span);
    let (start, end) = (source.position(visible.start), source.position(visible.end));
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    json!({
        "ruleId": finding.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule).map_or(-1, |index| i64::try_from(index).unwrap_or(-1)),
        "level": finding.severity.name(),
        "message": { "text": format!("{}{help}", sentence(finding)) },
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

/// A path as the reference to a URI that it has to be.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.replace('\\', "/")
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
