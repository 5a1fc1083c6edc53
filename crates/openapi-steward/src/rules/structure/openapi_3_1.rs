use crate::document::shape::{COMPONENTS, DOCUMENT, INFO, LICENSE, ObjectKind, SCHEMA};
use crate::document::{Diagnostic, Entry, Severity, Value};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "openapi-3.1",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "The document does not use features of OpenAPI 3.1.",
    rationale: "OpenAPI 3.1 uses JSON Schema unchanged, while 3.0 has its own dialect, in which these keys have no \
          meaning. Tools for 3.0 ignore them or fail.",
    bad: "\
components:
  schemas:
    Name:
      type: [string, 'null'] # here
",
    good: "\
components:
  schemas:
    Name:
      type: string
      nullable: true
",
    check,
};

/// The keys that OpenAPI 3.1 adds to an object, each with the fix.
const KEYS: [(&ObjectKind, &str, &str); 26] = [
    (&SCHEMA, "const", "write `enum:` with one value"),
    (&SCHEMA, "examples", "write `example:` with one value"),
    (&SCHEMA, "$schema", "remove it: OpenAPI 3.0 has one fixed dialect"),
    (&SCHEMA, "$id", "remove it, and refer to the schema as `#/components/schemas/…`"),
    (&SCHEMA, "$anchor", "remove it, and refer to the schema as `#/components/schemas/…`"),
    (&SCHEMA, "$comment", "write a YAML comment: `# …`"),
    (&SCHEMA, "$defs", "move the schemas into `components`"),
    (&SCHEMA, "definitions", "move the schemas into `components`"),
    (&SCHEMA, "if", "write `oneOf:`"),
    (&SCHEMA, "then", "write `oneOf:`"),
    (&SCHEMA, "else", "write `oneOf:`"),
    (&SCHEMA, "dependentSchemas", "describe it in `description`"),
    (&SCHEMA, "dependentRequired", "describe it in `description`"),
    (&SCHEMA, "prefixItems", "write `items:` with one schema for all items"),
    (&SCHEMA, "contains", "describe it in `description`"),
    (&SCHEMA, "patternProperties", "write `additionalProperties:`"),
    (&SCHEMA, "propertyNames", "describe it in `description`"),
    (&SCHEMA, "unevaluatedItems", "remove it"),
    (&SCHEMA, "unevaluatedProperties", "write `additionalProperties:`"),
    (&SCHEMA, "contentMediaType", "describe it in `description`"),
    (&SCHEMA, "contentEncoding", "write `format: byte`"),
    (&DOCUMENT, "webhooks", "remove it: OpenAPI 3.0 has only `callbacks` of operations"),
    (&DOCUMENT, "jsonSchemaDialect", "remove it: OpenAPI 3.0 has one fixed dialect"),
    (&COMPONENTS, "pathItems", "write the paths out in `paths`"),
    (&INFO, "summary", "write `description:`"),
    (&LICENSE, "identifier", "write `url:`"),
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let keys = context.written_walk().objects.iter().flat_map(|object| {
        let known = KEYS.iter().filter(|(kind, ..)| std::ptr::eq(*kind, object.kind));
        known.filter_map(|(_, key, help)| {
            let entry = object.entry(key)?;
            let finding = Diagnostic::new(format!("`{key}` requires OpenAPI 3.1"), entry.key_span.clone());
            Some(finding.label("OpenAPI 3.0 has no such key").help(*help).in_object(&object.node.span))
        })
    });
    let mut findings: Vec<Diagnostic> = keys.collect();
    for schema in context.objects(&SCHEMA) {
        let requires_3_1 = |entry: &Entry, message: &str, help: &str| {
            let finding = Diagnostic::new(message, entry.node.span.clone()).in_object(&schema.node.span);
            finding.label("OpenAPI 3.0 does not allow this").help(help)
        };
        if let Some(kind) = schema.entry("type") {
            let list = matches!(kind.node.value, Value::List(_)).then_some("a list of types requires OpenAPI 3.1");
            let null = (kind.node.str() == Some("null") || matches!(kind.node.value, Value::Null) && kind.node.plain)
                .then_some("the type `null` requires OpenAPI 3.1");
            if let Some(message) = list.or(null) {
                findings.push(requires_3_1(kind, message, "write one type, and `nullable: true` if null is allowed"));
            }
        }
        for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if let Some(entry) = schema.entry(exclusive)
                && let Value::Number(limit) = &entry.node.value
            {
                let help = format!("write `{bound}: {limit}` and `{exclusive}: true`");
                findings.push(requires_3_1(entry, &format!("`{exclusive}` with a number requires OpenAPI 3.1"), &help));
            }
        }
    }
    findings
}
