use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity, Value};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "empty-range",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "No lower limit is above its upper limit, and `multipleOf` is greater than zero.",
    rationale: "No value can match such a schema.",
    bad: "\
components:
  schemas:
    Size:
      type: integer
      minimum: 10
      maximum: 1 # here
",
    good: "\
components:
  schemas:
    Size:
      type: integer
      minimum: 1
      maximum: 10
",
    check,
};

const LIMITS: [(&str, &str); 5] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let is_exclusive = schema.node.is_true("exclusiveMinimum") || schema.node.is_true("exclusiveMaximum");
        for (minimum, maximum) in LIMITS {
            let (Some(low), Some(high)) = (schema.entry(minimum), schema.entry(maximum)) else { continue };
            let (Some(from), Some(to)) = (number(&low.node), number(&high.node)) else { continue };
            if from > to || (is_exclusive && minimum == "minimum" && from >= to) {
                findings.push(
                    schema
                        .finding_at_value(high, "no value is within these limits")
                        .label(if from > to {
                            format!("`{maximum}` is below `{minimum}`")
                        } else {
                            "the limits are equal, and one of them is exclusive".to_owned()
                        })
                        .related(low.node.span.clone(), format!("`{minimum}`"))
                        .help("swap the limits, or fix the wrong one"),
                );
            }
        }
        for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if let Some(entry) = schema.entry(exclusive)
                && schema.node.is_true(exclusive)
                && schema.entry(bound).is_none()
            {
                let finding = schema.finding_at_value(entry, format!("`{exclusive}` without `{bound}` has no effect"));
                findings.push(finding.help(format!("add `{bound}:`, or remove `{exclusive}`")).advice());
            }
        }
        if let Some(step) = schema.entry("multipleOf")
            && number(&step.node).is_some_and(|step| step <= 0.0)
        {
            let finding = schema.finding_at_value(step, "`multipleOf` must be greater than zero");
            findings.push(finding.help("write a number that is greater than zero"));
        }
    }
    findings
}

fn number(node: &Node) -> Option<f64> {
    if let Value::Number(number) = &node.value { number.as_f64() } else { None }
}
