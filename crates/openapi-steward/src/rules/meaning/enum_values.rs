use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity, Value};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "enum-values",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "An `enum` has values, each once and of the type of its schema.",
    why: "A value of another type can never match. `null` is what `nullable: true` stands for.",
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
            let finding = Diagnostic::new("an enum without values", values.key_span.clone()).about(&schema.node.span);
            findings.push(finding.help("add values, or remove `enum`"));
        }
        let kind = schema.node.get_str("type");
        let nullable = schema.node.is_true("nullable");
        for (index, item) in items.iter().enumerate() {
            if items[..index].iter().any(|earlier| earlier.to_json() == item.to_json()) {
                let finding = Diagnostic::new("this value is there twice", item.span.clone());
                findings.push(finding.help("remove one of the two"));
            } else if let Some(kind) = kind
                && !is_of(kind, item)
                && !(nullable && matches!(item.value, Value::Null))
            {
                let finding =
                    Diagnostic::new(format!("a value of another type in an enum of type `{kind}`"), item.span.clone());
                let null = matches!(item.value, Value::Null);
                let text = context.text_of(&item.span);
                findings.push(finding.label(format!("this is {}", item.kind())).help(match kind {
                    _ if null => "write `nullable: true` in its place".to_owned(),
                    "string" => format!("quote it: '{text}'"),
                    _ => "remove it, or change the type".to_owned(),
                }));
            }
        }
    }
    findings
}

/// Whether a value is of a type of OpenAPI.
fn is_of(kind: &str, node: &Node) -> bool {
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
