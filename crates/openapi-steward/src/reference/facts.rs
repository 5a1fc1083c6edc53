//! The facts of a value beside its type: the default, the limits, the values of an enum with their descriptions.

use maud::{Markup, html};

use super::SchemaView;
use super::enumeration::{constants, described, values};
use super::types::{is_plain, kind};
use super::value::{inline, short};
use crate::document::{Node, Value};
use crate::pages::cut;
use crate::pages::markdown::block;
use crate::schema::{Composition, component_name};

impl<'a> SchemaView<'a> {
    /// The facts of a schema and of all parts of it. Those of a shared schema stand where it is used as well, unless it has
    /// properties.
    pub(super) fn facts(&self, schema: &'a Node) -> Markup {
        let composition = Composition::of(schema, self.references);
        let parts = composition.parts();
        let first = |key: &str| schema.get(key).or_else(|| parts.iter().find_map(|part| part.get(key)));
        let number = |key: &str| first(key).map(short);
        let mut facts: Vec<(&str, Markup)> = Vec::new();
        let mut add = |name: &'static str, value: Option<Markup>| facts.extend(value.map(|value| (name, value)));
        add("Default", first("default").map(inline));
        add("Example", self.example(schema));
        add("Range", range(first("minimum"), first("maximum"), first("exclusiveMinimum"), first("exclusiveMaximum")));
        add("Multiple of", number("multipleOf").map(|number| html! { samp { (number) } }));
        add("Length", between(number("minLength"), number("maxLength"), "character"));
        add("Items", between(number("minItems"), number("maxItems"), "item"));
        add("Properties", between(number("minProperties"), number("maxProperties"), "property"));
        add(
            "Items differ",
            parts.iter().any(|part| part.is_true("uniqueItems")).then(|| html! { "each is there once" }),
        );
        add("Pattern", first("pattern").and_then(Node::str).map(|pattern| html! { samp { (cut(pattern, 400)) } }));
        add("Excluded", first("not").filter(|not| !not.entries().is_empty()).map(|not| self.type_label(not)));
        // The descriptions of a shared enum stand with it.
        let is_shared = component_name(schema).is_some()
            || schema.items_of("allOf").iter().any(|part| component_name(part).is_some());
        let enumeration = parts.iter().find(|part| !part.items_of("enum").is_empty());
        let constants = parts.iter().find_map(|part| constants(part));
        html! {
            @if !facts.is_empty() {
                dl .facts { @for (name, value) in &facts { div { dt { (name) } dd { (value) } } } }
            }
            @if let Some(part) = enumeration {
                (values(part, is_shared))
            } @else if let Some(constants) = constants {
                (described(&constants))
            }
            @if let Some(items) = parts.iter().find_map(|part| self.scalar_items(part)) { (self.item_facts(items)) }
        }
    }

    /// The items of a list, or the values of a map, that have no table of their own.
    pub(super) fn scalar_items(&self, schema: &'a Node) -> Option<&'a Node> {
        let items = match kind(schema) {
            "array" if schema.items_of("prefixItems").is_empty() => schema.get("items")?,
            "object" if schema.entries_of("properties").is_empty() => schema.get("additionalProperties")?,
            _ => return None,
        };
        self.references.resolve(items).filter(|items| is_plain(items)).map(|_| items)
    }

    fn item_facts(&self, items: &'a Node) -> Markup {
        let text = items.get_str("description").filter(|text| !text.trim().is_empty());
        let facts = self.facts(items);
        html! {
            @if text.is_some() || !facts.0.is_empty() {
                div .each { p .values-label { "Each of them" } @if let Some(text) = text { (block(text, 6)) } (facts) }
            }
        }
    }

    /// The example of a schema in a line. That of a shared one stands with it, and that of an object below its fields.
    fn example(&self, schema: &'a Node) -> Option<Markup> {
        let own = |node: &'a Node| node.get("example");
        let scalar = |node: &'a Node| Some(node).filter(|node| !matches!(node.value, Value::Map(_)));
        let resolved = self.references.resolve(schema)?;
        let example = own(schema).or_else(|| own(resolved)).and_then(scalar)?;
        // The only value of an enum is said already.
        let is_told = resolved.items_of("enum").iter().any(|value| short(value) == short(example));
        (!is_told).then(|| inline(example))
    }
}

/// A range of numbers. An exclusive limit is a flag beside the limit.
fn range(minimum: Option<&Node>, maximum: Option<&Node>, above: Option<&Node>, below: Option<&Node>) -> Option<Markup> {
    let is_true = |node: Option<&Node>| node.is_some_and(|node| matches!(node.value, Value::Bool(true)));
    let low = minimum.map(|limit| (if is_true(above) { "more than " } else { "at least " }, short(limit)));
    let high = maximum.map(|limit| (if is_true(below) { "less than " } else { "at most " }, short(limit)));
    match (low, high) {
        (Some(("at least ", low)), Some(("at most ", high))) => Some(html! { samp { (low) } " to " samp { (high) } }),
        (Some((word, low)), Some((other, high))) => Some(html! { (word) samp { (low) } ", " (other) samp { (high) } }),
        (Some((word, limit)), None) | (None, Some((word, limit))) => Some(html! { (word) samp { (limit) } }),
        (None, None) => None,
    }
}

/// A number of characters, items or properties.
fn between(low: Option<String>, high: Option<String>, noun: &str) -> Option<Markup> {
    let plural = if noun == "property" { "properties".to_owned() } else { format!("{noun}s") };
    let named = |number: &str| if number == "1" { noun.to_owned() } else { plural.clone() };
    match (low.filter(|low| low != "0"), high) {
        (Some(low), Some(high)) if low == high => Some(html! { "exactly " (low) " " (named(&low)) }),
        (Some(low), Some(high)) => Some(html! { (low) " to " (high) " " (plural) }),
        (Some(low), None) => Some(html! { "at least " (low) " " (named(&low)) }),
        (None, Some(high)) => Some(html! { "at most " (high) " " (named(&high)) }),
        (None, None) => None,
    }
}
