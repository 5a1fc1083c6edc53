//! The first section: what the API is, and the files to download.

use maud::{Markup, html};

use super::operation::external_documentation;
use super::security::url;
use super::{Downloads, Reference};
use crate::document::Node;
use crate::pages::links::safe_link;
use crate::text::count;

impl Reference<'_> {
    pub(super) fn introduction(&self, downloads: &Downloads) -> Markup {
        let root = self.model.root;
        let empty = root.get("info");
        let of = |key: &str| empty.and_then(|info| info.get(key));
        let text = |node: Option<&Node>, key: &str| node.and_then(|node| node.get_str(key)).map(str::to_owned);
        let shown = |markup: Markup| (!markup.0.trim().is_empty()).then_some(markup);
        let contact = of("contact").map(person).and_then(shown);
        let license = of("license").map(named).and_then(shown);
        let schemas = self.model.schemas.len();
        html! {
            section #introduction .part.introduction {
                h1 { (self.model.title()) }
                p .summary-line {
                    @if let Some(version) = empty.and_then(|info| info.get_str("version")) { span { "Version " (version) } }
                    span { "OpenAPI " (root.get_str("openapi").unwrap_or_default()) }
                    span { (count(self.model.operations.len(), "operation")) }
                    @if schemas > 0 { span { (count(schemas, "schema")) } }
                }
                @if let Some(info) = empty {
                    @if let Some(summary) = info.get_str("summary") { p .lead { (summary) } }
                    @if !self.chapters.html.0.is_empty() { div .text { (self.chapters.html) } }
                }
                (external_documentation(root))
                (downloads.links())
                @let terms = text(empty, "termsOfService").filter(|terms| !terms.trim().is_empty());
                @if contact.is_some() || license.is_some() || terms.is_some() {
                    dl .facts.about {
                        @if let Some(contact) = contact { div { dt { "Contact" } dd { (contact) } } }
                        @if let Some(license) = license { div { dt { "License" } dd { (license) } } }
                        @if let Some(terms) = terms { div { dt { "Terms" } dd { (url(&terms)) } } }
                    }
                }
            }
        }
    }
}

/// The description of the API.
pub(super) fn text(root: &Node) -> &str {
    root.get("info").and_then(|info| info.get_str("description")).unwrap_or_default().trim()
}

/// A name that leads to its URL.
fn named(node: &Node) -> Markup {
    let target = node.get_str("url").and_then(safe_link);
    let name = node.get_str("name").or(node.get_str("url")).unwrap_or_default();
    html! { @if let Some(target) = target { a href=(target) rel="noreferrer" { (name) } } @else { (name) } }
}

fn person(contact: &Node) -> Markup {
    let mail = contact.get_str("email").filter(|mail| !mail.is_empty());
    html! {
        (named(contact))
        @if let Some(mail) = mail {
            @if contact.get("name").is_some() || contact.get("url").is_some() { ", " }
            a href=(format!("mailto:{mail}")) { (mail) }
        }
    }
}
