use std::collections::{HashMap, HashSet};

use crate::document::{Class, Diagnostic, Node, Severity};
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
    let components: Vec<&Node> = sections.flat_map(|section| section.node.entries()).map(|entry| &entry.node).collect();
    let mut findings = Vec::new();
    let mut reported = HashSet::new();
    // A value can match another alternative, so that a cycle through alternatives does define something.
    for (keys, class) in [(&["allOf"][..], Class::Error), (&["allOf", "oneOf", "anyOf"][..], Class::Generator)] {
        let references = cycles(context, &components, keys);
        let new = references.into_iter().filter(|reference| reported.insert(reference.span.clone()));
        findings.extend(new.map(|reference| {
            Diagnostic::new("this reference leads back to itself", reference.span.clone())
                .class(class)
                .help("replace one of the references of the cycle by the definition that it should lead to")
        }));
    }
    findings
}

/// The first reference of each cycle of references that a search along these keys meets.
fn cycles<'a>(context: &Context<'a>, components: &[&'a Node], keys: &[&str]) -> Vec<&'a Node> {
    let mut visited: HashSet<*const Node> = HashSet::new();
    let mut found = Vec::new();
    for component in components {
        // The path to the current node, each with the nodes that are still to be visited from it.
        let mut path: Vec<(&'a Node, Vec<&'a Node>)> = Vec::new();
        let mut on_path: HashMap<*const Node, usize> = HashMap::new();
        let mut next = Some(*component);
        loop {
            if let Some(node) = next.take() {
                if let Some(start) = on_path.get(&std::ptr::from_ref(node)) {
                    found.extend(path[*start..].iter().find_map(|(node, _)| node.get("$ref")));
                } else if visited.insert(node) {
                    on_path.insert(node, path.len());
                    path.push((node, leads_to(context, node, keys)));
                }
            }
            let Some((node, following)) = path.last_mut() else { break };
            next = following.pop();
            if next.is_none() {
                on_path.remove(&std::ptr::from_ref(*node));
                path.pop();
            }
        }
    }
    found
}

/// The nodes that stand for a node, or of which it is composed.
fn leads_to<'a>(context: &Context<'a>, node: &'a Node, keys: &[&str]) -> Vec<&'a Node> {
    match node.get_str("$ref") {
        Some(target) => {
            target.strip_prefix('#').and_then(|pointer| context.root.fragment(pointer)).into_iter().collect()
        }
        None => keys.iter().flat_map(|key| node.items_of(key)).rev().collect(),
    }
}
