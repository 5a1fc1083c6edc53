use crate::document::{Diagnostic, Node, Severity, Span};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "response-types",
    group: Group::Codegen,
    severity: Severity::Error,
    asks: "All successful responses of an operation have the same schema, and so do all its errors.",
    why: "A function returns one type, and fails with one. The generator panics on a second.",
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
    // Two components that do not go together are one mistake, however many operations have both.
    let mut told: Vec<[usize; 2]> = Vec::new();
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
            // One that leads nowhere, or is wrong itself, is told of elsewhere.
            if resolved.get("$ref").is_some() || context.is_wrong(resolved) {
                continue;
            }
            let schema = schema(resolved).map(Node::to_json);
            match &firsts[kind] {
                None => firsts[kind] = Some((schema, response.key_span.clone(), resolved.span.start)),
                Some((first, span, other)) if *first != schema => {
                    if told.contains(&[*other, resolved.span.start]) {
                        continue;
                    }
                    told.push([*other, resolved.span.start]);
                    let kind = ["success", "error"][kind];
                    findings.push(
                        Diagnostic::new(format!("an operation with two {kind} types"), response.key_span.clone())
                            .related(span.clone(), "another type")
                            .help(format!(
                                "let every {kind} have the same schema; a class such as `{class}XX` covers all"
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
