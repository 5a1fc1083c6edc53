//! The responses of an operation, and their examples.

use maud::{Markup, html};

use super::Reference;
use super::model::Schema;
use crate::document::Node;
use crate::pages::markdown::{block, plain};
use crate::pages::{anchor, cut, message};

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
            @let rest = rest_of_description(response);
            @if !rest.is_empty() { (block(rest, 6)) }
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
        let examples = self.examples.of_content(resolved, false, true);
        html! {
            @let first = first_paragraph(resolved);
            @if !first.is_empty() { p { (first) } }
            div .schema-body {
                (self.response_body(resolved, false))
                @for example in examples { details .more { summary { (message(&example.title)) } (example.body()) } }
            }
        }
    }

    /// The status, and the first sentence of the description.
    fn response_head(status: &str, response: &'a Node) -> Markup {
        let text = first_paragraph(response);
        let text = if text.is_empty() { reason(status).to_owned() } else { text };
        html! { span class=(format!("status {}", class(status))) { (status) } @if !text.is_empty() { " " span { (text) } } }
    }
}

/// The class of a status: whether it is a success.
pub(super) fn class(status: &str) -> &'static str {
    match status.as_bytes().first() {
        Some(b'2') => "success",
        Some(b'3') => "redirect",
        Some(b'4' | b'5') => "error",
        _ => "other",
    }
}

fn has_details(response: &Node) -> bool {
    let has = |key: &str| !response.entries_of(key).is_empty();
    has("content") || has("headers") || has("links") || !rest_of_description(response).is_empty()
}

/// The number of characters of a first paragraph that stands beside the status.
const HEAD: usize = 300;

fn text(response: &Node) -> &str {
    response.get_str("description").unwrap_or_default().trim()
}

fn first_paragraph(response: &Node) -> String {
    let text = plain(text(response).split("\n\n").next().unwrap_or_default(), HEAD + 1);
    cut(&text, HEAD)
}

/// The text after the first paragraph, or all of it if that is long.
fn rest_of_description(response: &Node) -> &str {
    let text = text(response);
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    if plain(first, HEAD + 1).chars().count() > HEAD { text } else { rest.trim() }
}

/// The name of a status that has no description.
fn reason(status: &str) -> &'static str {
    match status {
        "default" => "Every other status",
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No content",
        "304" => "Not modified",
        "400" => "Bad request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not found",
        "409" => "Conflict",
        "422" => "Unprocessable content",
        "429" => "Too many requests",
        "500" => "Internal server error",
        "503" => "Service unavailable",
        other => match other.as_bytes().first() {
            Some(b'2') => "Success",
            Some(b'3') => "Redirection",
            Some(b'4' | b'5') => "Error",
            _ => "",
        },
    }
}
