use crate::document::shape::{HEADER, PARAMETER, REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME, TAG};
use crate::document::{Diagnostic, Node, Severity, Span};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "description",
    group: Group::Style,
    severity: Severity::Warning,
    summary: "Every operation, parameter, body, response, header, tag, security scheme, schema and property has a description.",
    rationale: "Descriptions become the documentation of the client. A property that is a reference uses the description \
          of its target.",
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
    let mut findings: Vec<Diagnostic> = parts_to_describe(context)
        .into_iter()
        .filter(|(_, node, _)| !is_described(context, node))
        .map(|(subject, node, key_span)| {
            // All properties without a description are one finding.
            let cause = subject.split(" `").next().unwrap_or_default();
            let finding = finding(&format!("missing description of {subject}"), key_span, node).cause(cause);
            finding.help("add `description:`")
        })
        .collect();
    for operation in context.operations() {
        let (node, key_span) = (&operation.entry.node, operation.entry.key_span.clone());
        if node.get("summary").is_none() {
            findings.push(
                finding("missing summary of an operation", key_span, node)
                    .cause("summary")
                    .help("add `summary:` with a few words"),
            );
        }
    }
    findings
}

fn finding(message: &str, key_span: Span, node: &Node) -> Diagnostic {
    Diagnostic::new(message, key_span).in_object(&node.span)
}

/// The parts of the document that need a description, each with its name in messages and its position.
fn parts_to_describe<'a>(context: &Context<'a>) -> Vec<(String, &'a Node, Span)> {
    let mut all = Vec::new();
    for operation in context.operations() {
        all.push(("an operation".to_owned(), &operation.entry.node, operation.entry.key_span.clone()));
    }
    for kind in [&PARAMETER, &HEADER, &REQUEST_BODY, &RESPONSE, &SECURITY_SCHEME, &TAG] {
        all.extend(context.objects(kind).map(|object| (kind.name.to_owned(), object.node, object.key_span.clone())));
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

/// Returns whether a part has a description, or is a reference to one that has.
fn is_described<'a>(context: &Context<'a>, node: &'a Node) -> bool {
    let target = context.resolve(node);
    let only = target.items_of("allOf").first().filter(|_| target.items_of("allOf").len() == 1);
    let texts = [Some(target), only.map(|part| context.resolve(part))];
    texts.into_iter().flatten().any(|node| node.get_str("description").is_some_and(|text| !text.trim().is_empty()))
        // Another rule reports a reference without a target.
        || target.get("$ref").is_some()
}
