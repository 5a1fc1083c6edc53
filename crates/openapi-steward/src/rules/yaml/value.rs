use crate::document::{Diagnostic, Misfit, Node, Severity, Span, Value};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "yaml-value",
    group: Group::Yaml,
    severity: Severity::Error,
    asks: "What should be text is not taken by YAML for a number, a boolean or nothing.",
    why: "Without quotes, YAML guesses the type of a value: `1.0` is a number and loses its form, `true` is a boolean, \
          `null` is nothing.",
    bad: "\
info:
  title: Rooms
  version: 1.0 # here
",
    good: "\
info:
  title: Rooms
  version: '1.0'
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let misfits = context.walk.misfits.iter().filter_map(|misfit| match misfit {
        Misfit::Type { node, expected, around } if expected == "a string" && was_guessed(node, context) => {
            Some((*node, around))
        }
        _ => None,
    });
    let finding = |(node, around): (&Node, &Span)| {
        let text = context.text_of(&node.span);
        Diagnostic::new(format!("YAML takes `{text}` for {}", node.kind()), node.span.clone())
            .about(around)
            .label("this has to be a string")
            .help(format!("quote it: '{text}'"))
    };
    misfits.map(finding).collect()
}

/// Whether it is a scalar whose text would be a string with quotes around it.
fn was_guessed(node: &Node, context: &Context<'_>) -> bool {
    let scalar = matches!(node.value, Value::Number(_) | Value::Bool(_) | Value::Null);
    node.plain && scalar && !context.text_of(&node.span).is_empty()
}
