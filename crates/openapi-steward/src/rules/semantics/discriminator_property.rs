use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Node, Severity};
use crate::rules::rule::{Context, Group, Rule};
use crate::schema::{Composition, CompositionUsers, Discriminator, References};
use crate::text::suggest;

pub(crate) static RULE: Rule = Rule {
    id: "discriminator-property",
    group: Group::Semantics,
    severity: Severity::Error,
    summary: "The property of a discriminator is defined and required in each schema that it chooses from.",
    rationale: "Without the property in a body, nothing says which schema applies. That no schema defines it is an error; that one leaves it out, or does \
          not require it, is advice.",
    bad: "\
components:
  schemas:
    Room:
      oneOf:
        - $ref: '#/components/schemas/Group'
      discriminator:
        propertyName: kind # here
    Group:
      type: object
      properties:
        type:
          type: string
",
    good: "\
components:
  schemas:
    Room:
      oneOf:
        - $ref: '#/components/schemas/Group'
      discriminator:
        propertyName: kind
    Group:
      type: object
      required:
        - kind
      properties:
        kind:
          type: string
",
    check,
};

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let references = References::new(context.root);
    let users = CompositionUsers::of(context.objects(&SCHEMA).map(|schema| schema.node), references);
    let mut findings = Vec::new();
    for object in context.objects(&SCHEMA) {
        let Some(entry) = object.node.entry("discriminator") else { continue };
        let is_component = references.component(object.key).is_some_and(|node| std::ptr::eq(node, object.node));
        let is_composed = ["oneOf", "anyOf", "allOf"].iter().any(|key| object.node.get(key).is_some());
        if !is_component && !is_composed {
            let finding = Diagnostic::new("this discriminator has nothing to choose from", entry.key_span.clone());
            let help = "add `oneOf` or `anyOf`, or move the schema into a component that others have in their `allOf`";
            findings.push(finding.in_object(&object.node.span).help(help));
            continue;
        }
        if let Some(discriminator) = Discriminator::of(object.node, references) {
            findings.extend(property(object.node, discriminator, references, &users));
        }
    }
    findings
}

/// Checks that the schemas have the property.
fn property<'a>(
    schema: &'a Node,
    discriminator: Discriminator<'a>,
    references: References<'a>,
    users: &CompositionUsers<'a>,
) -> Option<Diagnostic> {
    let name = discriminator.property;
    let at = discriminator.node.get("propertyName")?.span.clone();
    // The schemas that this one is a part of can define the property as well.
    let whole = users.property_names(schema)?;
    let finding = |message: String| Diagnostic::new(message, at.clone()).in_object(&schema.span);
    if !whole.contains(name) {
        let help = suggest(name, whole.iter(), "define the property, and require it");
        return Some(finding(format!("no schema has the property `{name}`")).help(help));
    }
    let own = Composition::of(schema, references);
    let is_required = |composition: &Composition<'_>| composition.required(None).any(|(required, _)| required == name);
    if is_required(&own) {
        return None;
    }
    let without = discriminator
        .alternatives()
        .find(|alternative| {
            !is_required(&Composition::of(alternative, references)) && !has_own_choice(alternative, references)
        })
        .or_else(|| discriminator.alternatives().next().is_none().then_some(schema))?;
    let finding = finding(format!("the property `{name}` is not required in each schema")).advice();
    Some(finding.related(without.span.clone(), "not required here").help(format!("add `{name}` to its `required`")))
}

/// Returns whether a schema has alternatives itself, in which the property can be required.
fn has_own_choice<'a>(schema: &'a Node, references: References<'a>) -> bool {
    let schema = Composition::of(schema, references);
    schema.discriminator().is_some() || schema.alternatives().next().is_some()
}
