use std::collections::BTreeSet;

use super::path_template;
use crate::document::shape::SERVER;
use crate::document::{Diagnostic, Entry, Node, Severity, Value};
use crate::rules::rule::{Context, Group, Rule};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "server-variable",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "The names in the braces of a server URL are its variables, and the default of each is one of its values.",
    rationale: "A name without a variable stays in the URL as it is. A variable that is not in the URL has no effect.",
    bad: "\
servers:
  - url: https://video.{regoin}.example.com # here
    variables:
      region:
        default: us1
",
    good: "\
servers:
  - url: https://video.{region}.example.com
    variables:
      region:
        default: us1
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for server in context.objects(&SERVER) {
        let Some(url) = server.entry("url") else { continue };
        let text = url.node.str().unwrap_or_default();
        let variables = server.node.entries_of("variables");
        let names: BTreeSet<&str> = variables.iter().map(|variable| variable.key.as_str()).collect();
        let in_url: BTreeSet<&str> = path_template::names(text).collect();
        let mut unknown = in_url.difference(&names).peekable();
        let has_unknown = unknown.peek().is_some();
        for name in unknown {
            let help = suggest(name, names.iter().copied(), "define it below `variables`, with a default");
            findings.push(server.finding_at_value(url, format!("undefined server variable `{name}`")).help(help));
        }
        for variable in variables {
            // A variable beside an undefined one is probably that one, misspelled.
            if !in_url.contains(variable.key.as_str()) && !has_unknown {
                let message = format!("the URL of this server does not contain `{{{}}}`", variable.key);
                let finding = Diagnostic::new(message, variable.key_span.clone());
                findings.push(finding.help("add the variable to the URL, or remove it").advice());
            }
            findings.extend(wrong_values(variable));
        }
    }
    findings
}

/// The finding for a variable whose default is not one of its values, or that has none.
fn wrong_values(variable: &Entry) -> Option<Diagnostic> {
    let list = variable.node.entry("enum").filter(|list| matches!(list.node.value, Value::List(_)))?;
    if list.node.items().is_empty() {
        let finding = Diagnostic::new("this server variable has no values", list.key_span.clone());
        return Some(finding.in_object(&variable.node.span).help("add values, or remove `enum`"));
    }
    let values: Vec<&str> = list.node.items().iter().filter_map(Node::str).collect();
    let default = variable.node.get("default")?;
    let text = default.str().filter(|text| !values.contains(text))?;
    let message = format!("the default `{text}` is not in the `enum` of the variable");
    let help = suggest(text, values.iter().copied(), "add it to `enum`");
    Some(Diagnostic::new(message, default.span.clone()).help(help))
}
