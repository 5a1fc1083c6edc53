use crate::document::shape::{COMPONENTS, DOCUMENT, INFO, LICENSE, Object, SCHEMA};
use crate::document::{Diagnostic, Entry, Severity, Value};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "openapi-3.1",
    group: Group::Structure,
    severity: Severity::Error,
    asks: "What only OpenAPI 3.1 has is not used in 3.0.",
    why: "OpenAPI 3.1 took over JSON Schema as it is; 3.0 has a dialect of its own, in which these keys mean nothing. \
          Tools for 3.0 ignore them or fail.",
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

/// The keys, and what 3.0 has in their place.
const KEYS: [(&Object, &str, &str); 26] = [
    (&SCHEMA, "const", "write `enum:` with one value"),
    (&SCHEMA, "examples", "write `example:`, which is one value"),
    (&SCHEMA, "$schema", "remove it: the dialect is that of OpenAPI 3.0"),
    (&SCHEMA, "$id", "remove it, and refer to the schema as `#/components/schemas/…`"),
    (&SCHEMA, "$anchor", "remove it, and refer to the schema as `#/components/schemas/…`"),
    (&SCHEMA, "$comment", "write a comment of YAML: `# …`"),
    (&SCHEMA, "$defs", "move the schemas into `components`"),
    (&SCHEMA, "definitions", "move the schemas into `components`"),
    (&SCHEMA, "if", "write `oneOf:`"),
    (&SCHEMA, "then", "write `oneOf:`"),
    (&SCHEMA, "else", "write `oneOf:`"),
    (&SCHEMA, "dependentSchemas", "say it in the description"),
    (&SCHEMA, "dependentRequired", "say it in the description"),
    (&SCHEMA, "prefixItems", "write `items:`, which is one schema for all items"),
    (&SCHEMA, "contains", "say it in the description"),
    (&SCHEMA, "patternProperties", "write `additionalProperties:`"),
    (&SCHEMA, "propertyNames", "say it in the description"),
    (&SCHEMA, "unevaluatedItems", "remove it"),
    (&SCHEMA, "unevaluatedProperties", "write `additionalProperties:`"),
    (&SCHEMA, "contentMediaType", "say it in the description"),
    (&SCHEMA, "contentEncoding", "write `format: byte`"),
    (&DOCUMENT, "webhooks", "remove it: 3.0 has `callbacks` of operations only"),
    (&DOCUMENT, "jsonSchemaDialect", "remove it: the dialect is that of OpenAPI 3.0"),
    (&COMPONENTS, "pathItems", "write the paths out in `paths`"),
    (&INFO, "summary", "write `description:`"),
    (&LICENSE, "identifier", "write `url:`"),
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let keys = context.walk.objects.iter().flat_map(|found| {
        let known = KEYS.iter().filter(|(kind, ..)| std::ptr::eq(*kind, found.kind));
        known.filter_map(|(_, key, help)| {
            let entry = found.entry(key)?;
            let finding = Diagnostic::new(format!("`{key}` is a key of OpenAPI 3.1"), entry.key_span.clone());
            Some(finding.label("3.0 has no such key").help(*help).about(&found.node.span))
        })
    });
    let mut findings: Vec<Diagnostic> = keys.collect();
    for found in context.objects(&SCHEMA) {
        let newer = |entry: &Entry, message: &str, help: &str| {
            let finding = Diagnostic::new(message, entry.node.span.clone()).about(&found.node.span);
            finding.label("OpenAPI 3.1 has that, 3.0 does not").help(help)
        };
        if let Some(kind) = found.entry("type") {
            let list = matches!(kind.node.value, Value::List(_)).then_some("a list of types");
            let null = (kind.node.str() == Some("null") || matches!(kind.node.value, Value::Null) && kind.node.plain)
                .then_some("the type `null`");
            if let Some(message) = list.or(null) {
                findings.push(newer(kind, message, "write one type, and `nullable: true` where it may be null"));
            }
        }
        for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if let Some(entry) = found.entry(exclusive)
                && let Value::Number(limit) = &entry.node.value
            {
                let help = format!("write `{bound}: {limit}` and `{exclusive}: true`");
                findings.push(newer(entry, &format!("`{exclusive}` with a number"), &help));
            }
        }
    }
    findings
}
