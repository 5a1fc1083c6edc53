//! SARIF 2.1.0, the exchange format of static analysis tools.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::located::Located;
use super::locator::Location;
use crate::rules::RULES;

pub(super) fn log(findings: &[Located<'_>]) -> String {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.summary },
                "fullDescription": { "text": rule.rationale },
                "defaultConfiguration": { "level": rule.severity.name() },
                "properties": { "tags": [rule.group.name(), rule.class().name()] },
            })
        })
        .collect();
    let indices: HashMap<&str, usize> = RULES.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let results: Vec<Value> = findings.iter().map(|located| result(located, &indices)).collect();
    let driver = json!({ "name": "openapi-steward", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}")
}

fn result(located: &Located<'_>, indices: &HashMap<&str, usize>) -> Value {
    let finding = located.finding;
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
    let related = located.related.iter().map(|(location, text)| with_message(location, text));
    let places = located.places.iter().map(|place| with_message(place, "The same cause."));
    let mut related: Vec<Value> = related.chain(places).collect();
    for (index, location) in related.iter_mut().enumerate() {
        location["id"] = index.into();
    }
    json!({
        "ruleId": finding.rule,
        "ruleIndex": indices.get(finding.rule).map_or(-1, |index| i64::try_from(*index).unwrap_or(-1)),
        "level": finding.severity.name(),
        "message": { "text": format!("{}{help}", finding.message_with_label()) },
        "locations": [{ "physicalLocation": physical(&located.at) }],
        "relatedLocations": related,
        "properties": { "class": finding.class.name() },
    })
}

fn with_message(location: &Location<'_>, text: &str) -> Value {
    json!({ "physicalLocation": physical(location), "message": { "text": text } })
}

fn physical(at: &Location<'_>) -> Value {
    json!({
        "artifactLocation": { "uri": uri(at.file) },
        "region": {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        },
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
