//! A parameter or a header as a row of a table.

use maud::{Markup, html};

use super::Reference;
use super::row::Row;
use super::value::inline;
use crate::document::{Node, Value};
use crate::pages::markdown::block;
use crate::schema::component_name;

/// The number of examples of a parameter that are shown.
const EXAMPLES: usize = 12;

impl<'a> Reference<'a> {
    pub(super) fn parameter(&self, parameter: &'a Node) -> Markup {
        let name = parameter.get_str("name").unwrap_or_default();
        let is_path = parameter.get_str("in") == Some("path");
        self.value_row(name, parameter, is_path)
    }

    /// The headers of a response.
    pub(super) fn headers(&self, response: &'a Node) -> Markup {
        let headers = response.entries_of("headers");
        html! {
            @if !headers.is_empty() {
                h5 { "Headers" }
                ul .props { @for header in headers { (self.value_row(&header.key, header.node.resolve(self.model.root), false)) } }
            }
        }
    }

    fn value_row(&self, name: &str, node: &'a Node, is_path: bool) -> Markup {
        let media = node.entries_of("content").first();
        let schema = node.get("schema").or_else(|| media.and_then(|media| media.node.get("schema")));
        let own = node.get_str("description").filter(|text| !text.trim().is_empty());
        let inline = schema.filter(|schema| component_name(schema).is_none());
        let beside = inline
            .and_then(|schema| self.schemas.description(schema))
            .filter(|text| own.is_some_and(|own| own.trim() != text.trim()));
        let row = Row {
            id: None,
            name: html! { b { (name) } },
            schema,
            description: own.or_else(|| schema.and_then(|schema| self.schemas.description(schema))),
            is_required: is_path || node.is_true("required"),
            is_deprecated: node.is_true("deprecated"),
            more: html! {
                @if let Some(text) = beside { (block(text, 5)) }
                (self.details(node, schema, media.map(|media| media.key.as_str())))
                @if let Some(schema) = schema { (self.schemas.nested(schema, 1)) }
            },
        };
        self.schemas.row(&row)
    }

    /// The example of a parameter, and the way in which it is written, unless that is the default.
    fn details(&self, node: &'a Node, schema: Option<&'a Node>, media_type: Option<&str>) -> Markup {
        let root = self.model.root;
        let several = node.entries_of("examples").iter().filter_map(|entry| entry.node.resolve(root).get("value"));
        let own: Vec<&Node> = node.get("example").into_iter().chain(several).take(EXAMPLES).collect();
        let style = node.get_str("style").filter(|style| !["form", "simple"].contains(style));
        let explode = node.get("explode").is_some_and(|explode| matches!(explode.value, Value::Bool(false)));
        let is_list = schema.is_some_and(|schema| super::types::kind(schema.resolve(root)) == "array");
        let written = match (media_type, style) {
            (Some(media_type), _) => Some(html! { "as " samp { (media_type) } }),
            (None, Some(style)) => Some(html! { samp { (style) } }),
            (None, None) if explode && is_list => Some(html! { "items separated by commas" }),
            (None, None) => None,
        };
        html! {
            @if !own.is_empty() || written.is_some() {
                dl .facts {
                    @if !own.is_empty() {
                        div {
                            dt { (if own.len() == 1 { "Example" } else { "Examples" }) }
                            dd { @for (index, example) in own.iter().enumerate() { @if index > 0 { " " } (inline(example)) } }
                        }
                    }
                    @if let Some(written) = written { div { dt { "Written" } dd { (written) } } }
                }
            }
        }
    }
}
