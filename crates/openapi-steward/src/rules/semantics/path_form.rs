use crate::document::{Diagnostic, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "path-form",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A path begins with `/`, has matching braces around each parameter, and has no query and no empty segment.",
    rationale: "The path is appended to the URL of a server as it is. Parameters describe the query; OpenAPI does not forbid it in a path, \
          so that it is advice.",
    bad: "\
paths:
  /rooms/{Sid: # here
    get:
      responses: {}
",
    good: "\
paths:
  /rooms/{Sid}:
    get:
      responses: {}
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let paths = context.root.entries_of("paths").iter().filter(|path| !path.key.starts_with("x-"));
    paths
        .filter_map(|path| {
            let key = path.key.as_str();
            let (message, help, is_error) = if !key.starts_with('/') {
                ("this path does not begin with `/`", format!("write `/{key}`"), true)
            } else if !braces_match(key) {
                ("the braces of this path do not match", "write `{name}` for each parameter".to_owned(), true)
            } else if let Some((before, _)) = key.split_once(['?', '#']) {
                (
                    "this path has a query or a fragment",
                    format!("write `{before}`, and declare the query as parameters"),
                    false,
                )
            } else if key.contains("//") {
                ("this path has an empty segment", format!("write `{}`", key.replace("//", "/")), false)
            } else {
                return None;
            };
            let finding = Diagnostic::new(message, path.key_span.clone()).in_object(&path.node.span).help(help);
            Some(if is_error { finding } else { finding.advice() })
        })
        .collect()
}

/// Returns whether each opening brace is closed before the next one opens, with a name in between.
pub(super) fn braces_match(path: &str) -> bool {
    let mut open: Option<usize> = None;
    for (at, char) in path.char_indices() {
        match (char, open) {
            ('{', None) => open = Some(at),
            ('}', Some(start)) if at > start + 1 => open = None,
            ('{' | '}', _) => return false,
            _ => {}
        }
    }
    open.is_none()
}
