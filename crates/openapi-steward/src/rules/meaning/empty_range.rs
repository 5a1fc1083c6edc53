use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity, Value};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "empty-range",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "No lower limit is above the upper one, and `multipleOf` is more than zero.",
    why: "Nothing can match such a schema.",
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

const LIMITS: [(&str, &str); 4] =
    [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let exclusive = schema.node.is_true("exclusiveMinimum") || schema.node.is_true("exclusiveMaximum");
        for (least, most) in LIMITS {
            let (Some(low), Some(high)) = (schema.entry(least), schema.entry(most)) else { continue };
            let (Some(from), Some(to)) = (number(&low.node), number(&high.node)) else { continue };
            if from > to || (exclusive && least == "minimum" && from >= to) {
                findings.push(
                    schema
                        .blame_value(high, "nothing is in this range")
                        .label(format!("`{most}` is below `{least}`"))
                        .related(low.node.span.clone(), format!("`{least}`"))
                        .help("swap the limits, or mend the one that is wrong"),
                );
            }
        }
        for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if let Some(entry) = schema.entry(exclusive)
                && schema.entry(bound).is_none()
            {
                let finding = schema.blame_value(entry, format!("`{exclusive}` without `{bound}` says nothing"));
                findings.push(finding.help(format!("add `{bound}:`, or remove `{exclusive}`")));
            }
        }
        if let Some(step) = schema.entry("multipleOf")
            && number(&step.node).is_some_and(|step| step <= 0.0)
        {
            let finding = schema.blame_value(step, "nothing is a multiple of this");
            findings.push(finding.help("write a number above zero"));
        }
    }
    findings
}

fn number(node: &Node) -> Option<f64> {
    if let Value::Number(number) = &node.value { number.as_f64() } else { None }
}
