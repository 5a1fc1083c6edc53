//! The findings that follow from those of another rule, which are left out so that each mistake is reported once.
//!
//! Every dependency is listed here. Findings of rules that are not listed never hide each other, even at the same position.

use self::Shared::{Object, Position};
use super::findings::Findings;
use super::rule::Rule;
use super::{codegen, semantics, structure, style, yaml};
use crate::document::Diagnostic;

/// The place that two findings share if one of them follows from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shared {
    /// The same position.
    Position,
    /// The same object.
    Object,
}

/// A rule, and the rules whose findings at the shared place make its own meaningless.
type Dependency = (&'static Rule, Shared, &'static [&'static Rule]);

static DEPENDENCIES: &[Dependency] = &[
    // A value or a key of OpenAPI 3.1 is unknown in 3.0.
    (&structure::unknown_key::RULE, Position, &[&structure::openapi_3_1::RULE]),
    (&structure::wrong_type::RULE, Position, &[&structure::openapi_3_1::RULE, &yaml::yaml_value::RULE]),
    (&structure::unknown_value::RULE, Position, &[&structure::openapi_3_1::RULE]),
    (&semantics::empty_range::RULE, Position, &[&structure::openapi_3_1::RULE, &structure::wrong_type::RULE]),
    // A key that is misspelled is also missing.
    (&codegen::missing_operation_id::RULE, Object, &[&structure::unknown_key::RULE]),
    (&style::error_responses::RULE, Object, &[&structure::unknown_key::RULE]),
    (
        &style::description::RULE,
        Object,
        &[&structure::unknown_key::RULE, &structure::wrong_type::RULE, &yaml::yaml_value::RULE],
    ),
    // A response without a description breaks OpenAPI.
    (&style::description::RULE, Position, &[&structure::missing_key::RULE, &structure::component_name::RULE]),
    (&style::success_response::RULE, Position, &[&semantics::empty_responses::RULE]),
    (&style::error_responses::RULE, Position, &[&semantics::empty_responses::RULE]),
    (&semantics::keyword_without_effect::RULE, Position, &[&semantics::discriminator_property::RULE]),
    // The name has to change anyway.
    (&style::schema_name_form::RULE, Position, &[&structure::component_name::RULE]),
    (&style::unused_component::RULE, Position, &[&structure::component_name::RULE]),
    (&style::operation_id_form::RULE, Position, &[&semantics::duplicate_operation_id::RULE]),
];

/// Returns whether a finding of a rule follows from an earlier one.
pub(super) fn follows(rule: &Rule, finding: &Diagnostic, earlier: &Findings) -> bool {
    let own = DEPENDENCIES.iter().filter(|(dependent, ..)| dependent.id == rule.id);
    let mut causes = own.map(|(_, shared, causes)| (*shared, *causes));
    causes.any(|(shared, causes)| {
        let is_cause = |found: &Diagnostic| causes.iter().any(|cause| cause.id == found.rule);
        match shared {
            Position => earlier.at(&finding.span).any(is_cause),
            Object => earlier.in_object(&finding.object_span).any(is_cause),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::registry::RULES;
    use super::*;

    #[test]
    fn a_rule_runs_after_those_that_it_depends_on() {
        let index = |rule: &Rule| RULES.iter().position(|other| other.id == rule.id);
        for (rule, _, causes) in DEPENDENCIES {
            assert!(causes.iter().all(|cause| index(cause) < index(rule)), "{}", rule.id);
        }
    }

    #[test]
    fn a_finding_follows_only_from_a_named_rule_at_the_same_place() {
        let rule = &style::operation_id_form::RULE;
        let finding = Diagnostic::new("", 3..5);
        let earlier = |rule: &'static Rule, span| {
            let mut earlier = Findings::default();
            earlier.push(Diagnostic { rule: rule.id, ..Diagnostic::new("", span) });
            earlier
        };
        let cause = &semantics::duplicate_operation_id::RULE;
        assert!(follows(rule, &finding, &earlier(cause, 3..5)));
        assert!(!follows(rule, &finding, &earlier(cause, 3..6)));
        assert!(!follows(rule, &finding, &earlier(&structure::wrong_type::RULE, 3..5)));
        assert!(!follows(cause, &finding, &earlier(rule, 3..5)));
    }
}
