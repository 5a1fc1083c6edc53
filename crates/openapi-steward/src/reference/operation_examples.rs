//! The examples beside an operation: of its request, and of its responses.

use maud::{Markup, html};

use super::Reference;
use super::examples::Example;
use super::model::Operation;
use super::operation::code;
use super::response::class;
use crate::pages::markdown::block;
use crate::pages::message;

impl<'a> Reference<'a> {
    /// The examples of the body of a request, if the document has several.
    pub(super) fn request_examples(&self, operation: &Operation<'a>) -> Markup {
        let body = operation.node.get("requestBody").map(|body| body.resolve(self.model.root));
        let examples = body.map(|body| self.examples.of_content(body, true, false)).unwrap_or_default();
        let is_told = examples.iter().any(|example| example.description.is_some());
        if examples.len() < 2 && !is_told {
            return Markup::default();
        }
        html! {
            div .code-box {
                p .code-title { (if examples.len() == 1 { "Request body" } else { "Request bodies" }) }
                @for example in &examples {
                    details .example { summary { (message(&example.title)) } (example.body()) }
                }
            }
        }
    }

    /// The examples of all responses.
    pub(super) fn response_examples(&self, operation: &Operation<'a>) -> Markup {
        let mut shown: Vec<(&str, Example)> = Vec::new();
        for response in operation.node.entries_of("responses") {
            let resolved = response.node.resolve(self.model.root);
            let is_success = response.key.starts_with('2');
            // The examples of shared errors would stand in every operation.
            if is_success || response.node.get_str("$ref").is_none() {
                let examples = self.examples.of_content(resolved, false, is_success);
                shown.extend(examples.into_iter().map(|example| (response.key.as_str(), example)));
            }
        }
        html! {
            @if !shown.is_empty() {
                div .code-box {
                    p .code-title { (if shown.len() == 1 { "Response" } else { "Responses" }) }
                    @for (index, (status, example)) in shown.iter().enumerate() {
                        details .example open[index == 0] {
                            summary { span class=(format!("status {}", class(status))) { (status) } " " span { (message(&example.title)) } }
                            (example.body())
                        }
                    }
                }
            }
        }
    }
}

impl Example {
    /// The description and the value.
    pub(super) fn body(&self) -> Markup {
        html! {
            @if let Some(text) = &self.description { (block(text, 6)) }
            (code(&self.text, if self.is_json { "json" } else { "text" }))
        }
    }
}
