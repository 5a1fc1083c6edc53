use std::collections::HashMap;

use crate::document::shape::{LINK, OPERATION};
use crate::document::{Diagnostic, DocumentObject, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::schema::References;
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "link-operation",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "A link names an operation of the document, in one of two ways, and parameters that the operation has.",
    rationale: "A link that leads nowhere cannot be followed. A parameter that the operation does not have is not sent, which is advice.",
    bad: "\
paths:
  /rooms:
    get:
      operationId: list_rooms
      responses:
        '200':
          description: The rooms.
          links:
            more:
              operationId: list_room # here
",
    good: "\
paths:
  /rooms:
    get:
      operationId: list_rooms
      responses:
        '200':
          description: The rooms.
          links:
            more:
              operationId: list_rooms
",
    check,
};

/// An operation, with the path that has it.
type Target<'d> = (&'d Node, Option<&'d Node>);

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let references = References::new(context.root);
    let operations: Vec<(&DocumentObject<'_>, Target<'_>)> = context
        .objects(&OPERATION)
        .map(|operation| {
            let path = operation.parent.and_then(|parent| context.walk.objects.get(parent));
            (operation, (operation.node, path.map(|path| path.node)))
        })
        .collect();
    let by_node: HashMap<*const Node, Target<'_>> =
        operations.iter().map(|(operation, target)| (std::ptr::from_ref(operation.node), *target)).collect();
    let by_id: HashMap<&str, Target<'_>> = operations
        .iter()
        .filter_map(|(operation, target)| Some((operation.node.get_str("operationId")?, *target)))
        .collect();
    let mut findings = Vec::new();
    for link in context.objects(&LINK) {
        let (id, reference) = (link.entry("operationId"), link.entry("operationRef"));
        let target = match (id, reference) {
            (Some(_), Some(reference)) => {
                let finding = Diagnostic::new(
                    "the keys `operationId` and `operationRef` exclude each other",
                    reference.key_span.clone(),
                );
                findings.push(finding.in_object(&link.node.span).help("remove one of the keys"));
                continue;
            }
            (None, None) => {
                let finding = link.finding("this link names no operation");
                findings.push(finding.help("add `operationId:` with the id of an operation"));
                continue;
            }
            (Some(id), None) => {
                let Some(name) = id.node.str() else { continue };
                let target = by_id.get(name);
                if target.is_none() {
                    let finding = Diagnostic::new(format!("no operation has the id `{name}`"), id.node.span.clone());
                    let help = suggest(name, by_id.keys().copied(), "write the `operationId` of an operation");
                    findings.push(finding.in_object(&link.node.span).help(help));
                }
                target
            }
            (None, Some(reference)) => {
                let text = reference.node.str().filter(|text| text.starts_with('#'));
                let Some(text) = text else { continue };
                let target = references.target(text).and_then(|node| by_node.get(&std::ptr::from_ref(node)));
                if target.is_none() {
                    let finding = Diagnostic::new(format!("`{text}` is not an operation"), reference.node.span.clone());
                    let help = "write the place of an operation, such as `#/paths/~1rooms/get`";
                    findings.push(finding.in_object(&link.node.span).help(help));
                }
                target
            }
        };
        if let Some(target) = target {
            findings.extend(unknown_parameters(context, link.node, *target));
        }
    }
    findings
}

/// The advice for the parameters of a link that its operation does not have.
fn unknown_parameters<'d>(context: &'d Context<'_>, link: &'d Node, target: Target<'d>) -> Vec<Diagnostic> {
    let (operation, path) = target;
    let lists = path.into_iter().chain([operation]).flat_map(|node| node.items_of("parameters"));
    let parameters: Vec<(&str, &str)> = lists
        .map(|parameter| context.resolve(parameter))
        .filter_map(|parameter| Some((parameter.get_str("in")?, parameter.get_str("name")?)))
        .collect();
    let is_known = |key: &str| {
        let qualified = key.split_once('.');
        parameters.iter().any(|(location, name)| key == *name || qualified == Some((*location, *name)))
    };
    let unknown = link.entries_of("parameters").iter().filter(|entry| !is_known(&entry.key));
    unknown
        .map(|entry| {
            let message = format!("the operation has no parameter `{}`", entry.key);
            let names = parameters.iter().map(|(_, name)| *name);
            let help = suggest(&entry.key, names, "write the name of a parameter of the operation");
            Diagnostic::new(message, entry.key_span.clone()).help(help).advice()
        })
        .collect()
}
