//! The facts of a value beside its type: the default, the limits, the values of an enum with their descriptions.

use maud::{Markup, html};

use super::SchemaView;
use super::value::{inline, short};
use crate::document::{Node, Value};
use crate::pages::cut;
use crate::pages::markdown::markdown;
use crate::schema::{Composition, component_name};

/// The number of values of an enum without descriptions that are shown at once.
const SHOWN_VALUES: usize = 24;

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
        }
    }
}

/// The alternatives of a schema that are values with a description each, as OpenAPI 3.1 writes enums.
pub(super) fn constants(part: &Node) -> Option<Vec<(&Node, Option<&str>)>> {
    let alternatives = part.items_of("oneOf").iter().chain(part.items_of("anyOf"));
    let constants: Option<Vec<_>> = alternatives
        .map(|alternative| match alternative.items_of("enum") {
            [only] if component_name(alternative).is_none() => {
                let text = alternative.get_str("description").or_else(|| alternative.get_str("title"));
                Some((only, text))
            }
            _ => None,
        })
        .collect();
    constants.filter(|constants| !constants.is_empty())
}

/// The values of an enum.
fn values(part: &Node, is_shared: bool) -> Markup {
    let values = part.items_of("enum");
    let descriptions = ["x-enumDescriptions", "x-enum-descriptions"].into_iter().find_map(|key| part.get(key));
    let description = |index: usize, value: &Node| match descriptions.map(|node| (&node.value, node)) {
        Some((Value::List(texts), _)) => texts.get(index).and_then(Node::str).map(str::to_owned),
        Some((_, map)) => map.get_str(value.str().unwrap_or(&short(value))).map(str::to_owned),
        None => None,
    };
    let texts: Vec<Option<String>> =
        values.iter().enumerate().map(|(index, value)| description(index, value)).collect();
    if texts.iter().any(Option::is_some) && !is_shared {
        let described_values: Vec<_> = values.iter().zip(texts.iter().map(Option::as_deref)).collect();
        return described(&described_values);
    }
    if let [only] = values {
        return html! { dl .facts { div { dt { "Always" } dd { (inline(only)) } } } };
    }
    html! {
        div .values {
            span .values-label { "One of" }
            @for value in values.iter().take(SHOWN_VALUES) { " " (inline(value)) }
            @if values.len() > SHOWN_VALUES {
                details .more {
                    summary { (values.len() - SHOWN_VALUES) " more values" }
                    @for value in values.iter().skip(SHOWN_VALUES) { (inline(value)) " " }
                }
            }
        }
    }
}

/// A list of values, each with its description.
fn described(values: &[(&Node, Option<&str>)]) -> Markup {
    html! {
        div .enum {
            p .values-label { "One of" }
            dl {
                @for (value, text) in values {
                    div { dt { (inline(value)) } dd { @if let Some(text) = text { (markdown(text, 5)) } } }
                }
            }
        }
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
