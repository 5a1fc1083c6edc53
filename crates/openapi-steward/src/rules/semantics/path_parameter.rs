use std::collections::HashSet;

use super::path_form::braces_match;
use super::path_template;
use crate::document::{Diagnostic, Entry, Node, Severity};
use crate::rules::rule::{Context, Group, Operation, Rule};
use crate::text::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "path-parameter",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "The names in the braces of a path are its path parameters, and these are required.",
    rationale: "A name without a parameter is never replaced by a value. A parameter without a place in the path is never sent.",
    bad: "\
paths:
  /rooms/{Sid}:
    get: # here
      responses: {}
",
    good: "\
paths:
  /rooms/{Sid}:
    get:
      parameters:
        - name: Sid
          in: path
          required: true
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Findings::default();
    let operations: Vec<Operation<'_>> = context.operations().collect();
    for siblings in operations.chunk_by(|one, other| one.path.key_span == other.path.key_span) {
        for operation in siblings {
            compare_names(context, *operation, siblings, &mut findings);
        }
    }
    let mut findings = findings.list;
    let parameters = context.objects(&crate::document::shape::PARAMETER);
    for parameter in parameters.filter(|parameter| parameter.node.get_str("in") == Some("path")) {
        if !parameter.node.is_true("required") {
            let entry = parameter.entry("required").unwrap_or(&parameter.node.entries()[0]);
            let span = if entry.key == "required" { entry.node.span.clone() } else { parameter.key_span.clone() };
            let finding = Diagnostic::new("this path parameter is not required", span).in_object(&parameter.node.span);
            findings.push(finding.help("write `required: true`"));
        }
    }
    findings
}

/// Findings, each of which is reported once for all operations of a path.
#[derive(Default)]
struct Findings {
    list: Vec<Diagnostic>,
    seen: HashSet<(usize, String)>,
}

impl Findings {
    fn push(&mut self, finding: Diagnostic) {
        if self.seen.insert((finding.span.start, finding.message.clone())) {
            self.list.push(finding);
        }
    }
}

/// Compares the names in the braces of a path with the path parameters of an operation.
fn compare_names(context: &Context<'_>, operation: Operation<'_>, siblings: &[Operation<'_>], findings: &mut Findings) {
    let path = operation.path;
    if !braces_match(&path.key) {
        return;
    }
    let parameters = operation.parameters().map(|parameter| (parameter, context.resolve(parameter)));
    let parameters: Vec<(&Node, &Node)> = parameters.collect();
    // Another rule reports an invalid parameter or reference.
    if parameters.iter().any(|(_, parameter)| parameter.get("name").is_none() || parameter.get("in").is_none()) {
        return;
    }
    let in_path = parameters.into_iter().filter(|(_, parameter)| parameter.get_str("in") == Some("path"));
    let declared: Vec<(&Node, &str)> =
        in_path.filter_map(|(written, parameter)| Some((written, parameter.get_str("name")?))).collect();
    let named: Vec<&str> = path_template::names(&path.key).collect();
    let missing: Vec<&str> =
        named.iter().copied().filter(|name| !declared.iter().any(|(_, other)| other == name)).collect();
    let unused: Vec<(&Node, &str)> = declared.into_iter().filter(|(_, name)| !named.contains(name)).collect();
    for name in &missing {
        // A missing and an unused name are one mistake if they are similar, or if they are the only ones.
        let similar = did_you_mean(name, unused.iter().map(|(_, name)| *name))
            .or_else(|| unused.first().map(|(_, name)| *name).filter(|_| missing.len() == 1 && unused.len() == 1));
        let finding = match similar {
            Some(similar) => mismatch(path, name, similar),
            None => undeclared(context, operation, siblings, name)
                .help(format!("add a parameter with `name: {name}`, `in: path` and `required: true`")),
        };
        findings.push(finding);
    }
    for (written, name) in unused.iter().filter(|_| missing.is_empty()) {
        let at = written
            .entry("name")
            .or_else(|| written.entry("$ref"))
            .map_or(written.span.clone(), |entry| entry.node.span.clone());
        let finding = Diagnostic::new(format!("the path does not contain `{{{name}}}`"), at)
            .related(path.key_span.clone(), "this path")
            .help(format!("add `{{{name}}}` to the path, or remove the parameter"));
        findings.push(finding);
    }
}

/// Returns the finding at the operation without the parameter, or at the path if none of its operations declares it.
fn undeclared(context: &Context<'_>, operation: Operation<'_>, siblings: &[Operation<'_>], name: &str) -> Diagnostic {
    let declares = |other: &Operation<'_>| {
        other.parameters().any(|parameter| context.resolve(parameter).get_str("name") == Some(name))
    };
    if siblings.len() > 1 && !siblings.iter().any(declares) {
        let path = operation.path;
        let message = format!("this path does not declare its parameter `{name}`");
        return Diagnostic::new(message, path.key_span.clone()).in_object(&path.node.span);
    }
    operation.finding(format!("this operation does not declare the path parameter `{name}`"))
}

fn mismatch(path: &Entry, name: &str, similar: &str) -> Diagnostic {
    Diagnostic::new(
        format!("the path contains `{{{name}}}`, but the parameter is named `{similar}`"),
        path.key_span.clone(),
    )
    .help(format!("did you mean `{}`?", path.key.replace(&format!("{{{name}}}"), &format!("{{{similar}}}"))))
}
