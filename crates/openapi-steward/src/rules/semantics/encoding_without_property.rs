use crate::document::shape::MEDIA_TYPE;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::schema::{PropertyNames, References};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "encoding-without-property",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "Every key of `encoding` is a property of the body.",
    rationale: "The encoding of an unknown property has no effect, and the intended property is sent in another format.",
    bad: "\
components:
  requestBodies:
    Room:
      content:
        application/x-www-form-urlencoded:
          schema:
            properties:
              Rules: {}
          encoding:
            Rule: # here
              contentType: application/json
",
    good: "\
components:
  requestBodies:
    Room:
      content:
        application/x-www-form-urlencoded:
          schema:
            properties:
              Rules: {}
          encoding:
            Rules:
              contentType: application/json
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let references = References::new(context.root);
    let mut findings = Vec::new();
    for media in context.objects(&MEDIA_TYPE) {
        let encoding = media.node.entries_of("encoding");
        let Some(schema) = media.node.get("schema").filter(|_| !encoding.is_empty()) else { continue };
        let Some(names) = PropertyNames::of(schema, references) else { continue };
        for field in encoding.iter().filter(|field| !names.contains(&field.key)) {
            let message = format!("the body has no property `{}`", field.key);
            let help = suggest(&field.key, names.iter(), "add the property, or remove its encoding");
            findings.push(Diagnostic::new(message, field.key_span.clone()).help(help));
        }
    }
    findings
}
