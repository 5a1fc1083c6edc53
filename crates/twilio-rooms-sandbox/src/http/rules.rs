//! Recording rules and subscribe rules, as JSON.

use serde_json::{Value, json};

use super::error::ApiError;
use super::query::parameter;
use crate::model::{Rule, RulePurpose, RuleSet, are_valid_rules, format_timestamp};

/// Parses the rules in a field of a form.
pub(crate) fn parse_rules(value: &str, purpose: RulePurpose) -> Result<Vec<Rule>, ApiError> {
    let rules: Option<Vec<Rule>> = serde_json::from_str(value).ok();
    rules.filter(|rules| are_valid_rules(rules, purpose)).ok_or_else(|| ApiError::invalid_rules(purpose))
}

/// Parses the form of an update of rules, where they are required.
pub(crate) fn parse_rules_form(pairs: &[(String, String)], purpose: RulePurpose) -> Result<Vec<Rule>, ApiError> {
    parse_rules(parameter(pairs, "Rules").unwrap_or_default(), purpose)
}

pub(crate) fn rules_to_json(rules: &RuleSet, room_sid: &str) -> Value {
    json!({
        "date_created": rules.created.map(format_timestamp),
        "date_updated": rules.updated.map(format_timestamp),
        "room_sid": room_sid,
        "rules": rules.rules,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_and_invalid_rules_are_refused_with_the_code_of_their_purpose() {
        let cases = [
            "",
            "{}",
            "[]",
            "[{}]",
            r#"[{"all":true}]"#,
            r#"[{"type":"include"}]"#,
            r#"[{"type":"keep","all":true}]"#,
            r#"[{"type":"include","all":false}]"#,
            r#"[{"type":"include","all":true,"kind":"audio"}]"#,
            r#"[{"type":"include","kind":"smell"}]"#,
            r#"[{"type":"include","publishers":"alice"}]"#,
        ];
        for value in cases {
            for purpose in [RulePurpose::Recording, RulePurpose::Subscription] {
                assert_eq!(parse_rules(value, purpose), Err(ApiError::invalid_rules(purpose)), "{value}");
            }
        }
        assert_eq!(ApiError::invalid_rules(RulePurpose::Recording).message(), "Invalid Recording Rule(s)");
        assert_eq!(ApiError::invalid_rules(RulePurpose::Subscription).message(), "Invalid Subscribe Rule(s)");
    }
}
