//! The pass that leaves progenitor no work but the builders: every parameter, the body as well, is one of the path or the query, and
//! every type that progenitor fails on is replaced by another.
//!
//! progenitor gives a body that is an object a nested builder, panics on an optional object in a query, and has neither cookies nor
//! optional bodies.

use serde_json::{Map, Value, json};

use super::body::{Body, BodyKind};
use super::call::Call;
use super::parameter::Place;
use crate::codegen::document_visitor::{SCHEMAS, is_string_enum, referenced_schema};
use crate::codegen::extensions::ORIGINAL_ID;
use crate::codegen::rust_type::RustTypes;

/// A schema that stands for a Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::codegen) struct Slot {
    /// The name of the component.
    pub(in crate::codegen) name: String,
    /// The type, as a path of Rust with its arguments.
    pub(in crate::codegen) rust: String,
}

/// Replaces the operations of a document by those that progenitor writes builders for. Returns the types that it must be told.
pub(in crate::codegen) fn fill(
    document: &mut Value,
    calls: &[Call],
    types: RustTypes<'_>,
    forms: &[String],
) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    let mut calls = calls.iter();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let mut renamed = Map::new();
    for (path, item) in paths.into_iter().flat_map(std::mem::take) {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if !crate::document::METHODS.contains(&method.as_str()) {
                continue;
            }
            let Some(call) = calls.next() else { continue };
            let mut parameters: Vec<Value> = Vec::new();
            for parameter in &call.parameters {
                parameters.push(json!({
                    "name": parameter.input,
                    "in": if parameter.place == Place::Path { "path" } else { "query" },
                    "required": parameter.required,
                    "schema": schema(&parameter.schema, types, forms, &mut slots),
                    "description": parameter.description,
                }));
            }
            if let Some(body) = &call.body {
                parameters.push(json!({
                    "name": body.ident,
                    "in": "query",
                    "required": body.required,
                    "schema": body_schema(body, types, forms, &mut slots),
                    "description": body.description,
                }));
            }
            for parameter in &mut parameters {
                if let Some(parameter) = parameter.as_object_mut() {
                    parameter.retain(|_, value| !value.is_null());
                }
            }
            let mut reduced = Map::new();
            for key in ["operationId", ORIGINAL_ID, "summary", "description"] {
                reduced.extend(operation.get(key).map(|value| (key.to_owned(), value.clone())));
            }
            reduced.insert("parameters".to_owned(), Value::Array(parameters));
            reduced.insert("responses".to_owned(), json!({ "2XX": { "description": "" } }));
            let template = template(&path, call);
            renamed.entry(template).or_insert_with(|| json!({}))[method] = Value::Object(reduced);
        }
    }
    let text = |key: &str| document.get("info").and_then(|info| info.get(key)?.as_str()).unwrap_or_default();
    let mut info = json!({ "title": text("title"), "version": text("version") });
    if !text("description").is_empty() {
        info["description"] = json!(text("description"));
    }
    let schemas = document.pointer("/components/schemas").cloned().unwrap_or_else(|| json!({}));
    *document = json!({ "openapi": "3.0.3", "info": info, "paths": renamed, "components": { "schemas": schemas } });
    for slot in &slots {
        document["components"]["schemas"][&slot.name] = json!({ "type": "object" });
    }
    slots
}

/// The path with the names of the parameters that progenitor gets. One of those can be the name that another one has in the document.
fn template(path: &str, call: &Call) -> String {
    let mut template = String::new();
    let mut rest = path;
    while let Some((before, (name, behind))) =
        rest.split_once('{').and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
    {
        let parameter =
            call.parameters.iter().find(|parameter| parameter.place == Place::Path && parameter.name == name);
        let name = parameter.map_or(name, |parameter| &parameter.input);
        template.extend([before, "{", name, "}"]);
        rest = behind;
    }
    template + rest
}

fn body_schema(body: &Body, types: RustTypes<'_>, forms: &[String], slots: &mut Vec<Slot>) -> Value {
    match body.kind {
        BodyKind::Bytes => slot("reqwest::Body".to_owned(), slots),
        BodyKind::Text => slot("::std::string::String".to_owned(), slots),
        BodyKind::Multipart => match referenced_schema(&body.schema) {
            Some(name) => slot(format!("crate::types::{name}"), slots),
            None => slot("crate::runtime::Multipart".to_owned(), slots),
        },
        BodyKind::Json if body.can_be_null() => slot(types.of(&body.schema).to_string(), slots),
        _ => schema(&body.schema, types, forms, slots),
    }
}

fn schema(schema: &Value, types: RustTypes<'_>, forms: &[String], slots: &mut Vec<Slot>) -> Value {
    let is_direct = |schema: &Value| match referenced_schema(schema) {
        Some(name) => types.component(name).is_some_and(is_string_enum) || forms.iter().any(|form| form == name),
        None => schema.get("type").is_some_and(|kind| kind != "array" && kind != "object"),
    };
    let is_nullable = schema.get("nullable") == Some(&Value::Bool(true));
    let items = schema.get("items");
    let is_list = schema.get("type").is_some_and(|kind| kind == "array");
    if !is_nullable
        && (is_direct(schema)
            || is_list && items.is_some_and(|items| is_direct(items) && items.get("nullable").is_none()))
    {
        return schema.clone();
    }
    slot(types.without_null(schema).to_string(), slots)
}

fn slot(rust: String, slots: &mut Vec<Slot>) -> Value {
    let name = if let Some(slot) = slots.iter().find(|slot| slot.rust == rust) {
        slot.name.clone()
    } else {
        let name = format!("OpenapiStewardSlot{}", slots.len() + 1);
        slots.push(Slot { name: name.clone(), rust });
        name
    };
    json!({ "$ref": format!("{SCHEMAS}{name}") })
}
