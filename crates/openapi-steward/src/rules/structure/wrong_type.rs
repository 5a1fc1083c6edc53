use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity, ShapeMismatch, Span};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "wrong-type",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "Every value has the type that OpenAPI 3.0 requires.",
    rationale: "A value of another type cannot be read. A common cause is a line with too little indentation, which puts \
          a key next to an object instead of inside it.",
    bad: "\
components:
  schemas:
    Name:
      type: string
      maxLength: '128' # here
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

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mismatches = context.written_walk().shape_mismatches.iter().filter_map(|mismatch| match mismatch {
        ShapeMismatch::WrongType { node, expected, parent_span } => Some((*node, expected, parent_span)),
        _ => None,
    });
    mismatches
        .map(|(node, expected, parent_span)| {
            let message = format!("expected {expected}, found {}", node.kind());
            let finding = Diagnostic::new(message, visible_span(context, node)).in_object(parent_span);
            finding.help(help(context, node, expected).unwrap_or_else(|| format!("write {expected} here")))
        })
        .collect()
}

/// Returns the position of a value, or of its key if the value has no text.
fn visible_span(context: &Context<'_>, node: &Node) -> Span {
    let is_empty = context.text_of(&node.span).trim().is_empty();
    if is_empty { key_of(context.written, node).map_or(node.span.clone(), |(_, span)| span) } else { node.span.clone() }
}

fn help(context: &Context<'_>, node: &Node, expected: &str) -> Option<String> {
    let (key, _) = key_of(context.written, node)?;
    let is_schema_key = SCHEMA.keys.iter().any(|(name, _)| *name == key);
    if expected.starts_with("a schema") && is_schema_key {
        return Some(format!("`{key}` is a key of a schema: is this line indented too little?"));
    }
    let quoted = node.str().filter(|_| !node.plain);
    let text = quoted.filter(|_| !matches!(expected, "a list" | "a map"))?;
    let number = matches!(expected, "a number" | "a non-negative integer") && text.parse::<f64>().is_ok();
    let boolean = expected == "a boolean" && ["true", "false"].contains(&text);
    (number || boolean).then(|| format!("remove the quotes: {text}"))
}

/// Returns the key of a value, with its position.
fn key_of(root: &Node, node: &Node) -> Option<(String, Span)> {
    root.entries()
        .iter()
        .find_map(|entry| {
            if std::ptr::eq(&raw const entry.node, node) {
                return Some((entry.key.clone(), entry.key_span.clone()));
            }
            key_of(&entry.node, node)
        })
        .or_else(|| root.items().iter().find_map(|item| key_of(item, node)))
}
