use std::collections::HashMap;

use crate::document::shape::{OPERATION, PATH_ITEM};
use crate::document::{Diagnostic, Node, Severity, Span};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-parameter",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A list of parameters has each combination of name and location once.",
    rationale: "Two parameters with the same name in the same location cannot be told apart in a request. A parameter of \
          an operation may override one of its path.",
    bad: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Page
          in: query
        - name: Page # here
          in: query
      responses: {}
",
    good: "\
paths:
  /rooms:
    get:
      parameters:
        - name: Page
          in: query
        - name: Page
          in: header
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let holders = context.objects(&PATH_ITEM).chain(context.objects(&OPERATION)).map(|object| object.node);
    let mut findings = Vec::new();
    for list in holders.map(|node| node.items_of("parameters")) {
        let mut seen: HashMap<(&str, String), Span> = HashMap::new();
        for written in list {
            let parameter = context.resolve(written);
            let (Some(name), Some(location)) = (parameter.get_str("name"), parameter.get_str("in")) else { continue };
            // The names of headers are not case-sensitive.
            let wire_name = if location == "header" { name.to_lowercase() } else { name.to_owned() };
            let span = name_span(written);
            if let Some(first) = seen.get(&(location, wire_name.clone())) {
                findings.push(
                    Diagnostic::new(format!("duplicate parameter `{name}` in `{location}`"), span)
                        .related(first.clone(), "first declared here")
                        .help("remove or rename one of them"),
                );
            } else {
                seen.insert((location, wire_name), span);
            }
        }
    }
    findings
}

/// The position of the name of a parameter, or of the reference to it.
fn name_span(written: &Node) -> Span {
    let entry = written.entry("name").or_else(|| written.entry("$ref"));
    entry.map_or(written.span.clone(), |entry| entry.node.span.clone())
}
