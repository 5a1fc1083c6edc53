use crate::document::{Diagnostic, Node, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "reference-cycle",
    group: Group::References,
    severity: Severity::Error,
    asks: "A reference does not lead back to itself without anything in between.",
    why: "What stands for itself stands for nothing, and a tool that follows it never ends. A schema that holds itself in \
          a property or in its items is fine: that is a tree.",
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
    let mut seen: Vec<&Node> = Vec::new();
    let mut findings = Vec::new();
    for component in components {
        if seen.iter().any(|node| std::ptr::eq(*node, &raw const component.node)) {
            continue;
        }
        let mut path = vec![&component.node];
        if let Some(reference) = leads_back(context, &component.node, &component.node, &mut path) {
            seen.extend(path);
            findings.push(
                Diagnostic::new("this reference leads back to itself", reference.span.clone())
                    .help("write out what is meant in one of the places that refer to each other"),
            );
        }
    }
    findings
}

/// The first reference on the way from `node` back to `start`, if there is a way. `path` is where it went.
fn leads_back<'a>(context: &Context<'a>, node: &'a Node, start: &Node, path: &mut Vec<&'a Node>) -> Option<&'a Node> {
    let alternatives = ["allOf", "anyOf", "oneOf"].into_iter().flat_map(|key| node.items_of(key));
    for place in std::iter::once(node).chain(alternatives) {
        let Some(reference) = place.get("$ref") else { continue };
        let pointer = reference.str().and_then(|target| target.strip_prefix('#'));
        let Some(target) = pointer.and_then(|pointer| context.root.pointer(pointer)) else { continue };
        if std::ptr::eq(target, start) {
            return Some(reference);
        }
        if !path.iter().any(|seen| std::ptr::eq(*seen, target)) {
            path.push(target);
            if leads_back(context, target, start, path).is_some() {
                return Some(reference);
            }
        }
    }
    None
}
