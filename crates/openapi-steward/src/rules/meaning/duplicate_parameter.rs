use crate::document::{Diagnostic, Node, Severity, Span};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-parameter",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "A list of parameters has each name once in each place.",
    why: "Two parameters of the same name in the same place are one on the wire. One of an operation takes the place of \
          one of its path, which is fine.",
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
    let paths = context.root.entries_of("paths").iter().map(|path| &path.node);
    let operations = context.operations().map(|operation| &operation.entry.node);
    let mut findings = Vec::new();
    for list in paths.chain(operations).map(|node| node.items_of("parameters")) {
        let mut seen: Vec<(&str, String, Span)> = Vec::new();
        for written in list {
            let parameter = context.resolve(written);
            let (Some(name), Some(place)) = (parameter.get_str("name"), parameter.get_str("in")) else { continue };
            // Names of headers have no case.
            let name_of = if place == "header" { name.to_lowercase() } else { name.to_owned() };
            let at = at(written);
            if let Some((.., first)) = seen.iter().find(|(other, name, _)| *other == place && *name == name_of) {
                findings.push(
                    Diagnostic::new(format!("the parameter `{name}` is in `{place}` twice"), at)
                        .related(first.clone(), "the first time")
                        .help("remove or rename one of the two"),
                );
            } else {
                seen.push((place, name_of, at));
            }
        }
    }
    findings
}

/// What to blame for a parameter: its name, or the reference to it.
fn at(written: &Node) -> Span {
    let entry = written.entry("name").or_else(|| written.entry("$ref"));
    entry.map_or(written.span.clone(), |entry| entry.node.span.clone())
}
