//! The section of a schema of the components.

use maud::{Markup, html};

use super::Reference;
use super::model::Schema;
use super::operation::{code, external_documentation, self_link};
use crate::pages::markdown::block;
use crate::text::count;

/// The number of users of a schema that are shown at once.
const SHOWN_USERS: usize = 8;

impl<'a> Reference<'a> {
    pub(super) fn schema_head(schema: &Schema<'a>) -> Markup {
        html! { h3 .schema-name { (self_link(&schema.id, schema.name)) } }
    }

    pub(super) fn schema_body(&self, schema: &Schema<'a>) -> Markup {
        let view = self.schemas;
        let resolved = schema.node.resolve(self.model.root);
        // Every other example stands with the facts.
        let example = schema.node.get("example").filter(|example| !example.entries().is_empty());
        let example = example.map(|example| format!("{:#}", example.to_json()));
        html! {
            p .schema-kind {
                i { (view.own_type(schema.node)) }
                @if resolved.is_true("nullable") { span .flag { "nullable" } }
                @if resolved.is_true("deprecated") { span .flag.deprecated { "deprecated" } }
            }
            @if let Some(text) = view.description(schema.node) { (block(text, 4)) }
            (external_documentation(schema.node))
            (view.facts(schema.node))
            div .schema-body { (view.body(schema.node, Some(&schema.id))) }
            @if let Some(example) = example {
                details .more { summary { "Example" } (code(&example, "json")) }
            }
            (self.used_by(schema.name))
        }
    }

    /// The links to the operations and the schemas that use a schema.
    fn used_by(&self, name: &str) -> Markup {
        let Some(users) = self.users.get(name) else { return Markup::default() };
        let operations = users.operations.iter().filter_map(|index| self.model.operations.get(*index));
        let links = operations.map(|operation| self_link(&operation.id, &operation.title()));
        let schemas = users.schemas.iter().filter(|user| **user != name).map(|user| self.schemas.link(user));
        let links: Vec<Markup> = links.chain(schemas).collect();
        html! {
            @if !links.is_empty() {
                div .used-by {
                    span .used-by-label { "Used by" }
                    @for (index, link) in links.iter().take(SHOWN_USERS).enumerate() { @if index > 0 { ", " } (link) }
                    @if links.len() > SHOWN_USERS {
                        details .more {
                            summary { (count(links.len() - SHOWN_USERS, "more place")) }
                            @for (index, link) in links.iter().skip(SHOWN_USERS).enumerate() { @if index > 0 { ", " } (link) }
                        }
                    }
                }
            }
        }
    }
}
