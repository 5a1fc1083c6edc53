//! The type of a schema in a few words, with links to the schemas that it names.

use maud::{Markup, html};

use super::SchemaView;
use super::enumeration::constants;
use crate::document::{Node, Value};
use crate::pages::anchor;
use crate::schema::component_name;

/// The number of types inside each other that are named.
const MAX_DEPTH: usize = 6;
/// The number of alternatives that are named.
const MAX_ALTERNATIVES: usize = 4;

impl<'a> SchemaView<'a> {
    /// The link to a schema of the components.
    pub(super) fn link(&self, name: &str) -> Markup {
        html! { @if let Some(id) = self.model.schema_ids.get(name) { a href=(anchor::link(id)) { (name) } } @else { (name) } }
    }

    /// The type of a schema.
    pub(super) fn type_label(&self, schema: &'a Node) -> Markup {
        self.label(schema, 0)
    }

    /// The type of a schema of the components in its own section, where a composition is shown below.
    pub(super) fn own_type(&self, schema: &'a Node) -> Markup {
        let composes = ["allOf", "oneOf", "anyOf"].into_iter().find(|key| !schema.items_of(key).is_empty());
        match composes.filter(|_| kind(schema).is_empty() || kind(schema) == "object") {
            Some("allOf") => html! { "object" },
            Some(_) if constants(schema).is_none() => html! { "one of several" },
            _ => self.type_label(schema),
        }
    }

    fn label(&self, schema: &'a Node, depth: usize) -> Markup {
        if let Some(name) = component_name(schema) {
            return self.link(name);
        }
        if depth > MAX_DEPTH {
            return html! { "…" };
        }
        if schema.get_str("$ref").is_some() {
            let target = self.references.resolve(schema);
            return target.map_or_else(|| html! { "any" }, |target| self.label(target, depth + 1));
        }
        let own_kind = kind(schema);
        if let [only] = schema.items_of("allOf")
            && own_kind.is_empty()
        {
            return self.label(only, depth + 1);
        }
        for keyword in ["oneOf", "anyOf"] {
            let alternatives = schema.items_of(keyword);
            if !alternatives.is_empty() && (own_kind.is_empty() || !alternatives.iter().all(is_condition)) {
                return self.choice(alternatives, depth);
            }
        }
        let label = match own_kind {
            "array" => {
                let items = schema.get("items").map_or_else(|| html! { "any" }, |items| self.label(items, depth + 1));
                html! { "array of " (items) }
            }
            "object" if schema.entries_of("properties").is_empty() => match schema.get("additionalProperties") {
                Some(additional) if !additional.entries().is_empty() => {
                    html! { "map of " (self.label(additional, depth + 1)) }
                }
                _ => html! { "object" },
            },
            "" if !schema.items_of("allOf").is_empty() => html! { "object" },
            "" if is_null(schema) => html! { "null" },
            "" => html! { (schema.items_of("enum").first().map_or("any", value_kind)) },
            kind => html! { (kind) },
        };
        let format = schema.get_str("format").filter(|format| !format.is_empty());
        html! { (label) @if let Some(format) = format { " " small { (format) } } }
    }

    fn choice(&self, alternatives: &'a [Node], depth: usize) -> Markup {
        html! {
            @for (index, alternative) in alternatives.iter().take(MAX_ALTERNATIVES).enumerate() {
                @if index > 0 { " or " }
                (self.label(alternative, depth + 1))
            }
            @if let Some(more @ 1..) = alternatives.len().checked_sub(MAX_ALTERNATIVES) { " or " (more) " more" }
        }
    }
}

/// The type of a schema, also of one that has only the keywords of a type.
pub(super) fn kind(schema: &Node) -> &str {
    match schema.get_str("type") {
        Some(kind) => kind,
        None if schema.get("properties").is_some() || schema.get("additionalProperties").is_some() => "object",
        None if schema.get("items").is_some() || schema.get("prefixItems").is_some() => "array",
        None => "",
    }
}

/// Returns whether a schema has no parts that could have a table: it is a value, or an object or anything without further keywords.
pub(super) fn is_plain(schema: &Node) -> bool {
    let has_parts =
        ["properties", "patternProperties", "additionalProperties", "items", "prefixItems", "allOf", "oneOf", "anyOf"]
            .into_iter()
            .any(|key| schema.get(key).is_some_and(|node| !node.entries().is_empty() || !node.items().is_empty()));
    let is_scalar = ["string", "integer", "number", "boolean"].contains(&kind(schema));
    is_scalar || (kind(schema) != "array" && !has_parts)
}

/// Returns whether an alternative only says which properties are required.
pub(super) fn is_condition(schema: &Node) -> bool {
    schema.entries().iter().all(|entry| entry.key == "required" || entry.key.starts_with("x-"))
}

fn is_null(schema: &Node) -> bool {
    matches!(schema.items_of("enum"), [only] if matches!(only.value, Value::Null))
}

fn value_kind(value: &Node) -> &'static str {
    match &value.value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
    }
}
