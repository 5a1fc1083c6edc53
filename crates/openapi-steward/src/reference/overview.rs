//! The first section: what the API is, and the files to download.

use maud::{Markup, html};

use super::operation::{description, external_documentation};
use super::security::url;
use super::{Downloads, Reference};
use crate::document::Node;
use crate::pages::markdown::safe_link;
use crate::text::count;

impl Reference<'_> {
    pub(super) fn introduction(&self, downloads: &Downloads) -> Markup {
        let root = self.model.root;
        let empty = root.get("info");
        let of = |key: &str| empty.and_then(|info| info.get(key));
        let text = |node: Option<&Node>, key: &str| node.and_then(|node| node.get_str(key)).map(str::to_owned);
        let (contact, license) = (of("contact"), of("license"));
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
                    (description(info, 2))
                }
                (external_documentation(root))
                (downloads.links())
                @let terms = text(empty, "termsOfService");
                @if contact.is_some() || license.is_some() || terms.is_some() {
                    dl .facts.about {
                        @if let Some(contact) = contact.filter(|contact| !contact.entries().is_empty()) {
                            div { dt { "Contact" } dd { (person(contact)) } }
                        }
                        @if let Some(license) = license {
                            div { dt { "License" } dd { (named(license)) } }
                        }
                        @if let Some(terms) = terms { div { dt { "Terms" } dd { (url(&terms)) } } }
                    }
                }
            }
        }
    }
}

/// A name that leads to its URL.
fn named(node: &Node) -> Markup {
    let target = node.get_str("url").and_then(safe_link);
    let name = node.get_str("name").or(node.get_str("url")).unwrap_or_default();
    match target {
        Some(target) => html! { a href=(target) rel="noreferrer" { (name) } },
        None => html! { (name) },
    }
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
