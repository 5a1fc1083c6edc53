use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Misfit, Node, Severity, Span};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "wrong-type",
    group: Group::Structure,
    severity: Severity::Error,
    asks: "Every value is of the type that OpenAPI 3.0 has at its place.",
    why: "A value of another type cannot be read, and is often a line that is indented too little: what should be inside \
          of an object then stands beside it.",
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
    let misfits = context.walk.misfits.iter().filter_map(|misfit| match misfit {
        Misfit::Type { node, expected, around } => Some((*node, expected, around)),
        _ => None,
    });
    misfits
        .map(|(node, expected, around)| {
            let message = format!("expected {expected}, found {}", node.kind());
            let finding = Diagnostic::new(message, blamed(context, node)).about(around);
            match help(context, node, expected) {
                Some(help) => finding.help(help),
                None => finding,
            }
        })
        .collect()
}

/// What to show: the value, or the key before it where there is nothing to see.
fn blamed(context: &Context<'_>, node: &Node) -> Span {
    let nothing = context.text_of(&node.span).trim().is_empty();
    if nothing { key_of(context.root, node).map_or(node.span.clone(), |(_, span)| span) } else { node.span.clone() }
}

fn help(context: &Context<'_>, node: &Node, expected: &str) -> Option<String> {
    let (key, _) = key_of(context.root, node)?;
    let of_a_schema = SCHEMA.keys.iter().any(|(name, _)| *name == key);
    if expected.starts_with("a schema") && of_a_schema {
        return Some(format!("`{key}` is a key of a schema: is this line indented too little?"));
    }
    let unquoted = node.str().filter(|_| !node.plain);
    let text = unquoted.filter(|_| !matches!(expected, "a list" | "a map"))?;
    let number = expected.contains("number") && text.parse::<f64>().is_ok();
    let boolean = expected == "true or false" && ["true", "false"].contains(&text);
    (number || boolean).then(|| format!("remove the quotes: {text}"))
}

/// The key that a node is the value of.
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
