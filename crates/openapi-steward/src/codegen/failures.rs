//! Diagnostics for what cannot be generated, each at the part of the document that is the cause.

use serde_json::{Value, json};

use super::generator::PROGENITOR_VERSION;
use super::input::Input;
use super::rust_passes::UnexpectedCode;
use super::{document_passes, generator};
use crate::document::{Diagnostic, Node};
use crate::formats::Formats;

/// The document has a value that `openapiv3` cannot hold.
pub(super) fn unreadable(root: &Node, error: &serde_path_to_error::Error<serde_json::Error>) -> Diagnostic {
    let path = error.path().to_string().replace(['[', ']'], ".");
    let span = root.locate(path.split('.').filter(|step| !step.is_empty()));
    Diagnostic::new(format!("this cannot be read: {}", error.inner()), span)
}

/// progenitor has written code in which a pass does not find what it has to change.
pub(super) fn unexpected_code(root: &Node, error: &UnexpectedCode) -> Diagnostic {
    Diagnostic::new("the generated code is not the code that openapi-steward expects", root.locate(["openapi"]))
        .label(error.to_string())
        .help(format!(
            "this is a fault of openapi-steward, which is made for progenitor {PROGENITOR_VERSION}, and not of the \
             document: report it with the document"
        ))
}

/// progenitor has failed. The cause is the first schema or operation that it also fails on alone.
pub(super) fn locate(root: &Node, input: &Input, formats: &Formats, message: &str) -> Diagnostic {
    let names = |pointer: &str| -> Vec<String> {
        let map = input.document.pointer(pointer).and_then(Value::as_object);
        map.into_iter().flat_map(|map| map.keys().cloned()).collect()
    };
    let schema = names("/components/schemas").into_iter().find_map(|name| {
        let alone = only_schema(&input.document, &name);
        Some((["components".to_owned(), "schemas".to_owned(), name], failure(&alone, input, formats)?))
    });
    let path = || {
        names("/paths").into_iter().find_map(|path| {
            let methods = input.document["paths"][&path].as_object().into_iter().flat_map(|item| item.keys());
            methods.into_iter().find_map(|method| {
                let mut alone = input.document.clone();
                alone["paths"] = json!({ &path: { method: input.document["paths"][&path][method] } });
                Some((["paths".to_owned(), path.clone(), method.clone()], failure(&alone, input, formats)?))
            })
        })
    };
    let (steps, message) = schema.or_else(path).unwrap_or_else(|| (Default::default(), message.to_owned()));
    let span = root.locate(steps.iter().map(String::as_str));
    Diagnostic::new("the generator does not support this", span)
        .label(message.lines().next().unwrap_or_default())
        .help("write it with the shapes that the rest of the spec uses")
}

/// The document without paths, and with no schemas but this one and those that it refers to.
fn only_schema(document: &Value, name: &str) -> Value {
    let mut alone = document.clone();
    alone["paths"] = json!({ "/": { "get": {
        "operationId": "alone",
        "responses": { "2XX": { "description": "", "content": { "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{name}") }
        } } } },
    } } });
    document_passes::prune_unused_schemas(&mut alone);
    alone
}

/// The message with which progenitor fails on a document, if it does.
fn failure(document: &Value, input: &Input, formats: &Formats) -> Option<String> {
    let api = generator::parse(document).ok()?;
    generator::run(&api, input, formats).err()
}
