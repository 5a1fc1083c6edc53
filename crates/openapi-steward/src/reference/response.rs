//! The responses of an operation, and their examples.

use maud::{Markup, html};

use super::Reference;
use super::model::{Operation, Schema};
use super::operation::{code, description};
use crate::document::{Node, is_json};
use crate::pages::anchor;
use crate::pages::markdown::{block, plain};

impl<'a> Reference<'a> {
    pub(super) fn responses(&self, node: &'a Node) -> Markup {
        let responses: Vec<_> =
            node.entries_of("responses").iter().filter(|entry| !entry.key.starts_with("x-")).collect();
        html! {
            @if !responses.is_empty() {
                h4 { "Responses" }
                @for response in responses {
                    @let resolved = response.node.resolve(self.model.root);
                    @let is_success = response.key.starts_with('2');
                    @if let Some(shared) = self.shared(&response.node).filter(|_| has_details(resolved)) {
                        details .response data-ref=(shared.id) {
                            summary { (Self::response_head(&response.key, resolved)) }
                            p .response-body { a href=(anchor::link(&shared.id)) { "Go to " (shared.name) } }
                        }
                    } @else if has_details(resolved) {
                        details .response open[is_success] {
                            summary { (Self::response_head(&response.key, resolved)) }
                            div .response-body { (self.response_body(resolved, is_success)) }
                        }
                    } @else {
                        div .response { (Self::response_head(&response.key, resolved)) }
                    }
                }
            }
        }
    }

    fn response_body(&self, response: &'a Node, is_open: bool) -> Markup {
        html! {
            (rest_of_description(response))
            (self.content(response, is_open, true))
            (self.headers(response))
            (self.links(response))
        }
    }

    /// The response of the components that this one refers to.
    fn shared(&self, response: &Node) -> Option<&Schema<'a>> {
        let name = response.get_str("$ref")?.strip_prefix("#/components/responses/")?;
        self.model.responses.iter().find(|shared| shared.name == name)
    }

    /// The section of a shared response. Its body is shown in the operations as well.
    pub(super) fn shared_response(&self, response: &Schema<'a>) -> Markup {
        let resolved = response.node.resolve(self.model.root);
        let media = resolved.entries_of("content").iter().min_by_key(|media| !is_json(&media.key));
        let examples = media.map(|media| self.examples.all(&media.node, false)).unwrap_or_default();
        html! {
            p { (first_paragraph(resolved)) }
            div .schema-body {
                (self.response_body(resolved, false))
                @for example in examples {
                    details .more {
                        summary { (example.title) }
                        (code(&example.text, if example.is_json { "json" } else { "text" }))
                    }
                }
            }
        }
    }

    /// The status, and the first sentence of the description.
    fn response_head(status: &str, response: &'a Node) -> Markup {
        let text = first_paragraph(response);
        html! { span class=(format!("status {}", class(status))) { (status) } " " span { (text) } }
    }

    /// The operations that a response leads to.
    fn links(&self, response: &'a Node) -> Markup {
        let links = response.entries_of("links");
        html! {
            @if !links.is_empty() {
                h5 { "Links" }
                ul .props {
                    @for link in links {
                        @let node = link.node.resolve(self.model.root);
                        li {
                            div {
                                b { (link.key) }
                                @if let Some(id) = node.get_str("operationId") { i { "to " (self.operation_link(id)) } }
                            }
                            (description(node, 6))
                        }
                    }
                }
            }
        }
    }

    /// The examples of all responses, the successes first.
    pub(super) fn response_examples(&self, operation: &Operation<'a>) -> Markup {
        let mut shown = Vec::new();
        for response in operation.node.entries_of("responses") {
            let resolved = response.node.resolve(self.model.root);
            let is_success = response.key.starts_with('2');
            let media = resolved.entries_of("content").iter().min_by_key(|media| !is_json(&media.key));
            let examples = media.map(|media| {
                let has_own = media.node.get("example").is_some() || media.node.get("examples").is_some();
                if is_success || has_own { self.examples.all(&media.node, false) } else { Vec::new() }
            });
            // The examples of shared errors would stand in every operation.
            let is_shared = !is_success && response.node.get_str("$ref").is_some();
            shown.extend(
                examples.filter(|_| !is_shared).into_iter().flatten().map(|example| (response.key.as_str(), example)),
            );
        }
        html! {
            @if !shown.is_empty() {
                div .code-box {
                    p .code-title { (if shown.len() == 1 { "Response" } else { "Responses" }) }
                    @for (index, (status, example)) in shown.iter().enumerate() {
                        details .example open[index == 0] {
                            summary { span class=(format!("status {}", class(status))) { (status) } " " span { (example.title) } }
                            (code(&example.text, if example.is_json { "json" } else { "text" }))
                        }
                    }
                }
            }
        }
    }
}

/// The class of a status: whether it is a success.
fn class(status: &str) -> &'static str {
    match status.as_bytes().first() {
        Some(b'2') => "success",
        Some(b'3') => "redirect",
        Some(b'4' | b'5') => "error",
        _ => "other",
    }
}

fn has_details(response: &Node) -> bool {
    let has = |key: &str| !response.entries_of(key).is_empty();
    has("content")
        || has("headers")
        || has("links")
        || response.get_str("description").is_some_and(|text| text.trim().contains("\n\n"))
}

fn first_paragraph(response: &Node) -> String {
    let text = response.get_str("description").unwrap_or_default().trim();
    plain(text.split("\n\n").next().unwrap_or_default(), 300)
}

/// The text after the first paragraph.
fn rest_of_description(response: &Node) -> Markup {
    let text = response.get_str("description").unwrap_or_default().trim();
    html! {
        @if let Some((_, rest)) = text.split_once("\n\n") { (block(rest, 6)) }
    }
}
