use crate::document::shape::MEDIA_TYPE;
use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};
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
    let mut findings = Vec::new();
    for media in context.objects(&MEDIA_TYPE) {
        let Some(schema) = media.node.get("schema").map(|schema| context.resolve(schema)) else { continue };
        if schema.get("allOf").is_some() {
            continue;
        }
        let names: Vec<&str> = schema.entries_of("properties").iter().map(|entry| entry.key.as_str()).collect();
        for field in media.node.entries_of("encoding") {
            if !names.contains(&field.key.as_str()) {
                let message = format!("the body has no property `{}`", field.key);
                let help = suggest(&field.key, names.iter().copied(), "add the property, or remove its encoding");
                findings.push(Diagnostic::new(message, field.key_span.clone()).help(help));
            }
        }
    }
    findings
}
