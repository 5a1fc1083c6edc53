//! The body of a request.

use serde_json::{Map, Value};

use super::choose::{is_form, is_multipart};
use crate::codegen::document_visitor::referenced_schema;
use crate::document::{essence, is_json};

/// The body of a request.
#[derive(Debug)]
pub(in crate::codegen) struct Body {
    pub(in crate::codegen) ident: String,
    pub(in crate::codegen) required: bool,
    pub(in crate::codegen) kind: BodyKind,
    /// The media type that is sent.
    pub(in crate::codegen) media: String,
    pub(in crate::codegen) schema: Value,
    pub(in crate::codegen) description: Option<String>,
}

/// The way in which a body is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::codegen) enum BodyKind {
    Json,
    /// A form whose type the steward writes.
    Form,
    /// A form of any other type, with the styles of its fields.
    Fields(Vec<(String, String, bool)>),
    Multipart,
    Text,
    Bytes,
}

impl Body {
    /// Returns whether it has to be there, and can be a null.
    pub(in crate::codegen) fn can_be_null(&self) -> bool {
        self.required && self.kind == BodyKind::Json && self.schema.get("nullable") == Some(&Value::Bool(true))
    }

    /// Returns the body of an operation whose media type is chosen.
    pub(super) fn new(body: &Value, forms: &[String]) -> Option<Self> {
        let (media, value) = body.get("content")?.as_object()?.iter().next()?;
        let schema = value.get("schema").cloned().unwrap_or_default();
        let is_form_type = referenced_schema(&schema).is_some_and(|name| forms.iter().any(|form| form == name));
        let kind = match media.as_str() {
            media if is_json(media) => BodyKind::Json,
            media if is_form(media) && is_form_type => BodyKind::Form,
            media if is_form(media) => BodyKind::Fields(styles(value)),
            media if is_multipart(media) => BodyKind::Multipart,
            media if essence(media).starts_with("text/") => BodyKind::Text,
            _ => BodyKind::Bytes,
        };
        // A range of media types cannot be sent.
        let sent = match media.as_str() {
            media if !media.contains('*') => media.to_owned(),
            media if essence(media).starts_with("text/") => "text/plain".to_owned(),
            _ => "application/octet-stream".to_owned(),
        };
        Some(Self {
            ident: "body".to_owned(),
            // OpenAPI makes a body optional unless it says otherwise; a form or JSON without one is what most mean by it.
            required: body.get("required") == Some(&Value::Bool(true)),
            kind,
            media: sent,
            schema,
            description: body.get("description").and_then(Value::as_str).map(str::to_owned),
        })
    }
}

/// Returns the styles of the fields of a form that are not the default: name, style, and `explode`.
fn styles(media: &Value) -> Vec<(String, String, bool)> {
    let encodings = media.get("encoding").and_then(Value::as_object);
    let encodings = encodings.into_iter().flat_map(Map::iter);
    encodings
        .map(|(name, encoding)| {
            let content_type = encoding.get("contentType").and_then(Value::as_str);
            let style = match encoding.get("style").and_then(Value::as_str) {
                Some(style) => style,
                None if content_type.is_some_and(is_json) => "json",
                None => "form",
            };
            let explode =
                encoding.get("explode").and_then(Value::as_bool).unwrap_or(style == "form" || style == "deepObject");
            (name.clone(), style.to_owned(), explode)
        })
        .collect()
}
