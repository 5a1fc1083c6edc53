use std::collections::HashSet;

use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity, Value};
use crate::rules::rule::{Context, Group, Rule};
use crate::schema::{canonical, has_type};

pub(crate) static RULE: Rule = Rule {
    id: "enum-values",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "An `enum` has at least one value, no duplicates, and only values of the type of its schema.",
    rationale: "A value of another type never matches, which is advice unless no value has the type. For `null`, OpenAPI 3.0 has \
          `nullable: true`.",
    bad: "\
components:
  schemas:
    Codec:
      type: string
      enum:
        - VP8
        - 264 # here
",
    good: "\
components:
  schemas:
    Codec:
      type: string
      enum:
        - VP8
        - '264'
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let Some(values) = schema.entry("enum") else { continue };
        let items = values.node.items();
        let is_list = matches!(values.node.value, Value::List(_));
        if items.is_empty() && is_list {
            let finding =
                Diagnostic::new("this enum has no values", values.key_span.clone()).in_object(&schema.node.span);
            let finding = finding.help("add values, or remove `enum`");
            // JSON Schema 2020-12 advises against it, and the schemas of OpenAPI 3.0 forbid it.
            findings.push(if context.version.has_json_schema() { finding.advice() } else { finding });
        }
        let kind = schema.node.get_str("type");
        let nullable = schema.node.is_true("nullable");
        let fits = |item: &Node| {
            kind.is_none_or(|kind| has_type(item, kind)) || (nullable && matches!(item.value, Value::Null))
        };
        if let Some(kind) =
            kind.filter(|_| !items.iter().any(fits) && items.iter().any(|item| !matches!(item.value, Value::Null)))
        {
            let finding = Diagnostic::new("no value matches this enum and its type", values.key_span.clone());
            let finding = finding.label(format!("no value has the type `{kind}`")).in_object(&schema.node.span);
            findings.push(finding.help("fix the type; the values of a list belong to its `items`"));
            continue;
        }
        let mut seen = HashSet::new();
        for item in items {
            if !seen.insert(canonical(item)) {
                let finding = Diagnostic::new("duplicate enum value", item.span.clone());
                findings.push(finding.help("remove one of them"));
            } else if let Some(kind) = kind.filter(|_| !fits(item)) {
                findings.push(wrong_type(context, kind, item));
            }
        }
    }
    findings
}

/// The advice for a value that never matches, because it does not have the type of the enum.
fn wrong_type(context: &Context<'_>, kind: &str, item: &Node) -> Diagnostic {
    let message = format!("expected a value of type `{kind}`, found {}", item.kind());
    let is_null = matches!(item.value, Value::Null);
    let help = match kind {
        _ if is_null => "remove it, and write `nullable: true` in the schema".to_owned(),
        "string" => format!("quote it: '{}'", context.text_of(&item.span)),
        _ => "remove it, or change the type".to_owned(),
    };
    let finding = Diagnostic::new(message, item.span.clone()).label(format!("the enum has type `{kind}`"));
    let finding = finding.help(help).advice();
    if is_null { finding.cause("null") } else { finding }
}
