use std::collections::{BTreeMap, HashMap, HashSet};

use crate::codegen::naming::{pascal_case, snake_case};
use crate::document::shape::SCHEMA;
use crate::document::{Diagnostic, Entry, Severity, Span};
use crate::rules::rule::{Context, Group, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "name-collision",
    group: Group::Codegen,
    severity: Severity::Error,
    summary: "Different names in the document stay different in Rust.",
    rationale: "A type, a field, a variant or a parameter gets its name from the document, converted to the naming \
          conventions of Rust: `room_sid` and `roomSid` become the same field.",
    bad: "\
components:
  schemas:
    Room:
      type: object
      properties:
        room_sid:
          type: string
        roomSid: # here
          type: string
",
    good: "\
components:
  schemas:
    Room:
      type: object
      properties:
        room_sid:
          type: string
        sid:
          type: string
",
    check,
};

/// A name in the document, and its position.
type Name<'a> = (&'a str, Span);

fn check(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let keys = |entries: &[Entry]| -> Vec<(String, Span)> {
        entries.iter().map(|entry| (entry.key.clone(), entry.key_span.clone())).collect()
    };
    let components = keys(context.components("schemas"));
    find_collisions("type", borrowed(&components), pascal_case, &mut findings);
    generated_names(context, &mut findings);
    for schema in context.objects(&SCHEMA) {
        let properties = keys(schema.node.entries_of("properties"));
        find_collisions("field", borrowed(&properties), snake_case, &mut findings);
        if schema.node.get_str("type") == Some("string") {
            let values = schema.node.items_of("enum").iter();
            let values = values.filter_map(|value| Some((value.str()?, value.span.clone())));
            let taken = values.clone().filter(|(value, _)| pascal_case(value) == "Unknown");
            findings.extend(taken.map(|(value, span)| {
                Diagnostic::new(format!("`{value}` collides with the variant for unknown values"), span)
                    .help("remove it: the generated enum keeps it as an unknown value, and writes it back unchanged")
            }));
            find_collisions("variant", values, pascal_case, &mut findings);
        }
    }
    for operation in context.operations() {
        let parameters = operation.parameters().map(|written| context.resolve(written));
        let names = parameters.filter_map(|parameter| {
            let name = parameter.get("name")?;
            Some((name.str()?, name.span.clone()))
        });
        find_collisions("parameter", names, snake_case, &mut findings);
    }
    // A parameter of a path is one of each of its operations.
    let mut reported = HashSet::new();
    findings.retain(|finding| reported.insert((finding.span.start, finding.message.clone())));
    findings
}

/// Finds names that the generator gives to unnamed types and that a component has already.
fn generated_names(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let mut names: Vec<(String, Span)> = Vec::new();
    for operation in context.operations() {
        let node = &operation.entry.node;
        let id = pascal_case(node.get_str("operationId").unwrap_or_default());
        let mut name_of = |name: &str, at: &Span| names.push((format!("{id}{name}"), at.clone()));
        let holds_properties =
            |media: &&Entry| media.node.get("schema").is_some_and(|schema| schema.get("properties").is_some());
        let body = node.get("requestBody").map(|body| context.resolve(body).entries_of("content")).unwrap_or_default();
        body.iter().filter(holds_properties).for_each(|media| name_of("Request", &media.key_span));
        for response in node.entries_of("responses").iter().filter(|response| response.key.starts_with('2')) {
            let media_types = context.resolve(&response.node).entries_of("content");
            media_types.iter().filter(holds_properties).for_each(|media| name_of("Response", &media.key_span));
        }
        for parameter in node.items_of("parameters") {
            if let (Some(name), Some(schema)) = (parameter.get("name"), parameter.get("schema"))
                && schema.get("enum").is_some()
            {
                name_of(&pascal_case(name.str().unwrap_or_default()), &name.span);
            }
        }
    }
    for schema in context.components("schemas") {
        for property in schema.node.entries_of("properties") {
            if property.node.get("enum").is_some() {
                names.push((format!("{}{}", schema.key, pascal_case(&property.key)), property.key_span.clone()));
            }
        }
    }
    let schemas = context.components("schemas").iter();
    let taken: HashMap<&str, &Entry> = schemas.map(|schema| (schema.key.as_str(), schema)).collect();
    for (name, at) in names {
        if let Some(schema) = taken.get(name.as_str()) {
            findings.push(
                Diagnostic::new(format!("the generated type would be named `{name}`, like a component"), at)
                    .related(schema.key_span.clone(), "the component of this name")
                    .help("refer to the component if the types are the same, or rename one of them"),
            );
        }
    }
}

fn borrowed(names: &[(String, Span)]) -> impl Iterator<Item = Name<'_>> {
    names.iter().map(|(name, span)| (name.as_str(), span.clone()))
}

/// Finds different names that become the same in Rust. Other rules find duplicate names.
fn find_collisions<'a>(
    kind: &str,
    names: impl Iterator<Item = Name<'a>>,
    in_rust: fn(&str) -> String,
    findings: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<String, Name<'a>> = BTreeMap::new();
    for (name, span) in names {
        let rust = in_rust(name);
        match seen.get(&rust) {
            Some((earlier, first)) if *earlier != name => {
                let finding =
                    Diagnostic::new(format!("`{earlier}` and `{name}` become the same Rust {kind}"), span.clone())
                        .label(format!("`{rust}`"))
                        .help("rename or remove one of them");
                findings.push(finding.related(first.clone(), format!("also `{rust}`")));
            }
            Some(_) => {}
            None => {
                seen.insert(rust, (name, span));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, read_yaml};
    use crate::formats::Formats;

    #[test]
    fn a_generated_name_can_collide_with_a_component() -> Result<(), Diagnostic> {
        let text = "components:\n  schemas:\n    Room:\n      properties:\n        status:\n          type: string\n          \
                    enum: [a]\n    RoomStatus:\n      type: string\n";
        let (root, _) = read_yaml(text)?;
        let findings = check(&Context::new(&root, &Source::new("", text), None, &Formats::default()));
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["the generated type would be named `RoomStatus`, like a component"]);
        Ok(())
    }
}
