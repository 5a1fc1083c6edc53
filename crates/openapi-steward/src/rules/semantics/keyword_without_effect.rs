use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "keyword-without-effect",
    group: Group::Semantics,
    severity: Severity::Warning,
    summary: "Every keyword of a schema applies to values of its type.",
    rationale: "`maxLength` limits strings and `maximum` limits numbers: next to another type they have no effect, and \
          the intended limit is not checked.",
    bad: "\
components:
  schemas:
    Name:
      type: string
      maximum: 128 # here
",
    good: "\
components:
  schemas:
    Name:
      type: string
      maxLength: 128
",
    check,
};

/// The keywords that apply to values of one type only.
const KEYWORDS: [(&str, &[&str]); 4] = [
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("object", &["properties", "required", "additionalProperties", "minProperties", "maxProperties", "discriminator"]),
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = nullable(context).collect();
    for schema in context.objects(&SCHEMA) {
        let Some(kind) = schema.node.get_str("type") else { continue };
        let own = if kind == "integer" { "number" } else { kind };
        for entry in schema.node.entries() {
            let other_types = KEYWORDS.iter().filter(|(kind, _)| *kind != own);
            for (other, _) in other_types.filter(|(_, keywords)| keywords.contains(&entry.key.as_str())) {
                let message = format!("`{}` has no effect on the type `{kind}`", entry.key);
                let finding = Diagnostic::new(message, entry.key_span.clone()).in_object(&schema.node.span);
                findings.push(
                    finding
                        .label(format!("it applies to the type `{other}`"))
                        .cause(format!("{} {kind}", entry.key))
                        .help("remove it, or fix the type"),
                );
            }
        }
    }
    findings
}

/// The findings for `nullable`, which only OpenAPI 3.0 has.
fn nullable<'d>(context: &'d Context<'_>) -> impl Iterator<Item = Diagnostic> + 'd {
    let schemas =
        context.written_walk().objects.iter().filter(|object| context.version.has_json_schema() && object.is(&SCHEMA));
    schemas.filter_map(|schema| {
        let entry = schema.entry("nullable")?;
        let finding = Diagnostic::new("`nullable` has no effect since OpenAPI 3.1", entry.key_span.clone());
        let finding = finding.in_object(&schema.node.span).cause("nullable");
        Some(finding.help("add `'null'` to `type`, which can be a list"))
    })
}
