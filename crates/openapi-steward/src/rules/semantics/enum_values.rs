use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity, Value};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "enum-values",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "An `enum` has at least one value, no duplicates, and only values of the type of its schema.",
    rationale: "A value of another type never matches. For `null`, OpenAPI 3.0 has `nullable: true`.",
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
        if items.is_empty() {
            let finding =
                Diagnostic::new("this enum has no values", values.key_span.clone()).in_object(&schema.node.span);
            findings.push(finding.help("add values, or remove `enum`"));
        }
        let kind = schema.node.get_str("type");
        let nullable = schema.node.is_true("nullable");
        for (index, item) in items.iter().enumerate() {
            if items[..index].iter().any(|earlier| earlier.to_json() == item.to_json()) {
                let finding = Diagnostic::new("duplicate enum value", item.span.clone());
                findings.push(finding.help("remove one of them"));
            } else if let Some(kind) = kind
                && !has_type(kind, item)
                && !(nullable && matches!(item.value, Value::Null))
            {
                let message = format!("expected a value of type `{kind}`, found {}", item.kind());
                let finding = Diagnostic::new(message, item.span.clone());
                let is_null = matches!(item.value, Value::Null);
                let text = context.text_of(&item.span);
                findings.push(finding.label(format!("the enum has type `{kind}`")).help(match kind {
                    _ if is_null => "remove it, and write `nullable: true` in the schema".to_owned(),
                    "string" => format!("quote it: '{text}'"),
                    _ => "remove it, or change the type".to_owned(),
                }));
            }
        }
    }
    findings
}

/// Returns whether a value has this type of OpenAPI.
fn has_type(kind: &str, node: &Node) -> bool {
    match (&node.value, kind) {
        (Value::Number(number), "integer") => number.is_i64() || number.is_u64(),
        (Value::String(_), "string")
        | (Value::Bool(_), "boolean")
        | (Value::Number(_), "number")
        | (Value::List(_), "array")
        | (Value::Map(_), "object") => true,
        _ => false,
    }
}
