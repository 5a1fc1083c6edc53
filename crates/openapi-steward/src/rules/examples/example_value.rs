use crate::document::shape::{EXAMPLE, HEADER, MEDIA_TYPE, PARAMETER};
use crate::document::{Diagnostic, DocumentObject, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "example-value",
    group: Group::Examples,
    severity: Severity::Error,
    summary: "An example has either a `value` or an `externalValue`, and an object either an `example` or `examples`.",
    rationale: "The two keys exclude each other: only one can be the example.",
    bad: "\
components:
  examples:
    room:
      value: {}
      externalValue: https://example.com/room.json # here
",
    good: "\
components:
  examples:
    room:
      value: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let both = |object: &DocumentObject<'_>, one: &str, other: &str| {
        let key = object.entry(one).and(object.entry(other))?;
        let finding = Diagnostic::new(format!("`{one}` and `{other}` exclude each other"), key.key_span.clone());
        Some(finding.in_object(&object.node.span).help("remove one of the keys"))
    };
    let mut findings: Vec<Diagnostic> =
        context.objects(&EXAMPLE).filter_map(|example| both(example, "value", "externalValue")).collect();
    for kind in [&PARAMETER, &HEADER, &MEDIA_TYPE] {
        let exclusive = context.objects(kind).filter_map(|object| both(object, "example", "examples"));
        findings.extend(exclusive.map(|finding| finding.cause("examples")));
    }
    findings
}
