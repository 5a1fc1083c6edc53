//! The list of all sections.

use maud::{Markup, html};

use super::Reference;
use super::operation::method;
use crate::pages::anchor;

/// The number of operations up to which all groups are open.
const OPEN: usize = 60;

impl Reference<'_> {
    pub(super) fn navigation(&self) -> Markup {
        let model = self.model;
        let is_open = model.operations.len() <= OPEN;
        html! {
            ul {
                li { a href="#introduction" { "Introduction" } }
                @if !model.root.items_of("servers").is_empty() { li { a href="#servers" { "Servers" } } }
                @if !model.schemes.is_empty() { li { a href="#authentication" { "Authentication" } } }
            }
            @for group in &model.groups {
                details open[is_open] {
                    summary { (group.name) }
                    ul {
                        @if group.tag.is_some() && !is_open { li { a href=(anchor::link(&group.id)) { "About " (group.name) } } }
                        @for operation in group.operations.iter().chain(&group.also).filter_map(|index| model.operations.get(*index)) {
                            li {
                                a href=(anchor::link(&operation.id)) .gone[operation.node.is_true("deprecated")] {
                                    span { (operation.title()) } (method(&operation.method))
                                }
                            }
                        }
                    }
                }
            }
            @if !model.schemas.is_empty() {
                details open[is_open && model.schemas.len() <= OPEN] {
                    summary { "Schemas" }
                    ul .names { @for schema in &model.schemas { li { a href=(anchor::link(&schema.id)) { (schema.name) } } } }
                }
            }
        }
    }
}
