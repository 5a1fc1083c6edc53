//! The reference of a document as a page.
//!
//! A section has an id that is made of the name of its subject. In a large document, the bodies of sections are compressed data that
//! the page puts into them when they come near the view, so that it paints at once; see [`sections`].

mod alternatives;
mod downloads;
mod enumeration;
mod examples;
mod facts;
mod link;
mod model;
mod navigation;
mod operation;
mod operation_examples;
mod overview;
mod parameter;
mod response;
mod row;
mod samples;
mod schema;
mod schema_section;
mod search_index;
mod sections;
mod security;
mod server;
mod types;
mod usage;
mod value;

use std::collections::HashMap;
use std::path::Path;

use maud::{Markup, PreEscaped, html};

pub(crate) use self::downloads::Downloads;
use self::examples::Examples;
use self::model::Model;
pub(crate) use self::samples::Template;
use self::schema::SchemaView;
use self::sections::Sections;
use self::usage::Users;
use crate::document::Node;
use crate::pages::markdown::{self, Article};
use crate::pages::{Page, links, search};

const STYLE: &str = concat!(include_str!("design/reference.css"), include_str!("../pages/design/search.css"));
const SCRIPT: &str = concat!(include_str!("design/reference.js"), include_str!("../pages/design/search.js"));

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
    /// The description of the API, whose headings are a part of the navigation.
    chapters: Article,
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
        chapters: markdown::chapters(overview::text(input.root), 2),
    };
    let sections = Sections::of(&reference);
    let content = links::without_dead(reference.sections(&sections, &input.downloads).0, |id| reference.has(id));
    let page = Page {
        title: format!("{} · API reference", model.title()),
        description: format!("The reference of {}", model.title()),
        brand: brand(&model, input.home),
        tools: search::button(),
        navigation: sections.navigation.clone(),
        content: PreEscaped(content),
        after: html! {
            (search::dialog("Search operations, schemas and fields", &reference.search_index()))
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
    /// Returns whether the page has a section with this id.
    fn has(&self, id: &str) -> bool {
        self.model.ids.contains(id) || self.chapters.headings.iter().any(|heading| heading.id == id)
    }

    fn sections(&self, sections: &Sections, downloads: &Downloads) -> Markup {
        html! {
            (self.introduction(downloads))
            (self.servers())
            (self.authentication())
            @for group in &self.model.groups {
                section .part id=(group.id) {
                    h2 { (operation::self_link(&group.id, group.title())) }
                    @if let Some(tag) = group.tag {
                        (operation::description(tag, 3))
                        (operation::external_documentation(tag))
                    }
                    (sections.operations(&group.operations))
                    @if !group.also.is_empty() {
                        ul .also {
                            @for operation in group.also.iter().filter_map(|index| self.model.operations.get(*index)) {
                                li {
                                    (operation::method(&operation.method)) " "
                                    (operation::self_link(&operation.id, &operation.title()))
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
                    (sections.schemas())
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
}

#[cfg(test)]
mod contents_tests;
#[cfg(test)]
mod tests;
