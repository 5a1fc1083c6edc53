//! The reference of a document as a page.
//!
//! A section has an id that is made of the name of its subject. In a large document, the bodies of sections are compressed data that
//! the page puts into them when they come near the view, so that it paints at once; see [`sections`].

mod alternatives;
mod downloads;
mod examples;
mod facts;
mod model;
mod navigation;
mod operation;
mod overview;
mod parameter;
mod response;
mod samples;
mod schema;
mod schema_section;
mod search;
mod sections;
mod security;
mod server;
mod types;
mod usage;
mod value;

use std::collections::HashMap;
use std::path::Path;

use maud::{Markup, html};

pub(crate) use self::downloads::Downloads;
use self::examples::Examples;
use self::model::Model;
pub(crate) use self::samples::Template;
use self::schema::SchemaView;
use self::sections::Sections;
use self::usage::Users;
use crate::document::Node;
use crate::pages::{Page, anchor, icon};

const STYLE: &str = include_str!("design/reference.css");
const SCRIPT: &str = include_str!("design/reference.js");

/// The input of a page.
#[derive(Debug)]
pub(crate) struct Input<'a> {
    /// The document, with the schemas of OpenAPI 3.0.
    pub(crate) root: &'a Node,
    /// The folder of the document, to which example files are relative.
    pub(crate) folder: &'a Path,
    pub(crate) template: Option<&'a Template>,
    pub(crate) downloads: Downloads,
    /// A link that stands in the header, such as one to the site that the page is a part of: its text and its target.
    pub(crate) home: Option<(&'a str, &'a str)>,
}

/// Renders the parts of a document.
#[derive(Debug)]
struct Reference<'a> {
    model: &'a Model<'a>,
    schemas: SchemaView<'a>,
    examples: Examples<'a>,
    users: HashMap<&'a str, Users<'a>>,
    template: Option<&'a Template>,
}

/// Returns the text of the page.
pub(crate) fn page(input: &Input<'_>) -> String {
    let model = Model::of(input.root);
    let json = input.root.to_json();
    let reference = Reference {
        model: &model,
        schemas: SchemaView::new(&model),
        examples: Examples::new(&model, &json, input.folder),
        users: usage::usage(&model),
        template: input.template,
    };
    let sections = Sections::of(&reference);
    let content = reference.sections(&sections, &input.downloads);
    let page = Page {
        title: format!("{} · API reference", model.title()),
        description: format!("The reference of {}", model.title()),
        brand: brand(&model, input.home),
        tools: html! {
            button .search-button #search-open type="button" hidden aria-haspopup="dialog" aria-label="Search" {
                (icon::SEARCH) span { "Search" } kbd { "/" }
            }
        },
        navigation: reference.navigation(),
        content,
        after: html! {
            (search::dialog())
            script #search-index type="application/octet-stream" { (reference.search_index()) }
            (sections.data())
        },
        style: STYLE,
        script: SCRIPT,
    };
    page.render()
}

fn brand(model: &Model<'_>, home: Option<(&str, &str)>) -> Markup {
    let version = model.root.get("info").and_then(|info| info.get_str("version")).unwrap_or_default();
    html! {
        @if let Some((text, target)) = home { a .home href=(target) { (text) } span .slash aria-hidden="true" { "/" } }
        a .title href="#introduction" { (model.title()) }
        @if !version.is_empty() { span .version { (version) } }
    }
}

impl Reference<'_> {
    fn sections(&self, sections: &Sections, downloads: &Downloads) -> Markup {
        html! {
            (self.introduction(downloads))
            (self.servers())
            (self.authentication())
            @for group in &self.model.groups {
                section .part id=(group.id) {
                    h2 { (operation::self_link(&group.id, group.name)) }
                    @if let Some(tag) = group.tag {
                        (operation::description(tag, 3))
                        (operation::external_documentation(tag))
                    }
                    @for index in &group.operations { (sections.operation(*index)) }
                    @if !group.also.is_empty() {
                        ul .also {
                            @for operation in group.also.iter().filter_map(|index| self.model.operations.get(*index)) {
                                li {
                                    (operation::method(&operation.method)) " "
                                    a href=(anchor::link(&operation.id)) { (operation.title()) }
                                }
                            }
                        }
                    }
                }
            }
            @if !self.model.schemas.is_empty() {
                section #schemas .part {
                    h2 { (operation::self_link("schemas", "Schemas")) }
                    noscript { p .muted { "In a large document, a script shows the fields of schemas; the JSON Schemas above have them as well." } }
                    @for index in 0..self.model.schemas.len() { (sections.schema(index)) }
                }
            }
            @if !self.model.responses.is_empty() {
                section #responses .part {
                    h2 { (operation::self_link("responses", "Shared responses")) }
                    (sections.responses())
                }
            }
        }
    }

    /// The link to an operation by its `operationId`.
    fn operation_link(&self, id: &str) -> Markup {
        html! { @if let Some(operation) = self.model.operations.iter().find(|operation| operation.node.get_str("operationId") == Some(id)) { a href=(anchor::link(&operation.id)) { (operation.title()) } } @else { code { (id) } } }
    }
}

#[cfg(test)]
mod tests;
