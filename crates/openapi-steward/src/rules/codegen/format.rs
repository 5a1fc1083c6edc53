use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Severity};
use crate::rules::{Context, Group, Rule};
use crate::text::{list, suggest};

pub(crate) static RULE: Rule = Rule {
    id: "unknown-format",
    group: Group::Codegen,
    severity: Severity::Warning,
    asks: "A `format` is one that the generator has a Rust type for, beside the type that it is for.",
    why: "The generator leaves out a format that it does not know: a misspelled `format: secnds` makes a plain number of \
          what should be a duration, without a word. Custom formats are in `steward.toml`.",
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

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for schema in context.objects(&SCHEMA) {
        let Some(entry) = schema.entry("format") else { continue };
        let format = entry.node.str().unwrap_or_default();
        let Some(kind) = schema.node.get_str("type") else {
            let finding = schema.blame_value(entry, "a format without a type");
            findings.push(finding.help("add `type:`: a format says which values of a type there are"));
            continue;
        };
        if context.formats.is_known(kind, format) {
            continue;
        }
        let known: Vec<&str> = context.formats.of_kind(kind).collect();
        let all = match known.as_slice() {
            [] => format!("remove it: the generator knows no format of type `{kind}`"),
            _ => format!("for `{kind}` the generator knows {}", list(known.iter().copied())),
        };
        findings.push(
            schema
                .blame_value(entry, format!("unknown format `{format}` of type `{kind}`"))
                .label("the generator has no Rust type for it")
                .help(suggest(format, known.iter().copied(), &all)),
        );
    }
    findings
}
