use std::collections::BTreeSet;

use crate::document::{Diagnostic, Node, Severity};
use crate::rules::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "unused-component",
    group: Group::House,
    severity: Severity::Warning,
    asks: "Every component is used by some operation, directly or by way of others.",
    why: "What nothing uses is not generated, not tested, and goes stale.",
    bad: "\
components:
  schemas:
    Room: # here
      type: object
",
    good: "\
paths:
  /rooms:
    get:
      responses:
        2XX:
          description: A room.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Room'
components:
  schemas:
    Room:
      type: object
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    // What is used cannot be known of a document with errors.
    if context.has_errors() {
        return Vec::new();
    }
    let mut used = BTreeSet::new();
    for entry in context.root.entries().iter().filter(|entry| entry.key != "components") {
        reach(context, &entry.node, &mut used);
    }
    let operations = context.operations().map(|operation| &operation.entry.node);
    let asked = std::iter::once(context.root).chain(operations).flat_map(|node| node.items_of("security"));
    let schemes = asked.flat_map(Node::entries).map(|scheme| format!("/components/securitySchemes/{}", scheme.key));
    used.extend(schemes);
    let sections = context.root.entries_of("components").iter().filter(|section| !section.key.starts_with("x-"));
    let components =
        sections.flat_map(|section| section.node.entries().iter().map(move |component| (section, component)));
    let unused = components
        .filter(|(section, component)| !used.contains(&format!("/components/{}/{}", section.key, component.key)));
    unused
        .map(|(_, component)| {
            Diagnostic::new(format!("nothing uses `{}`", component.key), component.key_span.clone())
                .about(&component.node.span)
                .help("remove it, or refer to it")
        })
        .collect()
}

/// Notes what the node refers to, and what that refers to.
fn reach(context: &Context<'_>, node: &Node, used: &mut BTreeSet<String>) {
    if let Some(pointer) = node.get_str("$ref").and_then(|target| target.strip_prefix('#'))
        && used.insert(pointer.to_owned())
        && let Some(target) = context.root.pointer(pointer)
    {
        reach(context, target, used);
    }
    node.entries().iter().for_each(|entry| reach(context, &entry.node, used));
    node.items().iter().for_each(|item| reach(context, item, used));
}
