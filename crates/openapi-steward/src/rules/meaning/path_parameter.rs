use super::path_form::braces_match;
use crate::document::{Diagnostic, Entry, Node, Severity};
use crate::rules::{Context, Group, Operation, Rule};
use crate::text::did_you_mean;

pub(crate) static RULE: Rule = Rule {
    id: "path-parameter",
    group: Group::Meaning,
    severity: Severity::Error,
    asks: "The names in the braces of a path are its path parameters, each of which is required.",
    why: "A name without a parameter is never filled in; a parameter without a place in the path is never sent.",
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
    let mut findings = Vec::new();
    for operation in context.operations() {
        template(context, operation, &mut findings);
    }
    let parameters = context.objects(&crate::document::shape::PARAMETER);
    for parameter in parameters.filter(|parameter| parameter.node.get_str("in") == Some("path")) {
        if !parameter.node.is_true("required") {
            let at = parameter.entry("required").unwrap_or(&parameter.node.entries()[0]);
            let span = if at.key == "required" { at.node.span.clone() } else { parameter.at.clone() };
            let finding = Diagnostic::new("a path parameter that is not required", span).about(&parameter.node.span);
            findings.push(finding.help("add `required: true`"));
        }
    }
    findings
}

/// Compares the names in the braces of a path with the path parameters of an operation.
fn template(context: &Context<'_>, operation: Operation<'_>, findings: &mut Vec<Diagnostic>) {
    let path = operation.path;
    if !braces_match(&path.key) {
        return;
    }
    let parameters = operation.parameters().map(|parameter| (parameter, context.resolve(parameter)));
    let parameters: Vec<(&Node, &Node)> = parameters.collect();
    // What is no parameter, or leads to none, is told of elsewhere.
    if parameters.iter().any(|(_, parameter)| parameter.get("name").is_none() || parameter.get("in").is_none()) {
        return;
    }
    let in_path = parameters.into_iter().filter(|(_, parameter)| parameter.get_str("in") == Some("path"));
    let given: Vec<(&Node, &str)> =
        in_path.filter_map(|(written, parameter)| Some((written, parameter.get_str("name")?))).collect();
    let named: Vec<&str> = path.key.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    let missing: Vec<&str> =
        named.iter().copied().filter(|name| !given.iter().any(|(_, other)| other == name)).collect();
    let unused: Vec<(&Node, &str)> = given.into_iter().filter(|(_, name)| !named.contains(name)).collect();
    for name in &missing {
        // One that is there under a similar name is the same mistake.
        let similar = did_you_mean(name, unused.iter().map(|(_, name)| *name))
            .or_else(|| unused.first().map(|(_, name)| *name).filter(|_| missing.len() == 1 && unused.len() == 1));
        let finding = match similar {
            Some(similar) => mismatch(path, name, similar),
            None => blamed(context, operation, name)
                .help(format!("add a parameter with `name: {name}`, `in: path` and `required: true`")),
        };
        if !findings.iter().any(|earlier| earlier.span == finding.span && earlier.message == finding.message) {
            findings.push(finding);
        }
    }
    for (written, name) in unused.iter().filter(|_| missing.is_empty()) {
        let at = written
            .entry("name")
            .or_else(|| written.entry("$ref"))
            .map_or(written.span.clone(), |entry| entry.node.span.clone());
        let finding = Diagnostic::new(format!("the path has no `{{{name}}}`"), at)
            .related(path.key_span.clone(), "this path")
            .help(format!("add it to the path, or remove the parameter `{name}`"));
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}

/// The operation without the parameter, or the path when none of its operations has it.
fn blamed(context: &Context<'_>, operation: Operation<'_>, name: &str) -> Diagnostic {
    let has_it = |other: &Operation<'_>| {
        other.parameters().any(|parameter| context.resolve(parameter).get_str("name") == Some(name))
    };
    let siblings = || context.operations().filter(|other| other.path.key_span == operation.path.key_span);
    if siblings().count() > 1 && !siblings().any(|other| has_it(&other)) {
        let path = operation.path;
        let message = format!("`{name}` is no parameter of this path");
        return Diagnostic::new(message, path.key_span.clone()).about(&path.node.span);
    }
    operation.blame(format!("`{name}` is no parameter of this operation"))
}

fn mismatch(path: &Entry, name: &str, similar: &str) -> Diagnostic {
    Diagnostic::new(format!("the path names `{name}`, the parameter is called `{similar}`"), path.key_span.clone())
        .help(format!("did you mean `{}`?", path.key.replace(&format!("{{{name}}}"), &format!("{{{similar}}}"))))
}
