//! The list of all sections.

use maud::{Markup, html};

use super::Reference;
use super::operation::method;
use crate::pages::{Heading, anchor, message};

/// The number of operations up to which all groups are open.
const OPEN: usize = 60;

/// The number of headings of the description that are in the list.
const CHAPTERS: usize = 40;

impl Reference<'_> {
    /// The highest headings of the description.
    fn chapters(&self) -> Vec<&Heading> {
        let headings = &self.chapters.headings;
        let highest = headings.iter().map(|heading| heading.level).min();
        headings.iter().filter(|heading| Some(heading.level) == highest).take(CHAPTERS).collect()
    }

    /// `list` makes a list of items, which can come later.
    pub(super) fn navigation(&self, list: &mut dyn FnMut(Markup) -> Markup) -> Markup {
        let model = self.model;
        let is_open = model.operations.len() <= OPEN;
        html! {
            ul {
                li {
                    a href="#introduction" { "Introduction" }
                    @let chapters = self.chapters();
                    @if !chapters.is_empty() {
                        ul .headings { @for chapter in chapters { li { a href=(anchor::link(&chapter.id)) { (chapter.text) } } } }
                    }
                }
                @if !model.root.items_of("servers").is_empty() { li { a href="#servers" { "Servers" } } }
                @if !model.schemes.is_empty() { li { a href="#authentication" { "Authentication" } } }
            }
            @for group in &model.groups {
                details open[is_open] {
                    summary { (group.title()) }
                    (list(html! {
                        @if group.tag.is_some() && !is_open { li { a href=(anchor::link(&group.id)) { "About " (group.title()) } } }
                        @for operation in group.operations.iter().chain(&group.also).filter_map(|index| model.operations.get(*index)) {
                            li {
                                a href=(anchor::link(&operation.id)) .gone[operation.node.is_true("deprecated")] {
                                    span { (message(&operation.title())) } (method(&operation.method))
                                }
                            }
                        }
                    }))
                }
            }
            @if !model.schemas.is_empty() {
                details open[is_open && model.schemas.len() <= OPEN] {
                    summary { "Schemas" }
                    (list(html! { @for schema in &model.schemas { li { a href=(anchor::link(&schema.id)) { (schema.name) } } } }))
                }
            }
        }
    }
}
