//! The code quality report of GitLab, which shows the findings on the lines of a merge request.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::located::Located;
use super::locator::Location;
use crate::document::{Class, Severity};

pub(super) fn report(findings: &[Located<'_>]) -> String {
    let mut occurrences: HashMap<String, usize> = HashMap::new();
    let list: Value = findings
        .iter()
        .map(|located| {
            let key =
                format!("{}\n{}\n{}", located.at.file, located.finding.rule, located.finding.message_with_label());
            let occurrence = occurrences.entry(key.clone()).or_default();
            *occurrence += 1;
            issue(located, &fingerprint(&format!("{key}\n{occurrence}")))
        })
        .collect();
    format!("{list:#}")
}

fn issue(located: &Located<'_>, fingerprint: &str) -> Value {
    let finding = located.finding;
    let severity = match (finding.severity, finding.class) {
        (Severity::Error, Class::Error) => "critical",
        (Severity::Error, _) => "major",
        (Severity::Warning, _) => "minor",
    };
    let categories = if finding.class == Class::Advice { "Style" } else { "Bug Risk" };
    json!({
        "type": "issue",
        "check_name": finding.rule,
        "description": finding.message_with_label(),
        "content": { "body": finding.help.as_deref().unwrap_or_default() },
        "categories": [categories, finding.class.name()],
        "severity": severity,
        "fingerprint": fingerprint,
        "location": location(&located.at),
        "other_locations": located.places.iter().map(location).collect::<Vec<_>>(),
    })
}

fn location(at: &Location<'_>) -> Value {
    json!({
        "path": at.file,
        "lines": { "begin": at.line, "end": at.end_line },
        "positions": {
            "begin": { "line": at.line, "column": at.column },
            "end": { "line": at.end_line, "column": at.end_column },
        },
    })
}

/// An identifier that stays the same when lines are added above a finding: the 128-bit FNV-1a hash of a text.
fn fingerprint(text: &str) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = text.bytes().fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_stable() {
        assert_eq!(fingerprint(""), "6c62272e07bb014262b821756295c58d");
        assert_ne!(fingerprint("a"), fingerprint("b"));
    }
}
