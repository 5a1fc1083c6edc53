use crate::document::shape::{HEADER, PARAMETER};
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "parameter-schema",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A parameter or a header has either a `schema`, or a `content` with one media type.",
    rationale: "With both, or with neither, tools cannot tell what the value is.",
    bad: "\
components:
  parameters:
    Filter:
      name: Filter
      in: query
      schema:
        type: string
      content: # here
        application/json: {}
",
    good: "\
components:
  parameters:
    Filter:
      name: Filter
      in: query
      content:
        application/json: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for object in context.objects(&PARAMETER).chain(context.objects(&HEADER)) {
        let media_types = object.entry("content");
        let finding = match (object.entry("schema"), media_types) {
            (Some(_), Some(media_types)) => {
                let message = "the keys `schema` and `content` exclude each other";
                Diagnostic::new(message, media_types.key_span.clone()).help("remove one of the keys")
            }
            (None, None) => object.finding("this has neither a `schema` nor a `content`").help("add a `schema:`"),
            (None, Some(media_types)) if media_types.node.entries().len() != 1 => {
                let number = media_types.node.entries().len();
                let message = format!("the `content` has {number} media types, and must have one");
                Diagnostic::new(message, media_types.key_span.clone()).help("keep the media type that is sent")
            }
            _ => continue,
        };
        findings.push(finding.in_object(&object.node.span));
    }
    findings
}
