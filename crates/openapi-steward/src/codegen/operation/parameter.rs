//! The parameters of an operation: their names, and how they are written.

use serde_json::{Value, json};

use crate::codegen::naming::snake_case;
use crate::codegen::rust_type::RustTypes;
use crate::document::is_json;

/// The place of a parameter in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::codegen) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// The way in which a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::codegen) enum Writing {
    /// The `Display` text in a path or a header; the default style in a query.
    Plain,
    /// Another style of OpenAPI.
    Styled { style: String, explode: bool },
    /// Another style of OpenAPI in a query, with its reserved characters as they are.
    Reserved { style: String, explode: bool },
    /// JSON text.
    Json,
}

/// A parameter.
#[derive(Debug)]
pub(in crate::codegen) struct Parameter {
    /// Its name in Rust.
    pub(in crate::codegen) ident: String,
    /// Its name for progenitor, which converts it to [`Self::ident`].
    pub(in crate::codegen) input: String,
    /// Its name in the request.
    pub(in crate::codegen) name: String,
    pub(in crate::codegen) place: Place,
    pub(in crate::codegen) writing: Writing,
    pub(in crate::codegen) required: bool,
    pub(in crate::codegen) schema: Value,
    pub(in crate::codegen) description: Option<String>,
}

impl Parameter {
    /// Returns the name of a parameter in the request. None if its place is unknown.
    pub(super) fn name(value: &Value) -> Option<&str> {
        place(value.get("in")?.as_str()?)?;
        value.get("name")?.as_str()
    }

    pub(super) fn new(value: &Value, ident: String, types: RustTypes<'_>) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let (name, place) = (text("name")?, place(text("in")?)?);
        let content = value.get("content").and_then(|content| content.as_object()?.iter().next());
        let is_json = content.is_some_and(|(media, _)| is_json(media));
        let described = value.get("schema").or_else(|| content?.1.get("schema")).cloned().unwrap_or_default();
        // Of a media type other than JSON, the caller writes all but scalars.
        let is_written = content.is_some() && !is_json && !types.is_text(&described);
        let schema = if is_written { json!({ "type": "string" }) } else { described };
        let default = if matches!(place, Place::Path | Place::Header) { "simple" } else { "form" };
        let style = text("style").unwrap_or(default);
        let explode = value.get("explode").and_then(Value::as_bool).unwrap_or(style == "form" || style == "deepObject");
        let is_list = schema.get("type").is_some_and(|kind| kind == "array");
        let is_scalar =
            |schema: &Value| types.is_text(schema) || schema.get("type").is_some_and(|kind| kind == "string");
        let is_text = types.is_text(&schema);
        let writing = match place {
            _ if is_json => Writing::Json,
            Place::Query if value.get("allowReserved") == Some(&Value::Bool(true)) && content.is_none() => {
                Writing::Reserved { style: style.to_owned(), explode }
            }
            Place::Path | Place::Header if is_text && style == "simple" => Writing::Plain,
            // A list of instants, or of what can be null, is written by serde.
            Place::Query if style == "form" && is_scalar(&schema) => Writing::Plain,
            Place::Query if style == "form" && explode && is_list && schema.get("items").is_some_and(is_scalar) => {
                Writing::Plain
            }
            _ => Writing::Styled { style: style.to_owned(), explode },
        };
        let is_simple =
            snake_case(name) == ident && name.chars().all(|char| char.is_ascii_alphanumeric() || "_-".contains(char));
        let is_simple = is_simple && name.starts_with(|char: char| char.is_ascii_alphabetic());
        Some(Self {
            input: if is_simple { name.to_owned() } else { ident.trim_end_matches('_').to_owned() },
            ident,
            name: name.to_owned(),
            place,
            writing,
            required: place == Place::Path || value.get("required") == Some(&Value::Bool(true)),
            schema,
            description: text("description").map(str::to_owned),
        })
    }
}

fn place(name: &str) -> Option<Place> {
    match name {
        "path" => Some(Place::Path),
        "query" => Some(Place::Query),
        "header" => Some(Place::Header),
        "cookie" => Some(Place::Cookie),
        _ => None,
    }
}
