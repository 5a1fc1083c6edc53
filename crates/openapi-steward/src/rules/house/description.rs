use crate::document::shape::{HEADER, PARAMETER, REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME, TAG};
use crate::document::{Diagnostic, Node, Severity, Span};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "description",
    group: Group::House,
    severity: Severity::Warning,
    asks: "Every operation, parameter, body, response, header, tag, security scheme, schema and property has a description.",
    why: "Descriptions become the documentation of the client. A property that is a reference has that of what it refers to.",
    bad: "\
components:
  schemas:
    Room: # here
      type: object
",
    good: "\
components:
  schemas:
    Room:
      type: object
      description: A video room.
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings: Vec<Diagnostic> = described(context)
        .into_iter()
        .filter(|(_, node, _)| !is_described(context, node))
        .map(|(what, node, at)| finding(&format!("{what} without a description"), at, node).help("add `description:`"))
        .collect();
    for operation in context.operations() {
        let (node, at) = (&operation.entry.node, operation.entry.key_span.clone());
        if node.get("summary").is_none() {
            findings.push(finding("an operation without a summary", at, node).help("add `summary:`, a few words"));
        }
    }
    findings
}

fn finding(message: &str, at: Span, node: &Node) -> Diagnostic {
    Diagnostic::new(message, at).about(&node.span)
}

/// What has to have a description: what it is, and where it stands.
fn described<'a>(context: &Context<'a>) -> Vec<(String, &'a Node, Span)> {
    let mut all = Vec::new();
    for operation in context.operations() {
        all.push(("an operation".to_owned(), &operation.entry.node, operation.entry.key_span.clone()));
    }
    for kind in [&PARAMETER, &HEADER, &REQUEST_BODY, &RESPONSE, &SECURITY_SCHEME, &TAG] {
        all.extend(context.objects(kind).map(|found| (kind.name.to_owned(), found.node, found.at.clone())));
    }
    for schema in context.components("schemas") {
        all.push(("a schema".to_owned(), &schema.node, schema.key_span.clone()));
    }
    for schema in context.objects(&SCHEMA) {
        for property in schema.node.entries_of("properties") {
            all.push((format!("the property `{}`", property.key), &property.node, property.key_span.clone()));
        }
    }
    all
}

/// Whether it has a description, or is a reference to what has one.
fn is_described(context: &Context<'_>, node: &Node) -> bool {
    let target = node.resolve(context.root);
    let only = target.items_of("allOf").first().filter(|_| target.items_of("allOf").len() == 1);
    let texts = [Some(target), only.map(|part| part.resolve(context.root))];
    texts.into_iter().flatten().any(|node| node.get_str("description").is_some_and(|text| !text.trim().is_empty()))
        // What leads nowhere is told of elsewhere.
        || target.get("$ref").is_some()
}
