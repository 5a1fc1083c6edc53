//! An operation: its text on the left, and its requests and responses on the right.

use maud::{Markup, html};

use super::Reference;
use super::model::{self, Operation};
use super::samples::Request;
use crate::document::Node;
use crate::pages::links::safe_link;
use crate::pages::markdown::block;
use crate::pages::{anchor, message};
use crate::schema::component_name;

/// The body of an operation.
#[derive(Debug)]
pub(super) struct OperationParts {
    text: Markup,
    samples: Markup,
    pub(super) examples: Markup,
}

impl OperationParts {
    pub(super) fn size(&self) -> usize {
        self.text.0.len() + self.samples.0.len() + self.examples.0.len()
    }

    pub(super) fn render(&self) -> Markup {
        html! {
            div .columns {
                div .column-text { (self.text) }
                div .column-code { (self.samples) (self.examples) }
            }
        }
    }
}

impl<'a> Reference<'a> {
    /// The section of an operation without its body.
    pub(super) fn operation_head(operation: &Operation<'a>) -> Markup {
        html! {
            h3 { (self_link(&operation.id, &operation.title())) }
            p .route {
                (method(&operation.method))
                code .path { (path(operation.path)) }
                @if operation.node.is_true("deprecated") { span .flag.deprecated { "deprecated" } }
            }
        }
    }

    /// The text and the samples of an operation.
    pub(super) fn operation_parts(&self, operation: &Operation<'a>) -> OperationParts {
        let text = html! {
            (Self::path_texts(operation))
            (description(operation.node, 4))
            @let tags: Vec<&str> = operation.tags().skip(1).collect();
            @if !tags.is_empty() {
                p .muted { "Also in " @for (index, tag) in tags.iter().enumerate() { @if index > 0 { ", " } (tag) } "." }
            }
            (external_documentation(operation.node))
            (self.operation_security(operation))
            (Self::own_servers(operation))
            (self.parameters(operation.item, operation.node))
            (self.request_body(operation.node))
            (self.responses(operation.node))
            (self.callbacks(operation))
        };
        let examples = html! { (self.request_examples(operation)) (self.response_examples(operation)) };
        OperationParts { text, samples: self.samples(operation), examples }
    }

    /// The description of the path itself, which is not about one of its operations.
    fn path_texts(operation: &Operation<'a>) -> Markup {
        let summary = operation.item.get_str("summary").map(str::trim).filter(|text| !text.is_empty());
        html! {
            @if let Some(summary) = summary.filter(|summary| operation.title() != **summary) { p .muted { (message(summary)) } }
            (description(operation.item, 4))
        }
    }

    /// The parameters by their place.
    fn parameters(&self, item: &'a Node, node: &'a Node) -> Markup {
        let parameters = model::parameters(item, node, self.model.root);
        let places = [
            ("path", "Path parameters"),
            ("query", "Query parameters"),
            ("querystring", "Query"),
            ("header", "Headers"),
            ("cookie", "Cookies"),
            ("body", "Body"),
            ("formData", "Form fields"),
        ];
        html! {
            @for (place, title) in places {
                @let rows: Vec<&Node> = parameters.iter().copied().filter(|one| one.get_str("in") == Some(place)).collect();
                @if !rows.is_empty() {
                    h4 { (title) }
                    ul .props { @for parameter in rows { (self.parameter(parameter)) } }
                }
            }
        }
    }

    fn request_body(&self, node: &'a Node) -> Markup {
        let Some(body) = node.get("requestBody").map(|body| body.resolve(self.model.root)) else {
            return Markup::default();
        };
        html! {
            h4 { "Request body" @if body.is_true("required") { " " span .flag.required { "required" } } }
            (description(body, 5))
            (self.content(body, true, false))
        }
    }

