//! The links of a response: the operations that it leads to, with the values for them.

use maud::{Markup, html};

use super::Reference;
use super::model::Operation;
use super::operation::{description, self_link};
use super::value::inline;
use crate::document::{Node, unescape};

impl<'a> Reference<'a> {
    pub(super) fn links(&self, response: &'a Node) -> Markup {
        let links = response.entries_of("links");
        html! {
            @if !links.is_empty() {
                h5 { "Links" }
                ul .props {
                    @for link in links {
                        @let node = link.node.resolve(self.model.root);
                        li {
                            div { b { (link.key) } @if let Some(target) = self.target(node) { i { "to " (target) } } }
                            (description(node, 6))
                            (values(node))
                        }
                    }
                }
            }
        }
    }

    /// The operation that a link leads to, by its id or by its place.
    fn target(&self, link: &Node) -> Option<Markup> {
        let name = link.get_str("operationId").or_else(|| link.get_str("operationRef"))?;
        let is_meant = |operation: &&Operation<'a>| {
            let own = operation.node.get_str("operationId");
            let place = name.strip_prefix("#/paths/").and_then(|place| place.split_once('/'));
            let is_place =
                place.is_some_and(|(path, method)| unescape(path) == operation.path && method == operation.method);
            own == Some(name) || (!operation.is_webhook && is_place)
        };
        let operation = self.model.operations.iter().find(is_meant);
        Some(
            operation
                .map_or_else(|| html! { code { (name) } }, |operation| self_link(&operation.id, &operation.title())),
        )
    }
}

/// The values of the parameters and of the body of the request that follows.
fn values(link: &Node) -> Markup {
    let (parameters, body) = (link.entries_of("parameters"), link.get("requestBody"));
    html! {
        @if !parameters.is_empty() || body.is_some() {
            dl .facts {
                @for parameter in parameters { div { dt { code { (parameter.key) } } dd { (inline(&parameter.node)) } } }
                @if let Some(body) = body { div { dt { "Body" } dd { (inline(body)) } } }
            }
        }
    }
}
