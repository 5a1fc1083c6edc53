use crate::document::shape::SERVER;
use crate::document::{Diagnostic, Node, Severity};
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
        let names: Vec<&str> = variables.iter().map(|variable| variable.key.as_str()).collect();
        let in_url: Vec<&str> = text.split('{').skip(1).filter_map(|text| text.split('}').next()).collect();
        let unknown: Vec<&str> = in_url.iter().copied().filter(|name| !names.contains(name)).collect();
        for name in &unknown {
            let help = suggest(name, names.iter().copied(), "define it below `variables`, with a default");
            findings.push(server.finding_at_value(url, format!("undefined server variable `{name}`")).help(help));
        }
        for variable in variables {
            if !in_url.contains(&variable.key.as_str()) && unknown.is_empty() {
                let message = format!("the URL of this server does not contain `{{{}}}`", variable.key);
                let finding = Diagnostic::new(message, variable.key_span.clone());
                findings.push(finding.help("add the variable to the URL, or remove it"));
            }
            let values: Vec<&str> = variable.node.items_of("enum").iter().filter_map(Node::str).collect();
            if let Some(default) = variable.node.get("default")
                && let Some(text) = default.str()
                && !values.is_empty()
                && !values.contains(&text)
            {
                let finding = Diagnostic::new(
                    format!("the default `{text}` is not in the `enum` of the variable"),
                    default.span.clone(),
                );
                findings.push(finding.help(suggest(text, values.iter().copied(), "add it to `enum`")));
            }
        }
    }
    findings
}
