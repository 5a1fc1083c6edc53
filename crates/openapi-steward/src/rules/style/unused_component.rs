use std::collections::HashSet;

use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::rules::{codegen, references, semantics, structure, yaml};

pub(crate) static RULE: Rule = Rule {
    id: "unused-component",
    group: Group::Style,
    severity: Severity::Warning,
    summary: "Every component is used by an operation, directly or through other components.",
    rationale: "The generator leaves an unused component out, nothing tests it, and it goes stale.",
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

/// The rules that find parts of a document whose references are not known.
static HIDING: &[&Rule] = &[
    &yaml::yaml_duplicate_key::RULE,
    &structure::unknown_key::RULE,
    &structure::wrong_type::RULE,
    &references::remote_reference::RULE,
    &references::dangling_reference::RULE,
    &references::reference_kind::RULE,
    &semantics::path_parameter::RULE,
    &semantics::undefined_security_scheme::RULE,
    &codegen::missing_schema::RULE,
];

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    // After a misspelled name, or a part that cannot be read, the used components are not known.
    if HIDING.iter().any(|rule| context.findings.has_rule(rule.id)) {
        return Vec::new();
    }
    let roots = context.root.entries().iter().filter(|entry| entry.key != "components").map(|entry| &entry.node);
    let mut used = targets(context, roots.collect());
    let operations = context.operations().map(|operation| &operation.entry.node);
    let required = std::iter::once(context.root).chain(operations).flat_map(|node| node.items_of("security"));
    let schemes = required.flat_map(Node::entries).map(|scheme| format!("/components/securitySchemes/{}", scheme.key));
    used.extend(schemes);
    let sections = context.root.entries_of("components").iter().filter(|section| !section.key.starts_with("x-"));
    let components =
        sections.flat_map(|section| section.node.entries().iter().map(move |component| (section, component)));
    let unused = components
        .filter(|(section, component)| !used.contains(&format!("/components/{}/{}", section.key, component.key)));
    unused
        .map(|(_, component)| {
            Diagnostic::new(format!("unused component `{}`", component.key), component.key_span.clone())
                .in_object(&component.node.span)
                .help("remove it, or refer to it from an operation")
        })
        .collect()
}

/// The targets of the references in these nodes, and in those targets.
fn targets<'a>(context: &Context<'a>, mut nodes: Vec<&'a Node>) -> HashSet<String> {
    let mut targets = HashSet::new();
    while let Some(node) = nodes.pop() {
        if let Some(pointer) = node.get_str("$ref").and_then(|target| target.strip_prefix('#'))
            && targets.insert(pointer.to_owned())
        {
            nodes.extend(context.root.fragment(pointer));
        }
        // A mapping names schemas, or refers to them.
        for schema in
            node.get("discriminator").into_iter().flat_map(|discriminator| discriminator.entries_of("mapping"))
        {
            let Some(target) = schema.node.str() else { continue };
            let pointer =
                target.strip_prefix('#').map_or_else(|| format!("/components/schemas/{target}"), str::to_owned);
            if let Some(target) = context.root.fragment(&pointer)
                && targets.insert(pointer)
            {
                nodes.push(target);
            }
        }
        nodes.extend(node.entries().iter().map(|entry| &entry.node));
        nodes.extend(node.items());
    }
    targets
}
