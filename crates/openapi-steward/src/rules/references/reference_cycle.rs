use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "reference-cycle",
    group: Group::References,
    severity: Severity::Error,
    summary: "A reference does not lead back to itself without a property or an item in between.",
    rationale: "Such a reference defines nothing, and a tool that follows it never ends. A schema that refers to itself \
          in a property or in its items is valid: it is a tree.",
    bad: "\
components:
  schemas:
    One:
      $ref: '#/components/schemas/Other' # here
    Other:
      allOf:
        - $ref: '#/components/schemas/One'
",
    good: "\
components:
  schemas:
    One:
      $ref: '#/components/schemas/Other'
    Other:
      properties:
        one:
          $ref: '#/components/schemas/One'
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let sections = context.root.entries_of("components").iter();
    let components = sections.flat_map(|section| section.node.entries());
    let mut visited: Vec<&Node> = Vec::new();
    let mut findings = Vec::new();
    for component in components {
        if visited.iter().any(|node| std::ptr::eq(*node, &raw const component.node)) {
            continue;
        }
        let mut path = vec![&component.node];
        if let Some(reference) = leads_back(context, &component.node, &component.node, &mut path) {
            visited.extend(path);
            findings.push(
                Diagnostic::new("this reference leads back to itself", reference.span.clone())
                    .help("replace one of the references of the cycle by the definition that it should lead to"),
            );
        }
    }
    findings
}

/// Returns the first reference on the way from `node` back to `start`, if there is one. `path` collects the visited nodes.
fn leads_back<'a>(context: &Context<'a>, node: &'a Node, start: &Node, path: &mut Vec<&'a Node>) -> Option<&'a Node> {
    let alternatives = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|key| node.items_of(key));
    for candidate in std::iter::once(node).chain(alternatives) {
        let Some(reference) = candidate.get("$ref") else { continue };
        let pointer = reference.str().and_then(|target| target.strip_prefix('#'));
        let Some(target) = pointer.and_then(|pointer| context.root.fragment(pointer)) else { continue };
        if std::ptr::eq(target, start) {
            return Some(reference);
        }
        if !path.iter().any(|visited| std::ptr::eq(*visited, target)) {
            path.push(target);
            if leads_back(context, target, start, path).is_some() {
                return Some(reference);
            }
        }
    }
    None
}
