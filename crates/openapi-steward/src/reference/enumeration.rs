//! The values of an enum, with their names and descriptions.

use maud::{Markup, html};

use super::value::{inline, short};
use crate::document::{Node, Value};
use crate::pages::markdown::markdown;
use crate::schema::component_name;

/// The number of values without descriptions that are shown at once, and the number that a page has at all.
const SHOWN: usize = 24;
const MOST: usize = 3_000;
/// The extensions with a description of each value: a list in the order of the values, or a map with the values as keys.
const DESCRIPTIONS: [&str; 5] = [
    "x-enumDescriptions",
    "x-enum-descriptions",
    "x-enum-comments",
    "x-speakeasy-enum-descriptions",
    "x-enum-description",
];
/// The extensions with a name of each value, in the same forms.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-speakeasy-enums"];

/// A value, with its name and its description.
#[derive(Debug)]
pub(super) struct Constant<'a> {
    value: &'a Node,
    name: Option<&'a str>,
    text: Option<&'a str>,
}

/// The alternatives of a schema that are values, as OpenAPI 3.1 writes an enum with descriptions.
pub(super) fn constants(part: &Node) -> Option<Vec<Constant<'_>>> {
    let alternatives = part.items_of("oneOf").iter().chain(part.items_of("anyOf"));
    let constants: Option<Vec<_>> = alternatives
        .map(|alternative| match alternative.items_of("enum") {
            [value] if component_name(alternative).is_none() => {
                Some(Constant { value, name: alternative.get_str("title"), text: alternative.get_str("description") })
            }
            _ => None,
        })
        .collect();
    constants.filter(|constants| !constants.is_empty())
}

/// The values of an enum. The names and the descriptions of a shared one stand with it.
pub(super) fn values(part: &Node, is_shared: bool) -> Markup {
    let values = part.items_of("enum");
    let microsoft = part.get("x-ms-enum").map(|node| node.items_of("values")).unwrap_or_default();
    let find = |keys: &[&str], key: &str, index: usize, value: &Node| {
        let same = |one: &&Node| one.get("value").is_some_and(|one| short(one) == short(value));
        let own = keys.iter().find_map(|key| part.get(key)).and_then(|texts| at(texts, index, value));
        own.or_else(|| microsoft.iter().find(same)?.get_str(key)).filter(|text| !text.trim().is_empty())
    };
    let constants: Vec<Constant<'_>> = values
        .iter()
        .enumerate()
        .take(MOST)
        .map(|(index, value)| Constant {
            value,
            name: find(&NAMES, "name", index, value).filter(|name| Some(*name) != value.str()),
            text: find(&DESCRIPTIONS, "description", index, value),
        })
        .collect();
    let is_described = constants.iter().any(|constant| constant.text.is_some())
        || constants.iter().any(|constant| constant.name.is_some() && constant.value.str().is_none());
    if is_described && !is_shared {
        return html! { (described(&constants)) (beyond(values.len())) };
    }
    if let [only] = values {
        return html! { dl .facts { div { dt { "Always" } dd { (inline(only)) } } } };
    }
    listed(values.iter())
}

/// The values alone.
fn listed<'a>(values: impl ExactSizeIterator<Item = &'a Node> + Clone) -> Markup {
    let number = values.len();
    html! {
        div .values {
            span .values-label { "One of" }
            @for value in values.clone().take(SHOWN) { " " (inline(value)) }
            @if number > SHOWN {
                details .more {
                    summary { (number - SHOWN) " more values" }
                    div { @for value in values.take(MOST).skip(SHOWN) { (inline(value)) " " } }
                    (beyond(number))
                }
            }
        }
    }
}

/// The text for a value, in a list in the order of the values or in a map with the values as keys.
fn at<'a>(texts: &'a Node, index: usize, value: &Node) -> Option<&'a str> {
    match &texts.value {
        Value::List(texts) => texts.get(index).and_then(Node::str),
        _ => texts.get_str(value.str().unwrap_or(&short(value))),
    }
}

/// A list of values, each with its description if any has one.
pub(super) fn described(constants: &[Constant<'_>]) -> Markup {
    if constants.iter().all(|constant| constant.name.is_none() && constant.text.is_none()) {
        return listed(constants.iter().map(|constant| constant.value));
    }
    html! {
        div .enum {
            p .values-label { "One of" }
            dl {
                @for Constant { value, name, text } in constants {
                    div {
                        dt { (inline(value)) }
                        dd {
                            @if let Some(name) = name { p .muted { (name) } }
                            @if let Some(text) = text { (markdown(text, 5)) }
                        }
                    }
                }
            }
        }
    }
}

/// The number of values that only the document has.
fn beyond(number: usize) -> Markup {
    html! { @if number > MOST { p .muted { "The document has " (number - MOST) " further values." } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_yaml;

    fn html(yaml: &str, is_shared: bool) -> String {
        let (node, _) = read_yaml(yaml).unwrap_or_else(|finding| panic!("{finding:?}"));
        values(&node, is_shared).into_string()
    }

    #[test]
    fn values_have_the_descriptions_of_each_extension() {
        for extension in [
            "x-enum-descriptions: [The one, The other]",
            "x-enumDescriptions: { a: The one, b: The other }",
            "x-speakeasy-enum-descriptions: { a: The one, b: The other }",
            "x-ms-enum: { values: [{ value: b, description: The other }, { value: a, description: The one }] }",
        ] {
            let yaml = format!("enum: [a, b]\n{extension}\n");
            let shown = html(&yaml, false);
            let described = "<dt><samp>a</samp></dt><dd><p>The one</p></dd></div><div><dt><samp>b</samp>";
            assert!(shown.contains(described), "{shown}");
            assert!(!html(&yaml, true).contains("The one"));
        }
    }

    #[test]
    fn a_number_has_its_name() {
        let shown = html("enum: [1, 2]\nx-enum-varnames: [ONE, TWO]\n", false);
        assert!(shown.contains("<dt><samp>2</samp></dt><dd><p class=\"muted\">TWO</p>"), "{shown}");
        assert!(!html("enum: [a]\nx-enum-varnames: [A]\n", false).contains("class=\"enum\""));
    }

    #[test]
    fn an_enum_of_any_size_is_bounded() {
        let values: Vec<String> = (0..50_000).map(|index| format!("v{index}")).collect();
        let shown = html(&format!("enum: [{}]\n", values.join(", ")), false);
        assert_eq!(shown.matches("<samp>").count(), MOST);
        assert!(shown.contains("The document has 47000 further values."));
    }
}