    /// The schemas of a body, one for each media type. Media types with the same schema stand together.
    pub(super) fn content(&self, body: &'a Node, is_open: bool, is_shared: bool) -> Markup {
        let mut groups: Vec<(Vec<&str>, &'a Node)> = Vec::new();
        for media in body.entries_of("content") {
            let same = |other: &&Node| {
                let schemas = [*other, &media.node].map(|node| node.get("schema").map(|schema| schema.span.clone()));
                schemas[0] == schemas[1] && schemas[0].is_some()
            };
            match groups.iter_mut().find(|(_, other)| same(&&**other)) {
                Some((names, _)) => names.push(&media.key),
                None => groups.push((vec![&media.key], &media.node)),
            }
        }
        html! {
            @for (names, media) in groups {
                div .media {
                    p .media-type {
                        @for (index, name) in names.iter().enumerate() { @if index > 0 { ", " } code { (name) } }
                        @if let Some(schema) = media.get("schema") { i { (self.schemas.type_label(schema)) } }
                        @if let Some(items) = media.get("itemSchema") { i { "stream of " (self.schemas.type_label(items)) } }
                    }
                    @if let Some(schema) = media.get("schema").or_else(|| media.get("itemSchema")) { (self.media_schema(schema, is_open, is_shared)) }
                    (Self::encoding(media))
                }
            }
        }
    }

    /// The schema of a body: open, or behind a summary. A shared one is not repeated: the page puts it where it is open.
    fn media_schema(&self, schema: &'a Node, is_open: bool, is_shared: bool) -> Markup {
        let Some(resolved) = self.schemas.references.resolve(schema) else { return Markup::default() };
        let text = self.schemas.description(schema).filter(|_| component_name(schema).is_none());
        html! {
            @if let Some(text) = text { (block(text, 5)) }
            (self.schemas.facts(schema))
            @if !is_open {
                (self.schemas.nested(schema, 0))
            } @else if let Some(name) = component_name(schema).filter(|_| is_shared) {
                @if self.schemas.has_body(resolved) { (self.schemas.shared(name, true)) }
            } @else if self.schemas.has_body(resolved) {
                (self.schemas.body(schema, None))
            }
        }
    }

    /// The fields of a form that are written in another way than the default.
    fn encoding(media: &'a Node) -> Markup {
        let fields: Vec<(&str, &str)> = media
            .entries_of("encoding")
            .iter()
            .filter_map(|entry| {
                Some((entry.key.as_str(), entry.node.get_str("contentType").or_else(|| entry.node.get_str("style"))?))
            })
            .collect();
        html! {
            @if !fields.is_empty() {
                dl .facts { @for (name, kind) in fields { div { dt { code { (name) } } dd { "written as " samp { (kind) } } } } }
            }
        }
    }

    fn callbacks(&self, operation: &Operation<'a>) -> Markup {
        let callbacks = operation.node.entries_of("callbacks");
        html! {
            @if !callbacks.is_empty() {
                h4 { "Callbacks" }
                @for callback in callbacks {
                    @for path in callback.node.resolve(self.model.root).entries().iter().filter(|path| !path.key.starts_with("x-")) {
                        @for (name, node) in model::operations_of(&path.node, self.model.root) {
                            details .callback {
                                summary {
                                    (method(&name)) " "
                                    span { (node.get_str("summary").or_else(|| node.get_str("operationId")).unwrap_or(&callback.key)) }
                                    code .path { (path.key) }
                                }
                                (description(node, 5))
                                (self.parameters(path.node.resolve(self.model.root), node))
                                (self.request_body(node))
                                (self.responses(node))
                            }
                        }
                    }
                }
            }
        }
    }

    fn samples(&self, operation: &Operation<'a>) -> Markup {
        let request = Request::of(operation, &self.examples);
        let mut notations = vec![("curl", "sh", request.to_curl()), ("HTTP", "http", request.to_http())];
        if operation.is_webhook {
            notations.remove(0);
        }
        let rust = self.template.and_then(|template| template.render(&request));
        notations.extend(rust.filter(|_| !operation.is_webhook).map(|text| ("Rust", "rust", text)));
        html! {
            fieldset .code-box.tabs {
                legend { "Request" }
                @for (index, (name, language, text)) in notations.iter().enumerate() {
                    label {
                        input type="radio" name=(operation.id) data-tab=(name) checked[index == 0];
                        span { (name) }
                    }
                    (code(text, language))
                }
            }
        }
    }
}

/// The method of an operation.
pub(super) fn method(name: &str) -> Markup {
    let known = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let class = if known.contains(&name) { name } else { "other" };
    html! { span class=(format!("method {class}")) { (name.to_uppercase()) } }
}

/// A path, in which the parameters stand out.
pub(super) fn path(path: &str) -> Markup {
    let mut parts: Vec<(&str, bool)> = Vec::new();
    let mut rest = path;
    while let Some((start, end)) = rest.find('{').and_then(|start| Some((start, start + rest.get(start..)?.find('}')?)))
    {
        let (before, parameter, after) = (rest.get(..start), rest.get(start..=end), rest.get(end + 1..));
        parts.extend([(before.unwrap_or_default(), false), (parameter.unwrap_or_default(), true)]);
        rest = after.unwrap_or_default();
    }
    parts.push((rest, false));
    html! { @for (text, is_parameter) in parts { @if is_parameter { var { (text) } } @else { (text) } } }
}

/// The text of a heading, which is a link to itself.
pub(super) fn self_link(id: &str, title: &str) -> Markup {
    html! { a href=(anchor::link(id)) { (message(title)) } }
}

/// The description of an object, if it has one.
pub(super) fn description(node: &Node, heading: u8) -> Markup {
    let text = node.get_str("description").filter(|text| !text.trim().is_empty());
    html! { @if let Some(text) = text { (block(text, heading)) } }
}

/// The link to further documentation.
pub(super) fn external_documentation(node: &Node) -> Markup {
    let Some(documentation) = node.get("externalDocs") else { return Markup::default() };
    let Some(url) = documentation.get_str("url").and_then(safe_link) else { return Markup::default() };
    let text = documentation.get_str("description").filter(|text| !text.trim().is_empty()).unwrap_or(url);
    html! { p .external { a href=(url) rel="noreferrer" { (text.trim()) } } }
}

/// A piece of code.
pub(super) fn code(text: &str, language: &str) -> Markup {
    html! { pre { code data-lang=(language) { (text) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_of_a_path_stand_out() {
        assert_eq!(path("/a/{b}/c{d}").into_string(), "/a/<var>{b}</var>/c<var>{d}</var>");
        assert_eq!(path("/a/}{b").into_string(), "/a/}{b");
        assert_eq!(path("{$request.body#/url}").into_string(), "<var>{$request.body#/url}</var>");
    }
}
