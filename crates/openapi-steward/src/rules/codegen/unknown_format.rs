use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::{list, suggest};

pub(crate) static RULE: Rule = Rule {
    id: "unknown-format",
    group: Group::Codegen,
    severity: Severity::Warning,
    summary: "Every `format` is one that OpenAPI or `steward.toml` defines; for the generator, one with a Rust type.",
    rationale: "Tools ignore an unknown format: a misspelled `format: secnds` turns a duration into a plain number \
          without notice. `steward.toml` can add formats. OpenAPI allows any format, so this is advice.",
    bad: "\
components:
  schemas:
    Created:
      type: string
      format: datetime # here
",
    good: "\
components:
  schemas:
    Created:
      type: string
      format: date-time
",
    check,
};

/// The formats that OpenAPI 3.0 and JSON Schema define.
const OPENAPI_FORMATS: [&str; 22] = [
    "int32",
    "int64",
    "float",
    "double",
    "byte",
    "binary",
    "date",
    "date-time",
    "password",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
    "regex",
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let Some(entry) = schema.entry("format") else { continue };
        let format = entry.node.str().unwrap_or_default();
        let Some(kind) = schema.node.get_str("type") else {
            let finding = schema.finding_at_value(entry, "a format without a type has no effect").cause("no type");
            findings.push(finding.help("add `type:`"));
            continue;
        };
        // A format of OpenAPI is only of interest where the generator has no type for it.
        let is_standard = OPENAPI_FORMATS.contains(&format) && !context.for_generator;
        if is_standard || context.formats.is_known(kind, format) {
            continue;
        }
        let known: Vec<&str> = context.formats.of_kind(kind).collect();
        let all = match known.as_slice() {
            [] => format!("remove it: there are no formats of type `{kind}`"),
            _ => format!(
                "the formats of type `{kind}` are {}; `formats` in steward.toml adds others",
                list(known.iter().copied())
            ),
        };
        findings.push(
            schema
                .finding_at_value(entry, format!("unknown format `{format}` of type `{kind}`"))
                .label("the generator has no Rust type for it")
                .cause(format!("{kind} {format}"))
                .help(suggest(format, known.iter().copied(), &all)),
        );
    }
    findings
}
