//! The rows of a table: properties, parameters, and items.

use maud::{Markup, html};

use super::schema::SchemaView;
use crate::document::Node;
use crate::pages::markdown::block;
use crate::schema::component_name;

/// A row of a table: a property or a parameter.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) id: Option<String>,
    pub(super) name: Markup,
    pub(super) schema: Option<&'a Node>,
    pub(super) description: Option<&'a str>,
    pub(super) is_required: bool,
    pub(super) is_deprecated: bool,
    /// The content below the description.
    pub(super) more: Markup,
}

impl<'a> SchemaView<'a> {
    pub(super) fn unnamed(&self, name: &Markup, schema: &'a Node, depth: usize) -> Row<'a> {
        Row {
            id: None,
            name: html! { em { (name) } },
            description: self.description(schema),
            is_required: false,
            is_deprecated: false,
            more: self.nested(schema, depth),
            schema: Some(schema),
        }
    }

    /// A property or a parameter.
    pub(super) fn row(&self, row: &Row<'a>) -> Markup {
        let schema = row.schema;
        let flag = |keyword: &str| schema.is_some_and(|schema| self.has_flag(schema, keyword));
        html! {
            li id=[&row.id] {
                div {
                    (row.name)
                    @if let Some(schema) = schema { i { (self.type_label(schema)) } }
                    @if row.is_required { span .flag.required { "required" } }
                    @if flag("nullable") { span .flag { "nullable" } }
                    @if flag("readOnly") { span .flag { "read only" } }
                    @if flag("writeOnly") { span .flag { "write only" } }
                    @if row.is_deprecated { span .flag.deprecated { "deprecated" } }
                }
                @if let Some(text) = row.description { (block(text, 5)) }
                @if let Some(schema) = schema { (self.facts(schema)) }
                (row.more)
            }
        }
    }

    pub(super) fn has_flag(&self, schema: &'a Node, keyword: &str) -> bool {
        // A deprecated type does not make every use of it so.
        let shared = keyword != "deprecated" || component_name(schema).is_none();
        schema.is_true(keyword)
            || (shared && self.references.resolve(schema).is_some_and(|target| target.is_true(keyword)))
    }
}
