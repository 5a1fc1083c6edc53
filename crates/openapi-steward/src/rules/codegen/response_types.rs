use std::collections::HashSet;

use crate::document::{Diagnostic, Node, Severity, Span};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "response-types",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "All success responses of an operation have the same schema, and so do all its error responses.",
    rationale: "A function returns one type and one error type. The generator panics on a second one.",
    bad: "\
paths:
  /rooms:
    get:
      operationId: list_rooms
      responses:
        '200':
          description: The rooms.
          content:
            application/json:
              schema:
                type: object
        '204': # here
          description: Nothing.
",
    good: "\
paths:
  /rooms:
    get:
      operationId: list_rooms
      responses:
        2XX:
          description: The rooms.
          content:
            application/json:
              schema:
                type: object
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    // Two components with different schemas are one mistake, even if several operations use both.
    let mut reported: HashSet<[usize; 2]> = HashSet::new();
    for operation in context.operations() {
        let mut firsts: [Option<(Option<serde_json::Value>, Span, usize)>; 2] = [None, None];
        for response in operation.entry.node.entries_of("responses") {
            let class = response.key.chars().next().unwrap_or_default();
            let kind = match class {
                '2' => 0,
                '4' | '5' => 1,
                _ => continue,
            };
            let resolved = context.resolve(&response.node);
            // Another rule reports an invalid response or reference.
            if resolved.get("$ref").is_some() || context.has_error_in(resolved) {
                continue;
            }
            let schema = schema(resolved).map(Node::to_json);
            match &firsts[kind] {
                None => firsts[kind] = Some((schema, response.key_span.clone(), resolved.span.start)),
                Some((first, span, other)) if *first != schema => {
                    if !reported.insert([*other, resolved.span.start]) {
                        continue;
                    }
                    let kind = ["success", "error"][kind];
                    findings.push(
                        Diagnostic::new(format!("this operation has two {kind} types"), response.key_span.clone())
                            .related(span.clone(), "the other type")
                            .help(format!(
                                "use the same schema for every {kind} response; the class `{class}XX` covers all of them"
                            )),
                    );
                }
                Some(_) => {}
            }
        }
    }
    findings
}

fn schema(response: &Node) -> Option<&Node> {
    response.get("content")?.get("application/json")?.get("schema")
}
